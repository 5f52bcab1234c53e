"""What waits for a person, and what each answer does."""

from world import World, google_body, meeting

from google_sync.sync.asking import Answer
from google_sync.sync.events.links import LinkState


def only_question(world):
    ((key, question),) = world.odoo.tables.questions.items()
    return key, question


def in_conflict(world):
    event_id = world.odoo.people_create("marie", meeting("Base", place="Paris"))
    world.sync()
    google_id = world.link_of(event_id).google_id
    world.google.people_edit(google_id, summary="G", location="Lyon")
    world.odoo.people_edit(event_id, title="O", place="Nice", at=world.google.now())
    return event_id, google_id


def test_ask_policy_writes_neither_side_and_asks_once():
    world = World(policy="ask")
    event_id, google_id = in_conflict(world)
    for _run in range(3):
        world.sync()
    assert world.in_odoo()[event_id].title == "O"
    assert world.google.events[google_id]["summary"] == "G"
    _key, question = only_question(world)
    assert question.kind == "conflict"
    assert question.detail["fields"]["title"] == {
        "base": "Base",
        "odoo": "O",
        "google": "G",
    }


def test_other_fields_travel_while_a_conflict_waits():
    world = World(policy="ask")
    event_id, google_id = in_conflict(world)
    world.sync()
    world.odoo.people_edit(event_id, busy=False)
    world.sync()
    assert world.google.events[google_id]["transparency"] == "transparent"
    assert world.google.events[google_id]["summary"] == "G"
    world.google.people_edit(google_id, visibility="private")
    world.sync()
    assert world.in_odoo()[event_id].private
    assert world.in_odoo()[event_id].title == "O"


def test_answer_is_applied_field_by_field():
    world = World(policy="ask")
    event_id, google_id = in_conflict(world)
    world.sync()
    key, _question = only_question(world)
    choices = {"title": "odoo", "place": "google"}
    world.store.answer(key, Answer("fields", choices))
    world.sync()
    values = world.in_odoo()[event_id]
    assert (values.title, values.place) == ("O", "Lyon")
    world.assert_same()
    world.sync()
    assert len(world.odoo.tables.questions) == 1


def test_conflict_that_people_settle_themselves_needs_no_answer():
    world = World(policy="ask")
    event_id, google_id = in_conflict(world)
    world.sync()
    world.google.people_edit(google_id, summary="O", location="Nice")
    world.sync()
    assert world.link_of(event_id).contested == {}
    world.odoo.people_edit(event_id, title="Neuf")
    world.sync()
    assert world.google.events[google_id]["summary"] == "Neuf"


def held_deletion(delete):
    world = World(confirm_deletions=True)
    event_id = world.odoo.people_create("marie", meeting("Base"))
    world.sync()
    delete(world, event_id)
    world.sync()
    key, question = only_question(world)
    return world, key, question


def delete_in_google(world, event_id):
    world.google.people_delete(world.link_of(event_id).google_id)


def delete_in_odoo(world, event_id):
    world.odoo.people_delete(event_id)


def test_held_deletion_answered_delete():
    world, key, question = held_deletion(delete_in_google)
    assert (question.detail["side"], question.detail["edited"]) == ("odoo", False)
    world.store.answer(key, Answer("delete"))
    world.sync()
    assert world.in_odoo() == world.in_google() == {}


def test_held_deletion_answered_keep_goes_back_to_google():
    world, key, _question = held_deletion(delete_in_google)
    world.store.answer(key, Answer("keep"))
    world.sync()
    assert len(world.in_odoo()) == 1
    world.assert_same()


def test_held_deletion_of_odoo_answered_keep_comes_back():
    world, key, question = held_deletion(delete_in_odoo)
    assert question.detail["side"] == "google"
    world.store.answer(key, Answer("keep"))
    world.sync()
    assert [v.title for v in world.in_odoo().values()] == ["Base"]
    world.assert_same()


def test_delete_is_obeyed_even_where_odoo_was_edited():
    def delete_and_edit(world, event_id):
        delete_in_google(world, event_id)
        world.odoo.people_edit(event_id, title="Édité")

    world, key, question = held_deletion(delete_and_edit)
    assert question.detail["edited"]
    world.store.answer(key, Answer("delete"))
    world.sync()
    assert world.in_odoo() == {}


def ambiguous():
    world = World()
    ids = [
        world.odoo.people_create("marie", meeting("Même", description=text))
        for text in ("un", "deux")
    ]
    world.google.people_insert("g1", google_body("Même", description="trois"))
    world.sync()
    return world, ids


def test_ambiguous_adoption_waits_and_pushes_no_candidate():
    world, ids = ambiguous()
    world.sync()
    assert len(world.in_odoo()) == 2
    assert list(world.in_google()) == ["g1"]
    _key, question = only_question(world)
    assert question.record_ids == tuple(ids)


def test_ambiguous_adoption_answered_with_one_of_them():
    world, ids = ambiguous()
    key, _question = only_question(world)
    world.store.answer(key, Answer("pair", record_id=ids[1]))
    world.sync()
    assert world.link_of(ids[1]).google_id == "g1"
    assert len(world.in_google()) == 2
    world.assert_same()


def test_ambiguous_adoption_answered_new():
    world, _ids = ambiguous()
    key, _question = only_question(world)
    world.store.answer(key, Answer("new"))
    world.sync()
    assert len(world.in_odoo()) == 3
    world.assert_same()


def test_quarantined_event_is_tried_again_when_asked():
    world = World()
    world.store.broken = {"Maudit"}
    world.google.people_insert("g1", google_body("Maudit"))
    world.sync()
    key, question = only_question(world)
    assert (question.kind, question.detail["problem"]) == ("quarantine", "broken title")
    world.store.broken = set()
    world.sync()
    assert world.in_odoo() == {}
    world.store.answer(key, Answer("retry"))
    world.sync()
    world.assert_same()


def braked():
    world = World(brake_count=3, brake_share=0.5)
    for number in range(8):
        world.odoo.people_create("marie", meeting(f"E{number}", number))
    world.sync()
    for google_id in sorted(world.in_google())[:6]:
        world.google.people_delete(google_id)
    world.sync()
    key, question = only_question(world)
    assert question.detail == {"side": "odoo", "deletions": 6, "total": 8}
    return world, key


def test_brake_released_deletes():
    world, key = braked()
    world.store.answer(key, Answer("delete"))
    world.sync()
    assert len(world.in_odoo()) == 2
    world.assert_same()


def test_brake_answered_keep_puts_everything_back():
    world, key = braked()
    world.store.answer(key, Answer("keep"))
    world.sync()
    assert len(world.in_odoo()) == 8
    world.assert_same()


def test_calendar_emptied_by_mistake_stops_before_anything_is_deleted():
    world = World(brake_count=20)
    for number in range(12):
        world.odoo.people_create("marie", meeting(f"E{number}", number))
    world.sync()
    for google_id in list(world.in_google()):
        world.google.people_delete(google_id)
    world.sync()
    assert len(world.in_odoo()) == 12


def test_mass_deletion_in_odoo_is_braked_too():
    world = World(brake_count=3, brake_share=0.5)
    ids = [world.odoo.people_create("marie", meeting(f"E{n}", n)) for n in range(8)]
    world.sync()
    for event_id in ids[:6]:
        world.odoo.people_delete(event_id)
    world.sync()
    assert len(world.in_google()) == 8
    assert world.store.count(LinkState.DROPPED) == 6
