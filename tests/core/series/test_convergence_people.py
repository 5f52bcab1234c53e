"""Random histories of series that somebody invites others to, in Google.

Endless ones, all-day ones and ends far beyond the periods, which differ and move on.
All rows of all people are looked at: a row that Google does not show is a fault
wherever it lies. Guests' calendars are Google's own matter: nothing is written there.
"""

from __future__ import annotations

import copy
from collections import Counter
from datetime import datetime, timedelta, timezone

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from memory.google_series import LAST
from running.convergence import picks
from strategies import LONG

from google_sync.sync.events.google_event import CalendarContext, parse_event
from google_sync.sync.events.period import Window
from google_sync.sync.events.recurrence import local_day
from google_sync.sync.ports import RetryLater
from series.people_world import PEOPLE, START, People
from series.world import PARIS

LINES = st.sampled_from(
    [
        "RRULE:FREQ=DAILY",
        "RRULE:FREQ=WEEKLY;BYDAY=MO",
        "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
        "RRULE:FREQ=MONTHLY;BYMONTHDAY=1",
        "RRULE:FREQ=YEARLY",
        "RRULE:FREQ=WEEKLY",
        "RRULE:FREQ=WEEKLY;COUNT=6",
        "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=90",
        "RRULE:FREQ=DAILY;COUNT=4",
        "RRULE:FREQ=DAILY;UNTIL=20261231T225959Z",
    ]
)
persons = st.sampled_from(PEOPLE)
spans = st.tuples(st.integers(-40, 40), st.integers(50, 400))


