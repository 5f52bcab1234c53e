"""Laws under random work: whoever follows the sync tokens knows the whole truth."""

import threading

from conftest import CALLBACK, MARIE, PAUL, Google, days, slot
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import Client

from sandbox.app import App
from sandbox.world import World

RULES = (
    "RRULE:FREQ=DAILY;COUNT=5",
    "RRULE:FREQ=DAILY;INTERVAL=2;COUNT=5",
    "RRULE:FREQ=DAILY;UNTIL=20300508T235959Z",
)
SUFFIXES = ("", "_20300506T080000Z", "_20300507T080000Z", "_20300508T080000Z")
IDS = ("serie", "single")
SHARED = ("summary", "location", "start", "end", "recurrence", "iCalUID", "sequence")
GUESTS = [{"email": PAUL}]
CHANGES = (
    {"summary": "A"},
    {"summary": "B", "location": "Lyon"},
    {"location": None},
    {"visibility": "private"},
    slot(day="2030-05-20"),
    slot(start="12:00", end="13:00"),
    {"recurrence": [RULES[1]]},
    {"recurrence": [RULES[2]]},
    {"recurrence": None},
    {"attendees": GUESTS},
    {"attendees": None},
    {"status": "confirmed"},
    {"status": "cancelled"},
    {"colorId": "3"},
    {"reminders": {"useDefault": False}},
)
STEPS = st.one_of(
    st.tuples(st.just("insert"), st.sampled_from(IDS), st.sampled_from([None, *RULES])),
    st.tuples(
        st.just("patch"),
        st.tuples(st.sampled_from(IDS), st.sampled_from(SUFFIXES)).map("".join),
        st.sampled_from(CHANGES),
    ),
    st.tuples(
        st.just("delete"),
        st.tuples(st.sampled_from(IDS), st.sampled_from(SUFFIXES)).map("".join),
        st.booleans(),
    ),
    st.tuples(st.just("answer"), st.sampled_from(IDS), st.just(None)),
    st.tuples(st.just("sync"), st.integers(1, 4), st.booleans()),
)


class Mirror:
    """A client that knows only what lists told it."""

    def __init__(self, google):
        self.google = google
        self.token = None
        self.known = {}

    def sync(self, world, page_size=0, empty=False):
        world.paging.page_size, world.paging.empty_pages = page_size, empty
        query = {"syncToken": self.token} if self.token else {}
        answer, items = {"nextPageToken": None}, []
        while "nextPageToken" in answer:
            page = (
                {"pageToken": answer["nextPageToken"]}
                if answer["nextPageToken"]
                else {}
            )
            status, answer = self.google.get(**query, **page)
            assert status == 200, answer
            items += answer["items"]
        for item in items:
            if item["status"] == "cancelled":
                self._forget_exceptions(item["id"])
        self.known.update({item["id"]: item for item in items})
        self.token = answer["nextSyncToken"]
        world.paging.page_size, world.paging.empty_pages = 0, False

    def _forget_exceptions(self, series_id):
        """A deleted series' own tombstone speaks for its exceptions."""
        for event_id, item in list(self.known.items()):
            if item.get("recurringEventId") == series_id:
                del self.known[event_id]

    def check(self):
        live = {k: v for k, v in self.known.items() if v["status"] != "cancelled"}
        truth = {e["id"]: e for e in self.google.items() if e["status"] != "cancelled"}
        for event_id, event in truth.items():
            assert live.get(event_id) == event
        for event_id, event in live.items():
            assert self.google.get(event_id)[1] == event


def work(google, paul, step):
    verb, where, what = step
    if verb == "insert":
        body = {**slot(), "id": where, "recurrence": [what] if what else None}
        google.post(body=body)
    elif verb == "patch":
        google.patch(where, what)
    elif verb == "delete":
        (google if what else paul).delete(where)
    elif verb == "answer":
        people = [{"email": PAUL, "responseStatus": "accepted"}]
        paul.patch(where, {"attendeesOmitted": True, "attendees": people})


def check_copies(google, paul):
    """What Paul holds of Marie's meetings is what Marie's calendar says."""
    for copy in paul.items():
        if copy["status"] == "cancelled":
            continue
        status, origin = google.get(copy["id"])
        assert (status, origin["status"]) == (200, "confirmed")
        assert {field: copy.get(field) for field in SHARED} == {
            field: origin.get(field) for field in SHARED
        }


@settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(STEPS, min_size=1, max_size=10))
def test_mirrors_that_follow_sync_tokens_know_the_truth(steps):
    world = World()
    world.add_client("web", "secret", redirect_uris=[CALLBACK])
    world.add_account(MARIE, "Marie")
    world.add_account(PAUL, "Paul")
    http = Client(App(world))
    google, paul = Google(http, world, MARIE), Google(http, world, PAUL)
    mirrors = [Mirror(google), Mirror(paul)]
    google.insert(id="serie", recurrence=[RULES[0]], attendees=GUESTS)
    for suffix in SUFFIXES[1:3]:
        google.patch(f"serie{suffix}", {"summary": suffix})
    for mirror in mirrors:
        mirror.sync(world)
    for step in steps:
        if step[0] == "sync":
            for mirror in mirrors:
                mirror.sync(world, *step[1:])
        else:
            work(google, paul, step)
    for mirror in mirrors:
        mirror.sync(world)
        mirror.check()
    check_copies(google, paul)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from(CHANGES), st.sampled_from(CHANGES), st.sampled_from(RULES))
def test_a_refused_write_changes_nothing(first, second, rule):
    world = World()
    world.add_account(MARIE, "Marie")
    world.add_account(PAUL, "Paul")
    google = Google(Client(App(world)), world, MARIE)
    world.add_client("web", "secret")
    google.insert(id="serie", recurrence=[rule])
    google.patch("serie", first)
    for body in (
        {**second, "colorId": "12"},
        {**second, "start": {"date": "2030-05-06"}},
        {**second, "sequence": -1},
        {**second, "organizer": {"email": PAUL}},
    ):
        before = world.rev
        for event_id in ("serie", "serie_20300507T080000Z"):
            assert google.patch(event_id, body)[0] in (400, 404)
        assert world.rev == before


def test_one_of_many_simultaneous_inserts_wins(world):
    app = App(world)
    statuses = []

    def insert():
        google = Google(Client(app), world, MARIE)
        statuses.append(google.post(body={**days(), "id": "same1"})[0])

    threads = [threading.Thread(target=insert) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] + [409] * 7
