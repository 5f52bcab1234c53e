"""Random edits, moves and faults over three calendars of one account: they converge.

After the faults stop: Odoo's agenda is what the calendars hold together, each event is
in one of them, nothing is gone that nobody deleted, and one more run asks once.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from calendars_world import Calendars
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from strategies import LONG
from world import at, google_body, meeting

from google_sync.sync.events.google_event import CalendarContext, parse_event
from google_sync.sync.ports import RetryLater

NAMES = ("", "work", "team")
names = st.sampled_from(NAMES)
days = st.integers(0, 20)
picks = st.integers(0, 10**6)


class CalendarsConvergence(RuleBasedStateMachine):
    @initialize(page_size=st.sampled_from([1, 3, 100]))
    def open(self, page_size):
        self.world = Calendars("work", "team", page_size=page_size)
        self.deleted = self.created = self.serial = self.clock = 0
        self.refused = set()
        self.world.account.may_move = lambda google_id: google_id not in self.refused

    def _now(self):
        self.clock += 1
        for google in self.world.account.calendars.values():
            google._clock = self.clock
        return self.world.now()

    def _title(self, word):
        self.serial += 1
        return f"{word} {self.serial}"

    # -- people ----------------------------------------------------------------

    @rule(day=days, place=st.sampled_from([None, *NAMES]))
    def create_in_odoo(self, day, place):
        self.created += 1
        values = meeting(self._title("Odoo"), day)
        event_id = self.world.odoo.people_create("marie", values, at=self._now())
        if place is not None:
            self.world.odoo.people_place(event_id, "marie", place)

    @rule(name=names, day=days)
    def create_in_google(self, name, day):
        self._now()
        self.created += 1
        title = self._title("Google")
        google_id = f"g{self.serial}"
        self.world.google(name).people_insert(google_id, google_body(title, day))

    def _pick_odoo(self, pick):
        alive = [k for k, r in self.world.odoo.tables.events.items() if r.alive]
        return alive[pick % len(alive)] if alive else None

    def _pick_google(self, pick):
        """(calendar, Google id) of one that is alive somewhere."""
        alive = [(n, k) for n in NAMES for k in sorted(self.world.google(n).alive())]
        return alive[pick % len(alive)] if alive else None

    @rule(pick=picks, field=st.sampled_from(["title", "place", "period"]))
    def edit_in_odoo(self, pick, field):
        if event_id := self._pick_odoo(pick):
            text = self._title("O")
            value = at(self.serial % 30) if field == "period" else text
            self.world.odoo.people_edit(event_id, at=self._now(), **{field: value})

    @rule(pick=picks, key=st.sampled_from(["summary", "location"]))
    def edit_in_google(self, pick, key):
        if found := self._pick_google(pick):
            self._now()
            name, google_id = found
            self.world.google(name).people_edit(google_id, **{key: self._title("G")})

    @rule(pick=picks)
    def delete_in_odoo(self, pick):
        if event_id := self._pick_odoo(pick):
            self._now()
            self.deleted += 1
            self.world.odoo.people_delete(event_id)

    @rule(pick=picks)
    def delete_in_google(self, pick):
        if found := self._pick_google(pick):
            self._now()
            self.deleted += 1
            self.world.google(found[0]).people_delete(found[1])

    @rule(pick=picks, to=names)
    def move_in_google(self, pick, to):
        found = self._pick_google(pick)
        if found and found[0] != to:
            self._now()
            account = self.world.account
            account.people_move(found[0] or "main", found[1], to or "main")

    @rule(pick=picks, to=names)
    def move_in_odoo(self, pick, to):
        if event_id := self._pick_odoo(pick):
            self._now()
            self.world.odoo.people_place(event_id, "marie", to)

    @rule(pick=picks)
    def google_moves_it_no_more(self, pick):
        if found := self._pick_google(pick):
            self.refused.add(found[1])

    @rule(name=names)
    def expire_sync_token(self, name):
        google = self.world.google(name)
        google.oldest_token = len(google.log)

    # -- runs ------------------------------------------------------------------

    @rule(pull=st.booleans(), seed=st.randoms(use_true_random=False))
    def run_with_faults(self, pull, seed):
        self._now()
        kinds = [None] * 6 + ["before", "after"]
        for google in self.world.account.calendars.values():
            google.fault = lambda name: seed.choice(kinds)
        try:
            for _ in self.world.steps(pull=pull):
                if seed.random() < 0.1:
                    break
        except RetryLater:
            pass
        finally:
            for google in self.world.account.calendars.values():
                google.fault = lambda name: None
            self.world.odoo.crash()

    @rule(when=st.integers(1, 25))
    def kill_between_two_checkpoints(self, when):
        self._now()
        for number, _ in enumerate(self.world.steps()):
            if number >= when:
                break
        self.world.odoo.crash()

    @rule(seed=st.randoms(use_true_random=False))
    def run_while_people_work(self, seed):
        self._now()
        for _ in self.world.steps():
            gesture, pick = seed.randrange(9), seed.randrange(1000)
            if gesture == 0:
                self.edit_in_odoo(pick, "title")
            elif gesture == 1:
                self.edit_in_google(pick, "location")
            elif gesture == 2:
                self.move_in_google(pick, seed.choice(NAMES))
            elif gesture == 3:
                self.move_in_odoo(pick, seed.choice(NAMES))

    @rule()
    def run(self):
        self._now()
        for _ in self.world.steps():
            pass

    # -- the laws --------------------------------------------------------------

    @precondition(lambda self: hasattr(self, "world"))
    @rule()
    def converges(self):
        for google in self.world.account.calendars.values():
            google.oldest_token = 0
        for _round in range(4):
            self.run()
        assert self._agenda() == self._in_google()
        if not self.deleted:
            assert len(self._agenda()) == self.created
        before, lines = self.world.account.requests, self._lines()
        self.run()
        assert self.world.account.requests == before + 1
        assert self._lines() == lines

    def _lines(self):
        return len(self.world.odoo.tables.lines)

    def _agenda(self):
        return Counter(
            (r.values.title, r.values.place, r.values.period)
            for r in self.world.odoo.tables.events.values()
            if r.alive
        )

    def _in_google(self):
        events = [e for n in NAMES for e in self.world.google(n).alive().values()]
        values = [parse_event(e, CalendarContext()).values for e in events]
        return Counter((v.title, v.place, v.period) for v in values)

    def teardown(self):
        if hasattr(self, "world"):
            self.converges()


CalendarsConvergence.TestCase.settings = settings(
    max_examples=100_000 if LONG else 200,
    stateful_step_count=60 if LONG else 25,
    deadline=timedelta(seconds=60),
)
TestCalendarsConvergence = CalendarsConvergence.TestCase