class Invitations(RuleBasedStateMachine):
    @initialize(periods=st.tuples(spans, spans, spans))
    def open(self, periods):
        today = START.date()
        windows = {
            user: Window(today + timedelta(first), today + timedelta(last))
            for user, (first, last) in zip(PEOPLE, periods, strict=True)
        }
        self.world = People(windows, PEOPLE)
        self.organizers: dict[str, str] = {}
        self.serial = 0

    # -- what the organiser does -----------------------------------------------

    @rule(organizer=persons, line=LINES, days=st.booleans(), weeks=st.integers(0, 60))
    def invite(self, organizer, line, days, weeks):
        """days: all-day. weeks: how long ago it began."""
        if len(self.organizers) == 3 or days and "T2" in line:
            return
        self.serial += 1
        google_id = f"s{self.serial}"
        start = START - timedelta(weeks=weeks)
        if "MONTHLY" in line or "COUNT" in line:
            start = START
        more = {"summary": f"Point {self.serial}"}
        if days:
            day = start.date()
            more["start"] = {"date": day.isoformat()}
            more["end"] = {"date": (day + timedelta(days=1)).isoformat()}
        self.world.invite(line, organizer, google_id, start, **more)
        self.organizers[google_id] = organizer

    def _one(self, pick):
        """(organiser's calendar, id of an occurrence there), of any time."""
        ids = sorted(self.organizers)
        if not ids:
            return None
        series = ids[pick % len(ids)]
        google = self.world.google[self.organizers[series]]
        shown = sorted(
            k for k in google.seen() if k.partition("_")[0] == series and "_" in k
        )[:120]
        return (google, shown[pick // 7 % len(shown)]) if shown else None

    @rule(pick=picks, gesture=st.sampled_from(["title", "move", "delete"]))
    def occurrence(self, pick, gesture):
        one = self._one(pick)
        if one is None:
            return
        google, google_id = one
        google.tick()
        self.serial += 1
        shown = google.resource(google_id)
        if gesture == "delete":
            google.people_delete(google_id)
        elif gesture == "title" or "date" in shown["start"]:
            google.people_edit(google_id, summary=f"O {self.serial}")
        else:
            start = datetime.fromisoformat(shown["start"]["dateTime"])
            start = start.astimezone(timezone.utc) + timedelta(minutes=30)
            edges = {"start": start, "end": start + timedelta(hours=1)}
            google.people_edit(
                google_id,
                **{
                    k: {"dateTime": x.isoformat(), "timeZone": "Europe/Paris"}
                    for k, x in edges.items()
                },
            )
        self._distribute()

    @rule(pick=picks)
    def title_of_all(self, pick):
        ids = sorted(self.organizers)
        if ids:
            self.serial += 1
            series = ids[pick % len(ids)]
            google = self.world.google[self.organizers[series]]
            google.tick()
            if google.events[series]["status"] != "cancelled":
                google.people_edit(series, summary=f"S {self.serial}")
                self._distribute()

    @rule(pick=picks)
    def delete_all(self, pick):
        ids = sorted(self.organizers)
        if ids and not pick % 3:
            series = ids[pick % len(ids)]
            google = self.world.google[self.organizers[series]]
            google.people_delete(series)
            self._distribute()

    def _organized(self, pick):
        """(organiser, a row of theirs in Odoo), of any series of Google's."""
        found = [
            (organizer, row)
            for organizer in sorted({*self.organizers.values()})
            for row, r in sorted(self.world.rows(organizer).items())
            if r.user == organizer and r.recurrence
        ]
        return found[pick % len(found)] if found else None

    @rule(pick=picks, told=st.booleans())
    def row_of_the_organizer(self, pick, told):
        """In Odoo. told: the organiser's calendar is the first to hear of it."""
        if one := self._organized(pick):
            organizer, row = one
            self.serial += 1
            now = self.world.google[organizer].now()
            self.world.odoo.people_edit(
                row, at=now, by=organizer, title=f"Z {self.serial}"
            )
            if told:
                self._run(organizer)

    @rule(pick=picks, hours=st.sampled_from([0, 2, 24]), told=st.booleans())
    def all_of_the_organizer(self, pick, hours, told):
        """All events in Odoo: another title, or elsewhere."""
        if one := self._organized(pick):
            organizer, row = one
            self.serial += 1
            shift = timedelta(hours=hours)
            if self.world.rows()[row].values.period.all_day:
                shift = timedelta(days=shift.days)
            more = {"shift": shift} if shift else {"title": f"A {self.serial}"}
            now = self.world.google[organizer].now()
            self.world.odoo.people_edit_all(row, at=now, by=organizer, **more)
            if told:
                self._run(organizer)

    # -- what a guest does -----------------------------------------------------

    @rule(pick=picks, user=persons, coming=st.booleans())
    def answer_to_one(self, pick, user, coming):
        """In the own calendar of Google: declined, or accepted (again)."""
        one = self._one(pick)
        google = self.world.google[user]
        if one is None or one[0] is google or not google.resource(one[1]):
            return
        google.tick()
        word = "accepted" if coming else "declined"
        guests = google.resource(one[1])["attendees"]
        own = [{**g, "responseStatus": word} if g.get("self") else g for g in guests]
        if own != guests:
            google.people_edit(one[1], attendees=own)

    @rule(pick=picks, user=persons)
    def leave_one(self, pick, user):
        """In Odoo, a row that a colleague organises."""
        rows = self.world.rows(user).items()
        others = sorted(k for k, r in rows if r.user not in ("", user))
        if others:
            self.world.odoo.people_leave(others[pick % len(others)], user)

    def _distribute(self):
        """Google shows every guest what the organiser has."""
        for series, organizer in self.organizers.items():
            source = self.world.google[organizer]
            theirs = {k: e for k, e in source.events.items() if _of(k) == series}
            for user, google in self.world.google.items():
                if user != organizer:
                    _copy_into(google, series, theirs)

    # -- runs ------------------------------------------------------------------

    @rule(user=persons, full=st.booleans())
    def run(self, user, full):
        self._run(user, full=full)

    def _run(self, *users, **options):
        """Google shows at once what the run of whoever organises wrote."""
        for user in users:
            self.world.sync(user, **options)
            self._distribute()

    @rule(user=persons, seed=st.randoms(use_true_random=False))
    def run_with_faults(self, user, seed):
        google = self.world.google[user]
        google.fault = lambda name: seed.choice([None] * 5 + ["before", "after"])
        try:
            self.world.sync(user)
        except RetryLater:
            pass
        finally:
            google.fault = lambda name: None
            self.world.odoo.crash()
            self._distribute()

    @rule(days=st.integers(1, 30), user=persons)
    def days_pass(self, days, user):
        old = self.world.windows[user]
        by = timedelta(days=days)
        self.world.windows[user] = Window(old.first + by, old.last + by)

    # -- the laws --------------------------------------------------------------

    def teardown(self):
        if not hasattr(self, "world"):
            return
        order = sorted(PEOPLE, key=lambda user: user in self.organizers.values())
        for _ in range(3):
            self._run(*order)
        self._run(*order, full=True)
        self._run(*order)
        self._check_rows()
        self.world.assert_quiet()
        for user, call in self.world.writes:
            body = getattr(call, "body", {})
            series = _of(getattr(call, "google_id", None) or body["id"])
            answered = set(body) == {"attendees"}
            own = series not in self.organizers
            assert answered or own or self.organizers[series] == user, (user, call)

    def _check_rows(self):
        """Each row is shown in Google, once, and what Google shows in the period."""
        for user in PEOPLE:
            mine = Counter(
                (r.values.title, r.values.period)
                for r in self.world.rows(user).values()
                if local_day(r.values.period.start, PARIS) < LAST
            )
            shown = Counter(
                (values.title, values.period)
                for event in self.world.google[user].seen().values()
                if not _is_declined(event)
                for values in [parse_event(event, CalendarContext()).values]
            )
            assert not mine - shown, (user, mine - shown)
            window = self.world.windows[user]
            missing = [x for x in shown - mine if window.holds(x[1])]
            assert not missing, (user, missing)


def _of(google_id: str) -> str:
    return google_id.partition("_")[0]


def _copy_into(google, series, theirs):
    """A guest's calendar gets what the organiser's has of a series."""
    own = {k: e for k, e in google.events.items() if _of(k) == series}
    for google_id, event in sorted(theirs.items()):
        if _content(own.get(google_id, {})) == _content(event):
            continue
        body = copy.deepcopy(event)
        if "_" not in google_id:
            body["attendees"] = own[google_id]["attendees"]
            body["organizer"] = own[google_id]["organizer"]
            before = google.events[google_id]
            google._store(google_id, body)
            if event["status"] == "cancelled":
                google.forget_exceptions(google_id)
            else:
                google.after_series(before, google_id)
        elif google.is_occurrence(google_id):
            body.pop("attendees", None)
            if said := own.get(google_id, {}).get("attendees"):
                body["attendees"] = said
            google._store(google_id, body)
            google.events[google_id].pop("iCalUID")


def _is_declined(event):
    return any(
        g.get("self") and g["responseStatus"] == "declined"
        for g in event.get("attendees", ())
    )


def _content(event):
    skipped = ("etag", "updated", "attendees", "organizer", "iCalUID")
    return {k: v for k, v in event.items() if k not in skipped}


Invitations.TestCase.settings = settings(
    max_examples=20_000 if LONG else 40,
    stateful_step_count=40 if LONG else 15,
    deadline=None,
)
TestInvitations = Invitations.TestCase
