"""Short stories about one list: what people do, one run, what both sides hold."""

import pytest
import vobject

from contacts.world import ContactWorld
from google_sync.sync.contacts.store import ContactAnswer, ContactState
from google_sync.sync.ports import RetryLater


@pytest.fixture
def world():
    return ContactWorld()


def mail(value, kind="work"):
    return {"value": value, "type": kind}


def synced(world, **values):
    given = {"name": "Jean Dupont", "emails": ("jean@x.fr",), **values}
    partner = world.odoo.people_create(**given)
    world.sync()
    return partner


def test_first_push_creates_once_and_the_second_run_is_silent(world):
    partner = synced(world, phone="01 23 45 67 89", company="Acme", function="Chef")
    person = world.person(partner)
    assert person["names"] == [{"unstructuredName": "Jean Dupont"}]
    assert world.values(partner, "emailAddresses") == ["jean@x.fr"]
    assert person["phoneNumbers"] == [{"value": "01 23 45 67 89", "type": "work"}]
    assert person["organizations"] == [
        {"name": "Acme", "title": "Chef", "type": "work"}
    ]
    requests, lines = world.google.requests, len(world.odoo.t.lines)
    world.sync()
    assert world.google.requests == requests + 1
    assert len(world.odoo.t.lines) == lines


def test_two_thousand_contacts_take_ten_writes(world):
    world.odoo.people_import(
        {"name": f"N {number}", "emails": (f"n{number}@x.fr",)}
        for number in range(2000)
    )
    world.sync(label="Acme")
    assert world.google.writes <= 11
    assert len(world.google.people) == 2000
    requests, writes = world.google.requests, world.google.writes
    world.sync(label="Acme")
    assert (world.google.requests, world.google.writes) == (requests + 1, writes)


@pytest.mark.parametrize("name", ["Géraud de la Facturation", "山田 太郎", "محمد علي"])
def test_names_of_the_world(world, name):
    partner = synced(world, name=name)
    assert world.person(partner)["names"] == [{"unstructuredName": name}]


def test_twelve_mails_and_a_long_comment(world):
    mails = tuple(f"m{n}@x.fr" for n in range(12))
    partner = synced(world, emails=mails, html="<p>" + "é" * 40_000 + "</p>")
    assert world.values(partner, "emailAddresses") == list(mails)
    assert world.comment_in_google(partner) == "é" * 40_000


def test_what_google_cannot_hold_is_cut_and_said(world):
    partner = synced(world, street="x" * 2000, html="<p>" + "é" * 80_000 + "</p>")
    assert len(world.person(partner)["addresses"][0]["streetAddress"]) == 1024
    assert ("google", "cut") in world.actions()
    before = world.odoo.t.partners[partner].html
    world.google.people_edit(world.name_of(partner), biographies=[{"value": "court"}])
    world.sync()
    assert world.odoo.t.partners[partner].html == before
    requests = world.google.requests
    world.sync()
    assert world.google.requests == requests + 1


def test_a_lone_mobile_goes_as_mobile(world):
    partner = synced(world, phone="06 12 34 56 78")
    assert world.person(partner)["phoneNumbers"][0]["type"] == "mobile"
    world.odoo.people_edit(partner, phone="+33 6 12 34 56 78")
    world.sync()
    assert world.values(partner, "phoneNumbers") == ["06 12 34 56 78"]


def test_foreign_entries_stay_when_ours_change(world):
    partner = synced(world)
    name = world.name_of(partner)
    world.google.people_edit(
        name,
        emailAddresses=[mail("perso@x.fr", "home"), mail("jean@x.fr", "boulot")],
        nicknames=[{"value": "Jeannot"}],
        clientData=[*world.person(partner)["clientData"], {"key": "o", "value": "1"}],
    )
    world.sync()
    assert world.actions() == [("google", "create")]
    world.odoo.people_edit(partner, emails=("neuf@x.fr",))
    world.sync()
    assert world.person(partner)["emailAddresses"] == [
        mail("perso@x.fr", "home"),
        mail("neuf@x.fr", "boulot"),
    ]
    assert world.person(partner)["nicknames"] == [{"value": "Jeannot"}]
    assert {"key": "o", "value": "1"} in world.person(partner)["clientData"]


def test_ours_changed_in_google_is_put_back_in_its_place(world):
    partner = synced(world)
    world.google.people_edit(
        world.name_of(partner), emailAddresses=[mail("change@x.fr")]
    )
    world.sync()
    assert world.values(partner, "emailAddresses") == ["jean@x.fr"]
    assert ("google", "put_back") in world.actions()
    assert "change@x.fr" in world.odoo.t.lines[-1].archive


