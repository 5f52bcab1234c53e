"""Stories about events with guests: one Odoo, a Google for each of two users."""

from __future__ import annotations

from dataclasses import replace

import pytest
from memory.google import MemoryGoogle
from world import at, meeting

from google_sync.sync.asking import Answer
from running.company import MARIE, PAUL, ROOM, UNKNOWN, Company


@pytest.fixture
def company():
    return Company()


@pytest.mark.parametrize("order", [("marie", "paul"), ("paul", "marie")])
def test_one_event_in_odoo_and_nothing_new_in_google(company, order):
    company.invite(PAUL, UNKNOWN)
    company.sync(*order, *order)
    assert company.only_event().people == {"marie", "paul"}
    assert [len(g.events) for g in company.google.values()] == [1, 1]


def test_nothing_is_inserted_before_google_shows_the_invitation(company):
    company.invite(PAUL)
    copy = company.google["paul"].events.pop("g1")
    company.google["paul"].log.clear()
    company.sync()
    assert company.google["paul"].events == {}, "Google brings it there itself"
    company.google["paul"].people_insert("g1", copy)
    company.sync()
    assert company.only_event().people == {"marie", "paul"}
    assert list(company.google["paul"].events) == ["g1"]


def test_guests_added_and_removed_in_google(company):
    company.invite(UNKNOWN)
    company.sync()
    assert company.only_event().people == {"marie"}
    company.invite(UNKNOWN, PAUL)
    company.sync()
    assert company.only_event().people == {"marie", "paul"}
    company.invite(UNKNOWN)
    company.google["paul"].people_delete("g1")
    company.sync()
    assert company.only_event().people == {"marie"}


def test_guests_are_left_as_they_are(company):
    company.invite(PAUL, UNKNOWN)
    company.sync()
    before = company.google["marie"].events["g1"]["attendees"]
    (event_id,) = company.odoo.tables.events
    company.odoo.people_edit(event_id, title="Autre", place="Lyon")
    company.sync()
    assert company.google["marie"].events["g1"]["attendees"] == before
    assert company.google["marie"].events["g1"]["summary"] == "Autre"
    assert "Autre" not in company.google["paul"].events["g1"]["summary"]


def test_leaving_in_odoo_declines_and_the_event_goes_on(company):
    company.invite(PAUL, UNKNOWN)
    company.sync()
    (event_id,) = company.odoo.tables.events
    company.odoo.people_leave(event_id, "paul")
    company.sync()
    assert company.answer_of("paul") == "declined"
    others = company.google["paul"].events["g1"]["attendees"]
    assert {p["email"] for p in others} == {MARIE, PAUL, UNKNOWN, ROOM["email"]}
    assert company.google["marie"].events["g1"]["status"] == "confirmed"
    assert company.only_event().people == {"marie"}
    company.sync()
    assert company.only_event().people == {"marie"}


def test_coming_back_in_odoo_accepts(company):
    company.invite(PAUL)
    company.sync()
    (event_id,) = company.odoo.tables.events
    company.odoo.people_leave(event_id, "paul")
    company.sync()
    company.odoo.people_join(event_id, "paul")
    company.sync()
    assert company.answer_of("paul") == "accepted"
    assert list(company.google["paul"].events) == ["g1"]


def test_declining_in_google_leaves_the_event_to_the_others(company):
    company.invite(PAUL)
    company.sync()
    people = company.google["paul"].events["g1"]["attendees"]
    declined = [
        {**p, "responseStatus": "declined"} if p.get("self") else p for p in people
    ]
    company.google["paul"].people_edit("g1", attendees=declined)
    company.sync()
    assert company.only_event().people == {"marie"}
    assert company.google["marie"].events["g1"]["status"] == "confirmed"


def test_deleted_by_the_organizer_in_odoo(company):
    company.invite(PAUL)
    company.sync()
    (event_id,) = company.odoo.tables.events
    company.odoo.people_delete(event_id)
    company.sync("marie")
    assert company.google["marie"].events["g1"]["status"] == "cancelled"


