"""Odoo's recurrences in memory: a rule, and a record for each occurrence.

They behave as Odoo's do: a change of time or rule for all deletes the recurrence and
builds another one from the first row; a mass deletion leaves the rule as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from google_sync.sync.events.recurrence import (
    WEEKDAYS,
    Rule,
    key_of,
    local_day,
    rule_of,
    with_rule,
)
from google_sync.sync.events.slots import keys_between, occurrence_values
from google_sync.sync.events.values import EventValues, Period
from google_sync.sync.events.zones import zone
from google_sync.sync.series.late_clock import LATE

#: Odoo makes 720; fewer keep the tests quick. The engine is told by the stories.
ROWS = 720


@dataclass
class Recurrence:
    """One calendar.recurrence."""

    rule: Rule
    time_zone: str
    base_event: int = 0


class Recurrences:
    """Part of `Database`: what people do with series in Odoo."""

    def rows_of(self, recurrence: int) -> list[int]:
        events = self.tables.events
        rows = [k for k, r in events.items() if r.recurrence == recurrence and r.alive]
        return sorted(rows, key=lambda k: key_of(events[k].values.period.start))

    def base_of(self, recurrence: int) -> int:
        """The row that stands for the series: its base, or the first; 0 for none."""
        base = self.tables.recurrences[recurrence].base_event
        record = self.tables.events.get(base)
        if record and record.alive and record.recurrence == recurrence:
            return base
        return next(iter(self.rows_of(recurrence)), 0)

    def people_create_series(self, user, values, people=(), at=None) -> list[int]:
        """`values` with a recurrence; returns the rows' ids."""
        rule = self.said_by_language(rule_of(values.recurrence))
        values = replace(values, recurrence=with_rule(rule, set()))
        recurrence = self.next_id()
        self.tables.recurrences[recurrence] = Recurrence(rule, values.time_zone)
        rows = [
            self.new_row(made_by_odoo(values, key), user, {user, *people}, recurrence)
            for key in _all_keys(values)
        ]
        self.tables.recurrences[recurrence].base_event = rows[0]
        for row in rows:
            self._queue(row, at)
        self.commit()
        return rows

    def new_row(self, values, user, people, recurrence) -> int:
        from memory.tables import Record

        event_id = self.next_id()
        values = replace(values, time_zone="", recurrence=())
        self.tables.events[event_id] = Record(
            values, user, set(people), recurrence=recurrence
        )
        return event_id

    def people_edit_all(
        self, row: int, at=None, shift=None, rule=None, by="", **changes
    ):
        """All events: plain values are written on each, times and rule rebuild."""
        recurrence = self.tables.events[row].recurrence
        rows = self.rows_of(recurrence)
        for event_id in rows:
            record = self.tables.events[event_id]
            record.edited_by = by
            record.values = record.values.with_(changes)
            self._queue(event_id, at)
        if shift or rule:
            self._rebuild(row, rows, shift or timedelta(), rule, at)
        self.commit()

    def _rebuild(self, row, rows, shift, rule, at) -> None:
        recurrence = self.tables.events[row].recurrence
        looked_at = self._day(row)
        old = self.tables.recurrences.pop(recurrence)
        base = old.base_event if old.base_event in rows else rows[0]
        for event_id in rows:
            record = self.tables.events[event_id]
            record.alive, record.recurrence = event_id == base, 0
        self._lose(recurrence)
        record = self.tables.events[base]
        period = record.values.period
        moved = Period(period.start + shift, period.end + shift)
        record.values = replace(record.values, period=moved)
        rule = rule or _shifted(old.rule, looked_at, shift, self._day(base))
        self._become_series(base, rule, old.time_zone, at)

    def _day(self, row: int) -> date:
        start = self.tables.events[row].values.period.start
        return start.date() if isinstance(start, datetime) else start

    def _become_series(self, row, rule, time_zone, at) -> int:
        record = self.tables.events[row]
        recurrence = self.next_id()
        self.tables.recurrences[recurrence] = Recurrence(rule, time_zone, row)
        record.recurrence = recurrence
        rule = self.said_by_language(rule)
        whole = replace(
            record.values, time_zone=time_zone, recurrence=with_rule(rule, set())
        )
        own = key_of(record.values.period.start)
        for key in _all_keys(whole):
            if key == own:
                continue
            made = made_by_odoo(whole, key)
            new = self.new_row(made, record.user, record.people, recurrence)
            self.tables.events[new].edited_by = record.edited_by
            self._queue(new, at)
        self._queue(row, at)
        return recurrence

    def said_by_language(self, rule: Rule) -> Rule:
        """Odoo stores no week start: the reader's language has one."""
        if rule.freq == "WEEKLY" and rule.interval > 1:
            return replace(rule, week_start=self.week_start)
        return replace(rule, week_start="MO")

    def people_make_series(self, event_id, rule, at=None) -> None:
        """A single event gets a rule that its start is on."""
        self._become_series(event_id, rule, "Europe/Paris", at)
        self.commit()

    def people_make_single(self, row: int, at=None) -> None:
        """The row that the person looked at stays alone."""
        recurrence = self.tables.events[row].recurrence
        rows = self.rows_of(recurrence)
        for event_id in rows:
            self._queue(event_id, at)
            record = self.tables.events[event_id]
            record.recurrence, record.alive = 0, event_id == row
        del self.tables.recurrences[recurrence]
        self._lose(recurrence)
        self.commit()

    def people_edit_following(self, row: int, at=None, shift=None, **changes) -> None:
        """This and following: the rule is cut before, another series goes on."""
        record = self.tables.events[row]
        recurrence = record.recurrence
        rows = self.rows_of(recurrence)
        if row == self.tables.recurrences[recurrence].base_event:
            self.people_edit_all(row, at, shift, **changes)
            return
        old = self.tables.recurrences[recurrence]
        looked_at = self._day(row)
        day = local_day(record.values.period.start, old.time_zone)
        following = rows[rows.index(row) :]
        for event_id in following:
            self._queue(event_id, at)
            other = self.tables.events[event_id]
            other.recurrence, other.alive = 0, event_id == row
        rule = _shifted(old.rule, looked_at, shift or timedelta(), self._day(row))
        old.rule = old.rule.ending(until=_period_before(old.rule, day))
        self._queue(rows[0], at)
        period = record.values.period
        by = shift or timedelta()
        moved = Period(period.start + by, period.end + by)
        record.values = replace(record.values.with_(changes), period=moved)
        if not rule.endless:
            rule = rule.ending(count=len(following))
        self._become_series(row, rule, old.time_zone, at)
        self.commit()

    def people_delete_following(self, row: int) -> None:
        """Odoo's mass deletion: the rows go, the rule stays as it was."""
        rows = self.rows_of(self.tables.events[row].recurrence)
        for event_id in rows[rows.index(row) :]:
            self._delete_row(event_id)
        self.commit()

    def people_delete_series(self, row: int) -> None:
        recurrence = self.tables.events[row].recurrence
        for event_id in self.rows_of(recurrence):
            self._delete_row(event_id)
        self.tables.recurrences.pop(recurrence, None)
        self._lose(recurrence)
        self.commit()

    def _delete_row(self, event_id: int) -> None:
        self._queue(event_id, None)
        recurrence = self.tables.events[event_id].recurrence
        del self.tables.events[event_id]
        self._forget(event_id)
        if rows := self.rows_of(recurrence) if recurrence else []:
            # The link may have named the series by this row, not yet known as one.
            self._queue(rows[0], None)
        found = self.tables.recurrences.get(recurrence)
        if found and found.base_event == event_id:
            rows = self.rows_of(recurrence)
            found.base_event = rows[0] if rows else 0

    def _lose(self, recurrence: int) -> None:
        """The foreign keys to a recurrence that is gone."""
        for record in self.tables.events.values():
            if record.recurrence == recurrence:
                record.recurrence = 0
        for anchors in self.tables.anchors.values():
            for link_id, anchor in list(anchors.items()):
                if anchor == recurrence:
                    anchors[link_id] = 0


