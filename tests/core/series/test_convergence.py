"""The same laws with series: random gestures on both sides, faults and kills.

Compared occurrence by occurrence, as people see them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule
from memory.google_series import DAYS
from running.convergence import USERS, Convergence, days, picks, titles, users
from strategies import LONG

from google_sync.sync.asking import Answer
from google_sync.sync.events.google_event import CalendarContext, parse_event
from google_sync.sync.events.period import Window
from google_sync.sync.events.recurrence import Rule, rule_of, start_of, with_rule
from google_sync.sync.events.values import EventValues, Period

UTC = timezone.utc
PARIS = "Europe/Paris"

counts = st.integers(1, 5)
patterns = st.sampled_from(["daily", "third", "weekly", "twice", "odd"])
shifts = st.sampled_from([timedelta(hours=2), timedelta(hours=-1), timedelta(days=1)])


def start_on(day: int) -> datetime:
    return datetime(2026, 6, 1, 8, tzinfo=UTC) + timedelta(days=day)


def a_rule(pattern: str, start: datetime, count: int) -> Rule:
    day = DAYS[start.weekday()]
    if pattern == "daily":
        return Rule("DAILY", count=count)
    if pattern == "third":
        return Rule("DAILY", interval=3, count=count)
    if pattern == "weekly":
        return Rule("WEEKLY", days=(day,), count=count)
    other = DAYS[(start.weekday() + 2) % 7]
    both = tuple(sorted({day, other}, key=DAYS.index))
    until = start.date() + timedelta(days=7 * count)
    return Rule("WEEKLY", days=both, until=until)


def google_lines(pattern: str, start: datetime, count: int) -> list[str]:
    if pattern == "odd":
        return [f"RRULE:FREQ=DAILY;COUNT={count};BYHOUR=10"]
    line = a_rule(pattern, start, count).line()
    until = a_rule(pattern, start, count).until
    if until:
        line = line.replace(f"{until:%Y%m%d}", f"{until:%Y%m%d}T215959Z")
    return [line]


def edges(period: Period) -> dict:
    return {
        "start": {"dateTime": period.start.isoformat(), "timeZone": PARIS},
        "end": {"dateTime": period.end.isoformat(), "timeZone": PARIS},
    }


class SeriesConvergence(Convergence):
    def _series_body(self, title, start, lines):
        return {
            "summary": title,
            "recurrence": lines,
            "organizer": {"self": True, "email": "marie@example.com"},
            **edges(Period.timed(start, start + timedelta(hours=1))),
        }

    # -- in Odoo ---------------------------------------------------------------

    @rule(
        user=users,
        other=st.booleans(),
        title=titles,
        day=days,
        pattern=patterns,
        count=counts,
    )
    def create_series_in_odoo(self, user, other, title, day, pattern, count):
        start = start_on(day)
        values = EventValues(
            Period.timed(start, start + timedelta(hours=1)),
            title=self._title(title),
            time_zone=PARIS,
            recurrence=with_rule(a_rule(pattern, start, count), set()),
        )
        people = USERS if other else ()
        rows = self.odoo.people_create_series(user, values, people, at=self._now())
        self.created += len(rows)

    def _pick_row(self, pick, *, whole=True):
        events = self.odoo.tables.events
        rows = [k for k, r in events.items() if r.alive and bool(r.recurrence) == whole]
        return rows[pick % len(rows)] if rows else None

    @rule(pick=picks, shift=st.none() | shifts, title=st.none() | titles)
    def edit_all_in_odoo(self, pick, shift, title):
        row = self._pick_row(pick)
        if row:
            self.deleted += 1
            changes = {"title": self._title(title)} if title else {}
            self.odoo.people_edit_all(row, self._now(), shift, **changes)

    @rule(pick=picks, pattern=patterns, count=counts)
    def another_rule_in_odoo(self, pick, pattern, count):
        row = self._pick_row(pick)
        if row:
            self.deleted += 1
            whole = self.odoo.tables.events[row].recurrence
            base = self.odoo.tables.recurrences[whole].base_event
            rows = self.odoo.rows_of(whole)
            base = base if base in rows else rows[0]
            start = self.odoo.tables.events[base].values.period.start
            new = a_rule(pattern, start, count)
            self.odoo.people_edit_all(row, self._now(), rule=new)

    @rule(pick=picks, shift=st.none() | shifts, title=titles)
    def edit_following_in_odoo(self, pick, shift, title):
        row = self._pick_row(pick)
        if row:
            self.deleted += 1
            self.odoo.people_edit_following(
                row, self._now(), shift, title=self._title(title)
            )

    @rule(pick=picks, following=st.booleans())
    def delete_many_in_odoo(self, pick, following):
        row = self._pick_row(pick)
        if row:
            self.deleted += 1
            self._now()
            if following:
                self.odoo.people_delete_following(row)
            else:
                self.odoo.people_delete_series(row)

    @rule(pick=picks, count=counts)
    def single_to_series_in_odoo(self, pick, count):
        row = self._pick_row(pick, whole=False)
        if row:
            self.deleted += 1
            self.odoo.people_make_series(row, Rule("DAILY", count=count), self._now())

    @rule(pick=picks)
    def series_to_single_in_odoo(self, pick):
        row = self._pick_row(pick)
        if row:
            self.deleted += 1
            self.odoo.people_make_single(row, self._now())

    # -- in Google -------------------------------------------------------------

    @rule(user=users, title=titles, day=days, pattern=patterns, count=counts)
    def create_series_in_google(self, user, title, day, pattern, count):
        self._now()
        self.deleted += 1
        start = start_on(day)
        lines = google_lines(pattern, start, count)
        body = self._series_body(self._title(title), start, lines)
        self.google[user].people_insert(f"{user}s{self.serial}", body)

    def _pick_google(self, user, pick, *, occurrence):
        google = self.google[user]
        if occurrence:
            found = sorted(k for k in google.seen() if google.is_occurrence(k))
        else:
            found = sorted(k for k, e in google.alive().items() if "recurrence" in e)
        return found[pick % len(found)] if found else None

    @rule(user=users, pick=picks, gesture=st.sampled_from(["title", "move", "delete"]))
    def occurrence_in_google(self, user, pick, gesture):
        google_id = self._pick_google(user, pick, occurrence=True)
        if not google_id:
            return
        self._now()
        self.deleted += 1
        self.serial += 1
        google = self.google[user]
        if gesture == "delete":
            google.people_delete(google_id)
        elif gesture == "title":
            google.people_edit(google_id, summary=f"O {self.serial}")
        else:
            start = start_on(self.serial % 30)
            period = Period.timed(start, start + timedelta(minutes=30))
            google.people_edit(google_id, **edges(period))

    @rule(user=users, pick=picks)
    def restore_occurrence_in_google(self, user, pick):
        google = self.google[user]
        gone = sorted(
            k
            for k, e in google.events.items()
            if e["status"] == "cancelled"
            and google.is_occurrence(k)
            and google.has_slot(k)
        )
        if gone:
            self._now()
            google.people_edit(gone[pick % len(gone)], status="confirmed")

    @rule(user=users, pick=picks, shift=shifts)
    def move_series_in_google(self, user, pick, shift):
        google_id = self._pick_google(user, pick, occurrence=False)
        if google_id:
            self._now()
            self.deleted += 1
            google = self.google[user]
            values = self._values(google, google_id)
            rule = rule_of(values.recurrence)
            if rule is None or rule.freq == "WEEKLY" and shift.days:
                return
            start = values.period.start + shift
            period = Period.timed(start, start + values.period.length)
            google.people_edit(google_id, **edges(period))

    @rule(user=users, pick=picks, pattern=patterns, count=counts)
    def another_rule_in_google(self, user, pick, pattern, count):
        google_id = self._pick_google(user, pick, occurrence=False)
        if google_id:
            self._now()
            self.deleted += 1
            google = self.google[user]
            start = self._values(google, google_id).period.start
            lines = google_lines(pattern, start, count)
            google.people_edit(google_id, recurrence=lines)

    @rule(user=users, pick=picks, after=counts)
    def cut_series_in_google(self, user, pick, after):
        google_id = self._pick_google(user, pick, occurrence=False)
        if not google_id:
            return
        google = self.google[user]
        values = self._values(google, google_id)
        rule = rule_of(values.recurrence)
        if rule is None:
            return
        self._now()
        self.deleted += 1
        until = values.period.start.date() + timedelta(days=after)
        line = rule.ending().line()
        google.people_edit(
            google_id, recurrence=[f"{line};UNTIL={until:%Y%m%d}T215959Z"]
        )

    @rule(
        user=users,
        pick=picks,
        title=titles,
        hours=st.sampled_from([0, 0, 2]),
        day=st.booleans(),
    )
    def split_series_in_google(self, user, pick, title, hours, day):
        """ "This and following", perhaps at another hour or on the next day."""
        google_id = self._pick_google(user, pick, occurrence=True)
        if not google_id:
            return
        google = self.google[user]
        shown = parse_event(google.resource(google_id), CalendarContext())
        series = self._values(google, shown.series_id)
        if rule_of(series.recurrence) is None or not google.can_split(google_id):
            return
        self._now()
        self.deleted += 1
        start = start_of(shown.original_start) + timedelta(hours=hours, days=day)
        lines, times = (), {}
        if hours or day:
            left = rule_of(series.recurrence).ending(count=3)
            weekday = (DAYS[start.weekday()],) if left.freq == "WEEKLY" else ()
            lines = (replace(left, days=weekday).line(),)
            times = edges(Period.timed(start, start + series.period.length))
        google.people_split(google_id, *lines, summary=self._title(title), **times)

    @rule(user=users, pick=picks, count=counts, back=st.booleans())
    def single_and_series_in_google(self, user, pick, count, back):
        google = self.google[user]
        found = sorted(
            k for k, e in google.alive().items() if ("recurrence" in e) == back
        )
        if found:
            self._now()
            self.deleted += 1
            lines = None if back else [f"RRULE:FREQ=DAILY;COUNT={count}"]
            google.people_edit(found[pick % len(found)], recurrence=lines)

    @staticmethod
    def _values(google, google_id):
        return parse_event(google.events[google_id], CalendarContext()).values

    # -- the laws --------------------------------------------------------------

    def _in_google(self, user):
        events = self.google[user].seen().values()
        values = [parse_event(e, CalendarContext()).values for e in events]
        return Counter((v.title, v.place, v.period) for v in values)


class SeriesUnderOptions(SeriesConvergence):
    """Series that begin and end outside a period that moves on, people who are asked,
    and events that somebody else organises."""

    options: dict = {}
    days = 0
    narrow = False

    @initialize(
        policy=st.sampled_from(["newest", "odoo", "google", "ask"]),
        confirm=st.booleans(),
        narrow=st.booleans(),
    )
    def choose(self, policy, confirm, narrow):
        self.options = {"policy": policy, "confirm_deletions": confirm}
        self.narrow = narrow

    def _window(self):
        first = start_on(self.days).date()
        return Window(first, first + timedelta(days=19 if self.narrow else 400))

    def _run(self, user, **more):
        self.stores[user].window = self._window()
        return super()._run(user, window=self._window(), **{**self.options, **more})

    @rule(number=st.integers(1, 9))
    def days_pass(self, number):
        self.days += number

    @rule(
        user=users,
        title=titles,
        before=st.integers(0, 200),
        pattern=patterns,
        count=st.integers(1, 99),
        own=st.booleans(),
    )
    def create_long_series_in_google(self, user, title, before, pattern, count, own):
        """Begun long ago perhaps, endless perhaps, perhaps somebody else's."""
        self._now()
        self.deleted += 1
        start = start_on(-before)
        lines = google_lines(pattern, start, count)
        if count > 80 and pattern != "odd":
            lines = [a_rule(pattern, start, count).ending().line()]
        body = self._series_body(self._title(title), start, lines)
        body["organizer"] = {"self": own, "email": "o@example.com"}
        self.google[user].people_insert(f"{user}l{self.serial}", body)

    @rule(pick=picks, yes=st.booleans())
    def answer(self, pick, yes):
        tables = self.odoo.tables
        waiting = sorted(tables.questions.keys() - tables.answers.keys())
        if waiting:
            self._now()
            self._answer(waiting[pick % len(waiting)], yes=yes)

    def _answer(self, key, *, yes):
        question = self.odoo.tables.questions[key]
        if question.kind == "conflict":
            side = "odoo" if yes else "google"
            names = question.detail["fields"]
            answer = Answer("fields", dict.fromkeys(names, side))
        elif question.kind == "adoption":
            answer = Answer("new")
        else:
            answer = Answer("delete" if yes else "keep")
        self.deleted += 1
        for store in self.stores.values():
            if question.kind == "brake" or store.links([question.google_id]):
                store.answer(key, answer)

    def _settle(self):
        for google in self.google.values():
            google.oldest_token = 0
        for number in range(6):
            for user in USERS:
                self._now()
                # Of an occurrence that vanished with a series outside the period no
                # list tells: a complete check does.
                for _ in self._run(user, full=number == 2):
                    pass
            tables = self.odoo.tables
            for key in sorted(tables.questions.keys() - tables.answers.keys()):
                self._answer(key, yes=bool(number % 2))
        for user in USERS * 2:
            self.run(user)

    def _agenda(self, user):
        return self._inside(super()._agenda(user))

    def _in_google(self, user):
        return self._inside(super()._in_google(user))

    def _check_nothing_lost(self):
        self.deleted += 1  # what lies outside the period is not counted
        super()._check_nothing_lost()

    def _inside(self, found):
        """What lies in the period: there alone both sides hold the same."""
        window = self._window()
        return Counter({k: n for k, n in found.items() if window.holds(k[2])})


SeriesConvergence.TestCase.settings = settings(
    max_examples=50_000 if LONG else 300,
    stateful_step_count=50 if LONG else 25,
    deadline=timedelta(seconds=60),
)
TestSeriesConvergence = SeriesConvergence.TestCase
SeriesUnderOptions.TestCase.settings = settings(
    max_examples=50_000 if LONG else 80,
    stateful_step_count=50 if LONG else 25,
    deadline=timedelta(seconds=60),
)
TestSeriesUnderOptions = SeriesUnderOptions.TestCase
