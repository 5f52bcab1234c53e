"""Random edits on both sides, and the runs between them."""

from __future__ import annotations

from collections import Counter

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from memory.google import MemoryGoogle
from memory.store import MemoryStore
from memory.tables import Database
from strategies import colours
from world import WINDOW, at, google_body, meeting

from google_sync.sync.events.colours import SAME, colour_of
from google_sync.sync.events.google_event import CalendarContext, parse_event
from google_sync.sync.ports import Patch, RetryLater, Verdict
from google_sync.sync.report import Report
from google_sync.sync.running.engine import sync_events
from google_sync.sync.running.settings import Settings, Surroundings

USERS = ("marie", "paul")


titles = st.sampled_from(["Réunion", "Appel", "Visite", "Démo"])


days = st.integers(0, 20)


users = st.sampled_from(USERS)


picks = st.integers(0, 10**6)


class Convergence(RuleBasedStateMachine):
    @initialize(page_size=st.sampled_from([1, 3, 100]))
    def open(self, page_size):
        self.odoo = Database()
        self.stores = {u: MemoryStore(self.odoo, u) for u in USERS}
        self.google = {u: MemoryGoogle(page_size) for u in USERS}
        self.deleted = self.created = 0
        self.overwritten = []
        self.by_hand = {}
        self.serial = 0
        self.clock = 0
        for store in self.stores.values():
            store.window = WINDOW
        for google in self.google.values():
            self._watch_patches(google)

    def _watch_patches(self, google):
        """Remember every title and place that the engine overwrites in Google."""
        do = google._do

        def watched(call):
            before = dict(google.events.get(getattr(call, "google_id", ""), {}))
            reply = do(call)
            alive = before.get("status") != "cancelled"
            if isinstance(call, Patch) and reply.verdict is Verdict.DONE and alive:
                old = [before.get(k) for k in ("summary", "location") if k in call.body]
                self.overwritten += [text for text in old if text]
            return reply

        google._do = watched

    # -- people ----------------------------------------------------------------

    def _now(self):
        self.clock += 1
        for google in self.google.values():
            google._clock = self.clock
        return self.google["marie"].now()

    def _title(self, title):
        """Every event is one of a kind: a test that counts must tell them apart."""
        self.serial += 1
        return f"{title} {self.serial}"

    @rule(user=users, other=st.booleans(), title=titles, day=days)
    def create_in_odoo(self, user, other, title, day):
        self.created += 1
        values = meeting(self._title(title), day)
        people = USERS if other else ()
        self.odoo.people_create(user, values, people, at=self._now())

    @rule(user=users, title=titles, day=days)
    def create_in_google(self, user, title, day):
        self._now()
        self.created += 1
        title = self._title(title)
        self.google[user].people_insert(f"{user}{self.serial}", google_body(title, day))

    def _pick_odoo(self, pick):
        alive = [k for k, r in self.odoo.tables.events.items() if r.alive]
        return alive[pick % len(alive)] if alive else None

    @rule(pick=picks, title=titles, field=st.sampled_from(["title", "place", "period"]))
    def edit_in_odoo(self, pick, title, field):
        event_id = self._pick_odoo(pick)
        if event_id:
            self.serial += 1
            value = (
                at(self.serial % 30) if field == "period" else f"{title} {self.serial}"
            )
            self.odoo.people_edit(event_id, at=self._now(), **{field: value})

    @rule(user=users, pick=picks, key=st.sampled_from(["summary", "location", "color"]))
    def edit_in_google(self, user, pick, key):
        alive = sorted(self.google[user].alive())
        if alive:
            self._now()
            self.serial += 1
            google_id = alive[pick % len(alive)]
            self.google[user].people_edit(google_id, **{key: f"G {self.serial}"})

    @rule(pick=picks, colour=colours)
    def another_type_in_odoo(self, pick, colour):
        """From now on Odoo's colour may be written again, wherever it is."""
        event_id = self._pick_odoo(pick)
        if event_id and self.odoo.tables.events[event_id].values.color != colour:
            self.odoo.people_edit(event_id, at=self._now(), color=colour)
            links = [x for u in USERS for x in self.odoo.tables.links[u].values()]
            for link in links:
                if link.event_id == event_id:
                    self.by_hand.pop(link.google_id, None)

    @rule(user=users, pick=picks, colour=colours, label=st.booleans())
    def another_colour_in_google(self, user, pick, colour, label):
        alive = sorted(self.google[user].alive())
        if alive:
            self._now()
            google_id = alive[pick % len(alive)]
            body = {
                "colorId": colour or None,
                "eventLabelId": "uuid" if label else None,
            }
            self.google[user].people_edit(google_id, **body)
            # The colour of before is no more what this person wants.
            self.by_hand.pop(google_id, None)
            if self._is_told(user, google_id):
                after = self.google[user].events[google_id]
                self.by_hand[google_id] = colour_of(after)

    def _is_told(self, user, google_id):
        """No edit of the type waits, which would be written over it."""
        links = self.odoo.tables.links[user].values()
        link = next((x for x in links if x.google_id == google_id), None)
        record = self.odoo.tables.events.get(link.event_id) if link else None
        told = link.told.get("color") if link else None
        said = told and told.removeprefix(SAME)
        return record is None or said == record.values.color

    @rule(pick=picks, archive=st.booleans())
    def delete_in_odoo(self, pick, archive):
        event_id = self._pick_odoo(pick)
        if event_id:
            self._now()
            self.deleted += 1
            if archive:
                self.odoo.people_archive(event_id)
            else:
                self.odoo.people_delete(event_id)

    @rule(user=users, pick=picks)
    def delete_in_google(self, user, pick):
        alive = sorted(self.google[user].alive())
        if alive:
            self._now()
            self.deleted += 1
            self.google[user].people_delete(alive[pick % len(alive)])

    @rule(user=users)
    def expire_sync_token(self, user):
        self.google[user].oldest_token = len(self.google[user].log)

    # -- runs ------------------------------------------------------------------

    def _run(self, user, **options):
        google = self.google[user]
        options = {"window": WINDOW, "brake_count": 10**6, **options}
        run_settings = Settings(google.now(), **options)
        return sync_events(
            self.stores[user], google, run_settings, Surroundings(), Report()
        )

    @rule(user=users, pull=st.booleans(), seed=st.randoms(use_true_random=False))
    def run_with_faults(self, user, pull, seed):
        self._now()
        kinds = [None] * 6 + ["before", "after"]
        self.google[user].fault = lambda name: seed.choice(kinds)
        try:
            for _ in self._run(user, pull=pull):
                if seed.random() < 0.1:
                    break
        except RetryLater:
            pass
        finally:
            self.google[user].fault = lambda name: None
            self.odoo.crash()

    @rule(user=users, when=st.integers(1, 12))
    def kill_between_two_port_calls(self, user, when):
        """A kill anywhere: what was not committed is gone, Google keeps its part."""
        self._now()
        left = [when]

        class Killed(BaseException):
            pass

        def countdown(name):
            left[0] -= 1
            if left[0] <= 0:
                raise Killed
            return

        google, call = self.google[user], self.google[user].call

        def call_then_die(calls):
            replies = call(calls)
            left[0] -= 3
            if left[0] <= 0:
                raise Killed
            return replies

        google.fault, google.call = countdown, call_then_die
        try:
            for _ in self._run(user):
                countdown("checkpoint")
        except Killed:
            pass
        finally:
            google.fault = lambda name: None
            del google.call
            self.odoo.crash()

    @rule(user=users, seed=st.randoms(use_true_random=False))
    def run_while_people_work(self, user, seed):
        """Edits between any two checkpoints, and page tokens that die."""
        self._now()
        for _ in self._run(user):
            gesture = seed.randrange(8)
            pick = seed.randrange(1000)
            if gesture == 0:
                self.edit_in_odoo(pick, "Pendant", "title")
            elif gesture == 1:
                self.edit_in_google(user, pick, "location")
            elif gesture == 2:
                self.delete_in_google(user, pick)
            elif gesture == 3:
                self.delete_in_odoo(pick, archive=bool(pick % 2))
            elif gesture == 4:
                self.google[user]._pages.clear()

    @rule(user=users)
    def run(self, user):
        self._now()
        for _ in self._run(user):
            pass

    # -- the laws --------------------------------------------------------------

    @precondition(lambda self: hasattr(self, "odoo"))
    @rule()
    def converges(self):
        self._settle()
        for user in USERS:
            assert self._agenda(user) == self._in_google(user)
        self._check_silence()

        self._check_nothing_lost()
        self._check_colours_of_people()

    def _check_colours_of_people(self):
        """A colour that a person gave in Google stays until the type changes."""
        for google in self.google.values():
            for google_id, event in google.alive().items():
                colour = self.by_hand.get(google_id, colour_of(event))
                assert colour_of(event) == colour

    def _check_nothing_lost(self):
        if not self.deleted:
            assert len(self.odoo.tables.events) == self.created
        kept = set()
        for line in self.odoo.tables.lines:
            kept |= {str(value) for value in line.before.values()}
            if line.archive:
                kept |= {line.archive.title, line.archive.place}
        assert set(self.overwritten) <= kept

    def _settle(self):
        """Until a round asks and writes nothing: the next ones would be the same."""
        for google in self.google.values():
            google.oldest_token = 0
        for _round in range(4):
            before = self._asked_and_written()
            for user in USERS:
                self.run(user)
            requests, lines = before
            if self._asked_and_written() == (requests + len(USERS), lines):
                return

    def _asked_and_written(self):
        requests = sum(google.requests for google in self.google.values())
        return requests, len(self.odoo.tables.lines)

    def _agenda(self, user):
        return Counter(
            (r.values.title, r.values.place, r.values.period)
            for r in self.odoo.tables.events.values()
            if r.alive and user in r.people
        )

    def _in_google(self, user):
        events = self.google[user].alive().values()
        values = [parse_event(e, CalendarContext()).values for e in events]
        return Counter((v.title, v.place, v.period) for v in values)

    def _check_silence(self):
        lines = len(self.odoo.tables.lines)
        for user in USERS:
            before = self.google[user].requests
            self.run(user)
            assert self.google[user].requests == before + 1
        assert len(self.odoo.tables.lines) == lines

    def teardown(self):
        if hasattr(self, "odoo"):
            self.converges()