def test_private_copies_for_everybody_of_odoo(company):
    """An event of Odoo: each participant has a copy of their own, without guests."""
    event_id = company.odoo.people_create("marie", meeting("Odoo"), ("paul",))
    company.sync()
    bodies = [e for g in company.google.values() for e in g.events.values()]
    assert len(bodies) == 2
    assert not any("attendees" in body for body in bodies)
    company.odoo.people_leave(event_id, "paul")
    company.sync()
    assert company.google["paul"].alive() == {}
    assert len(company.google["marie"].alive()) == 1


def test_an_invitation_replaces_the_private_copy(company):
    """Marie invites Paul, in Google, to an event that he has as a private copy."""
    company.odoo.people_create("marie", meeting("Réunion"), ("paul",))
    company.sync()
    (google_id,) = company.google["marie"].events
    (copy_id,) = company.google["paul"].events
    company.invite(PAUL, google_id=google_id)
    company.sync()
    company.sync()
    assert company.only_event().people == {"marie", "paul"}
    assert list(company.google["paul"].alive()) == [google_id]
    assert copy_id not in company.google["paul"].alive()


def test_another_organizer_in_odoo(company):
    event_id = company.odoo.people_create("marie", meeting("Odoo"), ("paul",))
    company.sync()
    company.odoo.tables.events[event_id].user = "paul"
    company.odoo.people_edit(event_id, title="Autre", period=at(9))
    company.sync()
    company.sync()
    titles = {e["summary"] for g in company.google.values() for e in g.events.values()}
    assert titles == {"Autre"}
    company.odoo.people_leave(event_id, "marie")
    company.sync()
    assert company.google["marie"].alive() == {}
    assert len(company.google["paul"].alive()) == 1


def test_an_edit_of_a_guest_is_put_back_and_said(company):
    company.invite(PAUL)
    company.google["marie"] = MemoryGoogle()
    company.sync("paul")
    (event_id,) = company.odoo.tables.events
    company.odoo.people_edit(event_id, title="Pas à moi")
    company.sync("paul")
    assert company.only_event().values.title == "Réunion"
    line = company.odoo.tables.lines[-1]
    assert (line.action, line.reason) == ("put_back", "not_organizer")


def test_a_read_only_calendar_gets_nothing(company):
    company.odoo.people_create("marie", meeting("Odoo"))
    google = company.google["marie"]
    lists = google.list_events
    google.list_events = lambda **k: replace(lists(**k), access_role="reader")
    company.sync("marie")
    assert google.events == {}
    google.list_events = lambda **k: replace(lists(**k), access_role="owner")
    company.sync("marie")
    assert len(google.events) == 1


# -- Google invitations, where the account has chosen them -----------------------


class Inviting(Company):
    """Marie's account invites: her events of Odoo carry their participants."""

    def __init__(self) -> None:
        super().__init__()
        self.stores["marie"].inviting = True
        self.mails = []
        for user, google in self.google.items():
            self._watch(user, google)

    def _watch(self, user, google) -> None:
        do = google._do

        def watched(call):
            if getattr(call, "notify", False):
                self.mails.append((user, type(call).__name__))
            return do(call)

        google._do = watched

    def attendees(self) -> list[str]:
        (event,) = self.google["marie"].events.values()
        return sorted(guest["email"] for guest in event.get("attendees", ()))


@pytest.fixture
def inviting():
    return Inviting()


def test_the_organizers_copy_carries_the_guests(inviting):
    inviting.odoo.people_create("marie", meeting("Odoo"), ("paul",))
    inviting.sync(invitation=True)
    assert inviting.attendees() == [PAUL]
    assert inviting.google["paul"].events == {}, "Google brings it there itself"
    assert inviting.mails == [("marie", "Insert")]
    inviting.sync(invitation=True)
    assert len(inviting.mails) == 1