def test_a_job_changed_in_google_is_put_back(world):
    partner = synced(world, company="Acme", function="Chef")
    world.google.people_edit(
        world.name_of(partner), organizations=[{"name": "Acme", "title": "Boss"}]
    )
    world.sync()
    assert world.person(partner)["organizations"][0]["title"] == "Chef"


# -- the comment ---------------------------------------------------------------


def test_comment_travels_both_ways_without_losing_formatting(world):
    html = "<p>Bon <b>client</b></p>"
    partner = synced(world, html=html)
    assert world.comment_in_google(partner) == "Bon client"
    name = world.name_of(partner)
    world.google.people_edit(name, nicknames=[{"value": "x"}])
    world.sync()
    assert world.odoo.t.partners[partner].html == html
    world.google.people_edit(name, biographies=[{"value": "Très\nbon"}])
    world.sync()
    assert world.odoo.t.partners[partner].html == "<p>Très<br>bon</p>"
    world.odoo.people_edit(partner, html="<p>Neuf</p>")
    world.sync()
    assert world.comment_in_google(partner) == "Neuf"


@pytest.mark.parametrize(("odoo_first", "kept"), [(True, "Google"), (False, "Odoo")])
def test_newest_comment_wins(world, odoo_first, kept):
    partner = synced(world, html="<p>avant</p>")
    for odoo in (odoo_first, not odoo_first):
        world.google.tick(2)
        if odoo:
            world.odoo.people_edit(partner, html="<p>Odoo</p>")
        else:
            world.google.people_edit(
                world.name_of(partner), biographies=[{"value": "Google"}]
            )
    world.sync()
    assert world.comment_in_google(partner) == world.comment_in_odoo(partner) == kept
    assert "conflict" in [a for _s, a in world.actions()]


def test_asked_conflict_leaves_both_sides_until_answered(world):
    partner = synced(world, html="<p>avant</p>")
    world.google.people_edit(world.name_of(partner), biographies=[{"value": "Google"}])
    world.odoo.people_edit(partner, html="<p>Odoo</p>", name="Jean D.")
    for _ in range(2):
        world.sync(policy="ask")
    assert world.comment_in_odoo(partner) == "Odoo"
    assert world.comment_in_google(partner) == "Google"
    assert world.person(partner)["names"] == [{"unstructuredName": "Jean D."}]
    (key,) = world.odoo.t.questions
    world.odoo.people_answer(
        key, ContactAnswer("fields", choices={"comment": "google"})
    )
    world.sync(policy="ask")
    assert world.comment_in_odoo(partner) == "Google"


def test_a_comment_that_may_not_be_written_stays_in_google(world):
    partner = synced(world, html="<p>avant</p>")
    world.odoo.t.partners[partner].writable = False
    world.google.people_edit(world.name_of(partner), biographies=[{"value": "Google"}])
    for _ in range(2):
        world.sync()
        world.google.people_edit(world.name_of(partner), nicknames=[{"value": "x"}])
    world.odoo.people_edit(partner, name="Autre")
    world.sync()
    assert world.comment_in_google(partner) == "Google"
    assert world.comment_in_odoo(partner) == "avant"
    assert world.actions().count(("odoo", "skip")) == 1


def test_odoo_that_refuses_a_comment_is_told_and_others_go_on(world):
    one, two = synced(world), synced(world, name="Autre", emails=("b@x.fr",))
    world.odoo.broken.add("Jean Dupont")
    for partner in (one, two):
        world.google.people_edit(world.name_of(partner), biographies=[{"value": "N"}])
    world.sync()
    assert world.comment_in_odoo(two) == "N"
    assert ("odoo", "error") in world.actions()
    assert world.comment_in_google(one) == "N"


# -- adoption ------------------------------------------------------------------


def test_exactly_one_by_mail_is_adopted_and_keeps_googles_own(world):
    name = world.google.people_create(
        names=[{"unstructuredName": "J. D."}],
        emailAddresses=[mail("JEAN@x.fr", "home"), mail("autre@x.fr")],
    )
    partner = synced(world, phone="01 23 45 67 89")
    assert world.name_of(partner) == name
    assert world.values(partner, "emailAddresses") == ["JEAN@x.fr", "autre@x.fr"]
    assert world.values(partner, "phoneNumbers") == ["01 23 45 67 89"]
    assert world.person(partner)["names"] == [{"unstructuredName": "Jean Dupont"}]
    requests = world.google.requests
    world.sync()
    assert world.google.requests == requests + 1