def _all_keys(values: EventValues) -> list[str]:
    begun = local_day(values.period.start, values.time_zone)
    rows = ROWS - _before(values, begun)
    keys: list[str] = []
    for years in (9, 90, 900):
        keys = keys_between(values, begun, begun + timedelta(days=365 * years))
        if len(keys) >= rows:
            break
    return keys[:rows]


def _before(values: EventValues, begun: date) -> int:
    """Odoo counts the 720 of an endless series from the week's or month's begin on."""
    rule = rule_of(values.recurrence)
    if not rule.endless or rule.freq not in ("WEEKLY", "MONTHLY"):
        return 0
    first = _period_before(rule, begun) + timedelta(days=1)
    earlier = values.period.start - (begun - first)
    whole = replace(values, period=Period(earlier, earlier + values.period.length))
    return len(keys_between(whole, first, begun - timedelta(days=1)))


def _period_before(rule: Rule, day: date) -> date:
    """The last day before the week or month of `day`: where Odoo cuts a series."""
    days = 0
    if rule.freq == "WEEKLY":
        days = (day.weekday() - WEEKDAYS.index(rule.week_start)) % 7
    elif rule.freq == "MONTHLY":
        days = day.day - 1
    return day - timedelta(days=days + 1)


def made_by_odoo(values: EventValues, key: str) -> EventValues:
    """A row as Odoo makes it: its zones know no summer time after 2037."""
    made = occurrence_values(values, key)
    start = made.period.start
    if not isinstance(start, datetime) or start < LATE or not values.time_zone:
        return made
    begun = values.period.start
    by = _ahead(start, values.time_zone)
    by -= _ahead(begun, values.time_zone) if begun >= LATE else timedelta()
    return replace(made, period=Period(start + by, made.period.end + by))


def _ahead(start: datetime, zone_name: str) -> timedelta:
    """How far the clocks are ahead of what Odoo knew last."""
    here = zone(zone_name)
    known = (LATE - timedelta(days=1)).astimezone(here).utcoffset()
    return start.astimezone(here).utcoffset() - known


def _shifted(rule: Rule, looked_at: date, shift: timedelta, base: date) -> Rule:
    """The rule as Odoo takes it over: with the weekday and date of the base event.

    looked_at: the day of the row that a person moved; base: of the base event, moved.
    """
    if rule.freq == "WEEKLY":
        days = {*rule.days}
        if shift.days % 7:
            days.discard(WEEKDAYS[looked_at.weekday()])
        days.add(WEEKDAYS[base.weekday()])
        return replace(rule, days=tuple(sorted(days, key=WEEKDAYS.index)))
    if rule.month_day:
        return replace(rule, month_day=base.day)
    if rule.position:
        number = (base.day - 1) // 7 + 1
        position = "-1" if number > 3 else str(number)
        return replace(rule, position=position, weekday=WEEKDAYS[base.weekday()])
    return rule