def test_guests_come_and_go_and_the_others_stay(inviting):
    event_id = inviting.odoo.people_create("marie", meeting("Odoo"))
    inviting.sync(invitation=True)
    assert inviting.mails == []
    (google_id,) = inviting.google["marie"].events
    people = [{"email": UNKNOWN, "responseStatus": "accepted"}, ROOM]
    inviting.google["marie"].people_edit(google_id, attendees=people)
    inviting.odoo.people_join(event_id, "paul")
    inviting.sync(invitation=True)
    assert inviting.attendees() == sorted([PAUL, UNKNOWN, ROOM["email"]])
    answers = inviting.google["marie"].events[google_id]["attendees"]
    assert people[0] in answers
    inviting.odoo.people_leave(event_id, "paul")
    inviting.sync(invitation=True)
    assert inviting.attendees() == sorted([UNKNOWN, ROOM["email"]])


def test_nobody_is_mailed_about_a_description(inviting):
    event_id = inviting.odoo.people_create("marie", meeting("Odoo"), ("paul",))
    inviting.sync(invitation=True)
    inviting.mails.clear()
    inviting.odoo.people_edit(event_id, description="Ordre du jour")
    inviting.sync(invitation=True)
    assert inviting.mails == []
    inviting.odoo.people_edit(event_id, place="Lyon")
    inviting.sync(invitation=True)
    assert inviting.mails == [("marie", "Patch")]
    inviting.odoo.people_delete(event_id)
    inviting.sync(invitation=True)
    assert inviting.mails[-1] == ("marie", "Delete")


@pytest.mark.parametrize(("verdict", "mailed"), [("delete", 4), ("keep", 2)])
def test_many_mails_wait_for_an_answer(inviting, verdict, mailed):
    for number in range(4):
        inviting.odoo.people_create("marie", meeting(f"N {number}"), ("paul",))
    inviting.sync("marie", invitation=True, mail_limit=2)
    assert len(inviting.mails) == len(inviting.google["marie"].events) == 2
    (key,) = inviting.odoo.tables.questions
    inviting.stores["marie"].answer(key, Answer(verdict))
    inviting.sync("marie", invitation=True, mail_limit=0)
    assert len(inviting.google["marie"].events) == 4
    assert len(inviting.mails) == mailed


def decline_in_google(company, user, google_id="g1"):
    people = company.google[user].events[google_id]["attendees"]
    people = [
        {**p, "responseStatus": "declined"} if p.get("self") else p for p in people
    ]
    company.google[user].people_edit(google_id, attendees=people)


@pytest.mark.parametrize("deleted", [False, True])
@pytest.mark.parametrize("connected", [False, True])
def test_declined_before_the_own_first_sync_of_it(company, deleted, connected):
    if connected:
        company.sync()
    company.invite(PAUL)
    company.sync("marie")
    rows = [r for r in company.odoo.tables.events.values() if r.alive]
    assert all(r.people == {"marie", "paul"} for r in rows)
    if deleted and connected:
        company.google["paul"].people_delete("g1")
    else:
        decline_in_google(company, "paul")
    for _ in range(3):
        company.sync("paul", "marie")
    rows = [r for r in company.odoo.tables.events.values() if r.alive]
    assert rows
    assert all(r.people == {"marie"} for r in rows)


def test_the_organizer_deletes_before_the_own_first_sync_of_it(company):
    company.sync()
    company.invite(PAUL)
    company.sync("paul")
    assert company.only_event().people >= {"paul"}
    company.google["marie"].people_delete("g1")
    company.google["paul"].people_delete("g1")
    for _ in range(2):
        company.sync("marie", "paul")
    assert not [r for r in company.odoo.tables.events.values() if r.alive]


def test_declined_first_and_accepted_later(company):
    company.invite(PAUL)
    company.sync("marie")
    decline_in_google(company, "paul")
    company.sync("paul", "marie", "paul")
    assert company.only_event().people == {"marie"}
    company.invite(PAUL)
    company.sync("paul", "marie", "paul")
    assert company.only_event().people == {"marie", "paul"}