def test_added_later_it_is_still_recognised_without_another_list(world):
    name = world.google.people_create(emailAddresses=[mail("jean@x.fr")])
    world.sync()
    lists = world.google.lists
    partner = synced(world)
    assert world.name_of(partner) == name
    assert world.google.lists == lists + 1


@pytest.mark.parametrize(
    "sections",
    [
        [{"phoneNumbers": [{"value": "+33123456789"}]}],
        [{"names": [{"unstructuredName": "Jean Dupont"}]}],
        [{"emailAddresses": [mail("jean@x.fr")]}] * 2,
    ],
)
def test_anything_weaker_is_asked_once_and_never_created(world, sections):
    names = [world.google.people_create(**x) for x in sections]
    partner = synced(world, phone="01 23 45 67 89")
    world.sync()
    assert world.odoo.link_of(partner).state is ContactState.HELD
    assert len(world.google.people) == len(names)
    ((key, question),) = world.odoo.t.questions.items()
    assert sorted(question.resource_names) == sorted(names)
    world.odoo.people_answer(key, ContactAnswer("pair", resource_name=names[0]))
    world.sync()
    assert world.name_of(partner) == names[0]
    assert len(world.google.people) == len(names)


def test_answered_new_it_is_created(world):
    world.google.people_create(names=[{"unstructuredName": "Jean Dupont"}])
    partner = synced(world)
    (key,) = world.odoo.t.questions
    world.odoo.people_answer(key, ContactAnswer("new"))
    world.sync()
    assert len(world.google.people) == 2
    assert world.odoo.link_of(partner).state is ContactState.LINKED


def test_two_of_odoo_with_the_mail_of_one_are_asked(world):
    world.google.people_create(emailAddresses=[mail("jean@x.fr")])
    world.odoo.people_create(name="A", emails=("jean@x.fr",))
    world.odoo.people_create(name="B", emails=("jean@x.fr",))
    world.sync()
    assert len(world.google.people) == 1
    assert len(world.odoo.t.questions) == 2


def test_a_private_note_is_shown_before_it_is_pulled(world):
    world.google.people_create(
        emailAddresses=[mail("jean@x.fr")], biographies=[{"value": "privé"}]
    )
    partner = synced(world)
    assert world.comment_in_odoo(partner) == ""
    (key,) = world.odoo.t.questions
    world.sync()
    assert len(world.odoo.t.questions) == 1
    world.odoo.people_answer(
        key, ContactAnswer("fields", choices={"comment": "google"})
    )
    world.sync()
    assert world.comment_in_odoo(partner) == "privé"


def test_without_mail_or_phone_it_is_left_out(world):
    partner = synced(world, emails=())
    assert world.odoo.link_of(partner).problem == "no_address"
    assert not world.google.people


# -- deletions, renames, merges ------------------------------------------------


def test_deleted_in_google_odoo_is_untouched_and_it_can_be_put_back(world):
    partner = synced(world)
    world.google.people_delete(world.name_of(partner))
    world.sync()
    assert world.odoo.link_of(partner).state is ContactState.GONE
    world.odoo.people_choose(partner)
    world.sync()
    assert world.odoo.link_of(partner).state is ContactState.LINKED
    assert len(world.google.people) == 1


def test_taken_off_it_stays_in_google_and_is_found_again(world):
    partner = synced(world)
    name = world.name_of(partner)
    world.odoo.people_unchoose(partner)
    world.sync()
    assert name in world.google.people
    world.odoo.people_choose(partner)
    world.sync()
    assert world.name_of(partner) == name
    assert len(world.google.people) == 1


def test_taken_off_and_deleted_when_the_option_says_so(world):
    partner = synced(world)
    world.odoo.people_unchoose(partner)
    world.sync(delete_dropped=True)
    assert not world.google.people
    assert "jean@x.fr" in world.odoo.t.lines[-1].archive


def test_many_deletions_are_braked(world):
    partners = [
        world.odoo.people_create(name=f"N{n}", emails=(f"n{n}@x.fr",))
        for n in range(12)
    ]
    world.sync()
    for partner in partners:
        world.odoo.people_unchoose(partner)
    world.sync(delete_dropped=True)
    assert len(world.google.people) == 12
    (key,) = world.odoo.t.questions
    world.odoo.t.answers[key] = ContactAnswer("delete")
    world.sync(delete_dropped=True)
    assert not world.google.people