@pytest.mark.parametrize("google", [{}, {"location": "Lyon"}])
@pytest.mark.parametrize("options", [{}, {"sweep": True}, {"full": True}])
def test_a_guests_run_does_not_undo_what_the_organizer_edited(company, google, options):
    company.invite(PAUL)
    company.sync()
    (event_id,) = company.odoo.tables.events
    company.odoo.people_edit(event_id, by="marie", title="Neuf")
    for user in company.google if google else ():
        company.google[user].people_edit("g1", **google)
    company.sync("paul", **options)
    assert company.only_event().values.title == "Neuf"
    company.sync("marie", **options)
    assert company.google["marie"].events["g1"]["summary"] == "Neuf"
    assert company.only_event().values.place == google.get("location", "")
    # Google brings it into the guest's copy.
    company.google["paul"].people_edit("g1", summary="Neuf")
    for _ in range(2):
        company.sync("paul", "marie")
    lines = len(company.odoo.tables.lines)
    company.sync(sweep=True)
    assert len(company.odoo.tables.lines) == lines
    assert company.only_event().values.title == "Neuf"


def test_what_the_guest_edited_is_put_back(company):
    company.invite(PAUL)
    company.sync()
    (event_id,) = company.odoo.tables.events
    now = company.google["paul"].now()
    company.odoo.people_edit(event_id, by="paul", at=now, title="À moi")
    company.sync("paul", "marie", "paul")
    assert company.only_event().values.title == "Réunion"


@pytest.mark.parametrize("order", [("marie", "paul"), ("paul", "marie")])
def test_archived_and_a_guest_invited_since(company, order):
    company.invite(UNKNOWN)
    company.sync()
    (event_id,) = company.odoo.tables.events
    company.odoo.people_archive(event_id)
    company.invite(UNKNOWN, PAUL)
    company.sync(*order, *order)
    assert company.only_event().people == {"marie", "paul"}
    assert list(company.odoo.tables.events) == [event_id]
    lines = len(company.odoo.tables.lines)
    company.sync()
    assert len(company.odoo.tables.lines) == lines


@pytest.mark.parametrize("order", [("marie", "paul"), ("paul", "marie")])
@pytest.mark.parametrize("archived", [False, True])
@pytest.mark.parametrize("series", [False, True])
def test_gone_in_odoo_and_a_guest_invited_since(company, order, archived, series):
    """An edit in Google beats it, and it comes back once, whoever syncs first."""
    more = {"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=TH"]} if series else {}
    company.invite(UNKNOWN, **more)
    company.sync()
    for row in list(company.odoo.tables.events):
        odoo = company.odoo
        (odoo.people_archive if archived else odoo.people_delete)(row)
    company.invite(UNKNOWN, PAUL, **more)
    company.sync(*order, *order)
    rows = [r for r in company.odoo.tables.events.values() if r.alive]
    assert [r.people for r in rows] == [{"marie", "paul"}] * (4 if series else 1)
    lines = len(company.odoo.tables.lines)
    company.sync()
    company.sync(full=True)
    assert len(company.odoo.tables.lines) == lines
    assert [len(g.events) for g in company.google.values()] == [1, 1]


def test_a_guest_s_copy_rewrites_nothing_when_it_is_joined(company):
    """An invitation under a known iCalUID, from whoever says to be the organiser."""
    company.invite(PAUL)
    company.sync("marie")
    copy = company.google["paul"].events["g1"]
    forged = {"summary": "Forged", "location": "https://evil", "description": "evil"}
    company.google["paul"].people_edit("g1", **forged)
    company.sync("paul")
    company.sync("paul", sweep=True)
    company.sync("paul", full=True)
    titles = {r.values.title for r in company.odoo.tables.events.values() if r.alive}
    places = {r.values.place for r in company.odoo.tables.events.values() if r.alive}
    assert (titles, places) == ({"Réunion"}, {""})
    assert company.google["marie"].events["g1"]["summary"] == "Réunion"
    assert copy["id"] == "g1"