def test_a_renamed_contact_is_followed(world):
    partner = synced(world)
    new = world.google.people_rename(world.name_of(partner))
    world.odoo.people_edit(partner, phone="01 23 45 67 89")
    world.sync()
    assert world.name_of(partner) == new
    assert world.values(partner, "phoneNumbers") == ["01 23 45 67 89"]


def test_merged_in_google_the_link_follows_the_survivor(world):
    partner = synced(world)
    other = world.google.people_create(names=[{"unstructuredName": "Jeannot"}])
    world.sync()
    world.google.people_merge(other, world.name_of(partner))
    world.sync()
    assert world.name_of(partner) == other
    assert len(world.google.people) == 1


def test_a_full_list_finds_what_was_deleted_meanwhile(world):
    partner, other = synced(world), synced(world, name="B", emails=("b@x.fr",))
    world.google.people_delete(world.name_of(partner))
    world.google.tick(20)
    world.google.oldest_token = len(world.google.log)
    world.sync()
    assert world.odoo.link_of(partner).state is ContactState.GONE
    assert world.odoo.link_of(other).state is ContactState.LINKED


# -- photos and label ----------------------------------------------------------


def test_photo_is_added_changed_and_removed(world):
    partner = synced(world, photo="h1")
    name = world.name_of(partner)
    assert world.google.photos[name].endswith(b"h1")
    requests = world.google.requests
    world.sync()
    assert world.google.requests == requests + 1
    world.odoo.people_edit(partner, photo="h2")
    world.sync()
    assert world.google.photos[name].endswith(b"h2")
    world.odoo.people_edit(partner, photo="")
    world.sync()
    assert name not in world.google.photos


def test_what_changed_just_before_a_photo_is_not_overlooked(world):
    partner = synced(world)
    name = world.name_of(partner)

    def meanwhile(step):
        if step == "photo":
            world.google.people_edit(name, emailAddresses=[], biographies=[mail("n")])

    world.google.fault = meanwhile
    world.odoo.people_edit(partner, photo="h")
    world.sync()
    world.google.fault = lambda step: None
    world.sync()
    assert world.values(partner, "emailAddresses") == ["jean@x.fr"]
    assert world.comment_in_odoo(partner) == "n"


def test_a_persons_own_photo_in_google_is_not_touched(world):
    partner = synced(world)
    world.google.photos[world.name_of(partner)] = b"\x89PNGmine"
    world.odoo.people_edit(partner, name="Autre")
    world.sync()
    assert world.google.photos


def test_a_persons_own_photo_that_gives_way_is_in_the_journal(world):
    partner = synced(world)
    own, name = b"\x89PNGmine", world.name_of(partner)
    for change in ("h1", "h2", ""):
        if change != "h2":
            world.google.photos[name] = own
        world.odoo.people_edit(partner, photo=change)
        world.sync()
    assert name not in world.google.photos
    lines = [x for x in world.odoo.t.lines if x.action.startswith("photo")]
    assert [bool(line.archive) for line in lines] == [True, False, True]
    assert vobject.readOne(lines[0].archive).photo.value == own
    # Our own picture is not fetched to be thrown away.
    assert world.google.downloads == 2


def test_a_photo_waits_until_google_says_what_is_there(world):
    partner = synced(world)
    own = world.google.photos[world.name_of(partner)] = b"\x89PNGmine"
    world.google.fault = lambda step: "before" if step == "get" else None
    world.odoo.people_edit(partner, photo="h1")
    with pytest.raises(RetryLater):
        world.sync()
    assert world.google.photos[world.name_of(partner)] == own
    world.google.fault = lambda step: None
    world.sync()
    (line,) = [x for x in world.odoo.t.lines if x.action == "photo"]
    assert vobject.readOne(line.archive).photo.value == own


def test_a_photo_that_cannot_be_fetched_gives_way_all_the_same(world):
    partner = synced(world)
    world.google.photos[world.name_of(partner)] = b"<html>"
    world.odoo.people_edit(partner, photo="h1")
    world.sync()
    (line,) = [x for x in world.odoo.t.lines if x.action == "photo"]
    assert vobject.readOne(line.archive).photo.value.startswith("https://x/")
    assert world.google.photos[world.name_of(partner)].endswith(b"h1")


def test_label_is_adopted_and_my_contacts_kept(world):
    world.google.groups["contactGroups/old"] = "Acme"
    world.options["label"] = "Acme"
    partner = synced(world)
    groups = [
        x["contactGroupMembership"]["contactGroupResourceName"]
        for x in world.person(partner)["memberships"]
    ]
    assert groups == ["contactGroups/myContacts", "contactGroups/old"]
    world.options["label"] = "Neuf"
    world.sync()
    groups = [
        x["contactGroupMembership"]["contactGroupResourceName"]
        for x in world.person(partner)["memberships"]
    ]
    assert groups == ["contactGroups/myContacts", "contactGroups/g1"]


# -- faults --------------------------------------------------------------------


def fault_once(world, name, kind):
    left = [kind]
    world.google.fault = lambda n: left.pop() if n == name and left else None


def test_a_lost_answer_makes_no_double(world):
    partner = world.odoo.people_create(name="A", emails=("a@x.fr",))
    fault_once(world, "create", "after")
    with pytest.raises(RetryLater):
        world.sync()
    world.sync()
    assert len(world.google.people) == 1
    assert world.odoo.link_of(partner).state is ContactState.LINKED


def test_a_lost_create_is_repeated_only_after_a_late_full_list(world):
    world.google.lag = 10
    world.odoo.people_create(name="A", emails=("a@x.fr",))
    world.sync()
    assert len(world.google.people) == 1


def test_an_unknown_create_waits_fifteen_minutes(world):
    partner = world.odoo.people_create(name="A", emails=("a@x.fr",))

    def lost(_bodies):
        raise RetryLater("timeout")

    world.google.create = lost
    with pytest.raises(RetryLater):
        world.sync()
    del world.google.create
    for _ in range(5):
        world.sync()
        assert not world.google.people
    assert world.odoo.link_of(partner).state is ContactState.SENDING
    world.google.tick(15)
    world.sync()
    assert len(world.google.people) == 1


@pytest.mark.parametrize("fault", ["before", "after"])
def test_only_the_create_without_an_answer_is_in_doubt(world, fault):
    for number in range(5):
        world.odoo.people_create(name=f"N{number}", emails=(f"n{number}@x.fr",))
    creates = iter([None, None, fault])
    world.google.fault = lambda name: next(creates) if name == "create" else None
    with pytest.raises(RetryLater):
        world.sync()
    world.google.fault = lambda name: None
    assert world.odoo.count(ContactState.SENDING) == (fault == "after")
    world.sync()
    assert len(world.google.people) == 5
    assert world.odoo.count(ContactState.LINKED) == 5


def test_a_bad_contact_does_not_stop_its_batch(world):
    for number in range(20):
        world.odoo.people_create(name=f"N{number}", emails=(f"n{number}@x.fr",))
    bad = world.odoo.people_create(name="Bad", emails=("bad@",))
    world.sync()
    assert len(world.google.people) == 20
    assert world.odoo.link_of(bad).problem.startswith("refused:")
    writes = world.google.writes
    world.sync()
    assert world.google.writes == writes
    world.odoo.people_edit(bad, emails=("good@x.fr",))
    world.sync()
    assert len(world.google.people) == 21


def test_a_change_between_read_and_write_is_merged(world):
    partner = synced(world)
    name = world.name_of(partner)
    edits = [[mail("jean@x.fr"), mail("tiers@x.fr")]]

    def meanwhile(step):
        if step == "update" and edits:
            world.google.people_edit(name, emailAddresses=edits.pop())

    world.google.fault = meanwhile
    world.odoo.people_edit(partner, emails=("jean@x.fr", "deux@x.fr"))
    world.sync()
    assert sorted(world.values(partner, "emailAddresses")) == [
        "deux@x.fr",
        "jean@x.fr",
        "tiers@x.fr",
    ]


def test_a_lagging_list_undoes_nothing(world):
    world.google.lag = 5
    partner = synced(world, html="<p>un</p>")
    for text in ("deux", "trois"):
        world.odoo.people_edit(partner, html=f"<p>{text}</p>")
        world.sync()
    for _ in range(10):
        world.sync()
    assert world.comment_in_odoo(partner) == world.comment_in_google(partner) == "trois"


def test_everything_is_listed_anew_before_the_token_dies(world):
    synced(world)
    number = world.odoo.cursor().number
    world.google.tick(60 * 24 * 6)
    world.sync()
    assert world.odoo.cursor().number == number + 1
