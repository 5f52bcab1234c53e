"""Rules of series: what Odoo can express comes back the same, the rest is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from google_sync.sync.events.google_event import CalendarContext, parse_event
from google_sync.sync.events.recurrence import (
    FOREVER,
    WEEKDAYS,
    Rule,
    canonical,
    excluded_keys,
    google_lines,
    key_of,
    local_day,
    local_start,
    rule_of,
    start_of,
    with_rule,
)
from google_sync.sync.events.slots import (
    first_slot,
    keys_between,
    last_slot,
    occurrence_values,
)
from google_sync.sync.events.values import EventValues, Period

UTC = timezone.utc
PARIS = "Europe/Paris"
ZONES = [PARIS, "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]

_ends = st.one_of(
    st.just({}),
    st.builds(lambda n: {"count": n}, st.integers(1, 60)),
    st.builds(
        lambda n: {"until": date(2026, 1, 1) + timedelta(days=n)}, st.integers(0, 900)
    ),
)
_days = st.sets(st.sampled_from(WEEKDAYS), min_size=1).map(
    lambda days: tuple(sorted(days, key=WEEKDAYS.index))
)
_patterns = st.one_of(
    st.builds(Rule, st.sampled_from(["DAILY", "YEARLY"]), st.integers(1, 5)),
    st.builds(
        lambda interval, days, start: Rule(
            "WEEKLY",
            interval,
            days=days,
            week_start=start if interval > 1 else "MO",
        ),
        st.integers(1, 5),
        _days,
        st.sampled_from(["MO", "SU"]),
    ),
    st.builds(
        lambda interval, day: Rule("MONTHLY", interval, month_day=day),
        st.integers(1, 5),
        st.integers(1, 31),
    ),
    st.builds(
        lambda interval, position, day: Rule(
            "MONTHLY", interval, position=position, weekday=day
        ),
        st.integers(1, 5),
        st.sampled_from(["1", "2", "3", "4", "-1"]),
        st.sampled_from(WEEKDAYS),
    ),
)
rules = st.builds(lambda rule, end: rule.ending(**end), _patterns, _ends)
zones = st.sampled_from(ZONES)
clocks = st.times(time(4), time(22, 59)).map(lambda t: t.replace(microsecond=0))


def a_start(rule, day, clock, zone_name):
    """The first start on the rule, as Google and Odoo have it; None: all day."""
    first = first_slot(rule, datetime.combine(day, clock or time()))
    if clock is None:
        return first.date()
    return first.replace(tzinfo=ZoneInfo(zone_name)).astimezone(UTC)


@st.composite
def series(draw):
    """Values of a series that Odoo can express."""
    rule, zone_name = draw(rules), draw(zones)
    clock = draw(st.none() | clocks)
    day = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 500)))
    start = a_start(rule, day, clock, zone_name)
    if clock is None:
        period = Period.days(start, start + timedelta(days=draw(st.integers(0, 3))))
    else:
        period = Period.timed(start, start + timedelta(minutes=45))
    values = EventValues(
        period,
        time_zone="" if clock is None else zone_name,
        recurrence=with_rule(rule, frozenset()),
    )
    begun = local_day(start, values.time_zone)
    keys = keys_between(values, begun, begun + timedelta(days=400))[1:]
    left_out = draw(st.sets(st.sampled_from(keys), max_size=3)) if keys else set()
    return replace(values, recurrence=with_rule(rule, left_out))


@given(series())
def test_what_odoo_can_express_comes_back_unchanged(values):
    lines = google_lines(values, values.time_zone)
    again = canonical(lines, values.period.start, values.time_zone)
    assert again == values.recurrence
    assert rule_of(again) == rule_of(values.recurrence)


@given(series())
def test_canonical_is_idempotent(values):
    start, zone_name = values.period.start, values.time_zone
    assert canonical(values.recurrence, start, zone_name) == values.recurrence


@given(series())
def test_the_slots_are_what_dateutil_makes_of_googles_lines(values):
    """A plain expansion of the RRULE in wall-clock time, as Google's help says."""
    start, zone_name = values.period.start, values.time_zone
    first = local_start(start, zone_name)
    rule = rule_of(values.recurrence)
    end = f";UNTIL={rule.until:%Y%m%d}T235959" if rule.until else ""
    line = with_rule(rule.ending(count=rule.count), frozenset())[0] + end
    until = datetime.combine(date(2029, 1, 1), time.max)
    plain = rrulestr(line, dtstart=first).between(first, until, inc=True)
    tz = ZoneInfo(zone_name) if zone_name else None
    wanted = [
        key_of(moment.replace(tzinfo=tz).astimezone(UTC) if tz else moment.date())
        for moment in plain
    ]
    left_out = excluded_keys(values.recurrence)
    found = keys_between(values, first.date(), until.date())
    assert found == [key for key in wanted if key not in left_out]


@given(series(), st.integers(0, 900), st.integers(0, 60))
def test_a_late_look_gives_the_same_slots(values, after, length):
    """The slots of a few days are those of the whole that lie there."""
    begun = local_day(values.period.start, values.time_zone)
    first = begun + timedelta(days=after)
    last = first + timedelta(days=length)
    whole = keys_between(values, begun, last)
    inside = [
        k for k in whole if first <= local_day(start_of(k), values.time_zone) <= last
    ]
    assert keys_between(values, first, last) == inside


@given(series())
def test_the_last_slot_is_the_last_one(values):
    last, begun = last_slot(values), local_day(values.period.start, values.time_zone)
    if last == FOREVER:
        assert rule_of(values.recurrence).endless
        return
    assert not keys_between(values, last + timedelta(days=1), last.replace(2200))
    bare = replace(values, recurrence=with_rule(rule_of(values.recurrence), set()))
    keys = keys_between(bare, begun, last)
    assert not keys or local_day(start_of(keys[-1]), values.time_zone) == last


@given(series())
def test_keys_name_their_starts(values):
    begun = local_day(values.period.start, values.time_zone)
    for key in keys_between(values, begun, begun + timedelta(days=90)):
        assert key_of(start_of(key)) == key
        assert occurrence_values(values, key).period.start == start_of(key)


# -- the end -------------------------------------------------------------------

NINE = datetime(2026, 6, 1, 7, tzinfo=UTC)  # nine o'clock in Paris
LATE = datetime(2026, 6, 1, 21, 30, tzinfo=UTC)  # half past eleven at night in Paris
NEW_YORK = datetime(2026, 6, 2, 1, tzinfo=UTC)  # nine in the evening on the first


@pytest.mark.parametrize(
    ("until", "start", "zone_name", "day"),
    [
        ("20260605T070000Z", NINE, PARIS, date(2026, 6, 5)),
        ("20260605T065959Z", NINE, PARIS, date(2026, 6, 4)),
        ("20260604T220000Z", NINE, PARIS, date(2026, 6, 4)),
        ("20260605T215959Z", NINE, PARIS, date(2026, 6, 5)),
        ("20260605T235959Z", LATE, PARIS, date(2026, 6, 5)),
        ("20260605T010000Z", NEW_YORK, "America/New_York", date(2026, 6, 4)),
        ("20260605T035959Z", NEW_YORK, "America/New_York", date(2026, 6, 4)),
        ("20260605T090000", NINE, PARIS, date(2026, 6, 5)),
        ("20260605", NINE, PARIS, date(2026, 6, 5)),
        ("20260605T000000Z", date(2026, 6, 1), "", date(2026, 6, 5)),
        ("20260605", date(2026, 6, 1), "", date(2026, 6, 5)),
        # In winter nine o'clock in Paris is eight in UTC.
        ("20261201T080000Z", NINE, PARIS, date(2026, 12, 1)),
        ("20261201T075959Z", NINE, PARIS, date(2026, 11, 30)),
    ],
)
def test_until_is_the_day_of_the_last_slot(until, start, zone_name, day):
    found = canonical([f"RRULE:FREQ=DAILY;UNTIL={until}"], start, zone_name)
    assert rule_of(found).until == day


@pytest.mark.parametrize("month", [1, 3, 6, 10])
def test_an_end_is_sent_as_the_instant_that_its_day_is_over(month):
    """UTC for timed series, a plain date for all-day ones: else Google says 400."""
    until = date(2026, month, 28)
    values = EventValues(
        Period.timed(NINE.replace(month=1), NINE.replace(month=1, hour=8)),
        time_zone=PARIS,
        recurrence=with_rule(Rule("DAILY", until=until), frozenset()),
    )
    hour = 21 if month == 6 else 22
    assert google_lines(values, PARIS) == [
        f"RRULE:FREQ=DAILY;UNTIL=2026{month:02}28T{hour}5959Z"
    ]
    days = replace(values, period=Period.days(until, until), time_zone="")
    assert google_lines(days, "") == [f"RRULE:FREQ=DAILY;UNTIL=2026{month:02}28"]


# -- Google's own text ---------------------------------------------------------

MONDAY = datetime(2026, 6, 1, 8, tzinfo=UTC)

ODD = [
    ["RRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1"],
    ["RRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1"],
    ["RRULE:FREQ=YEARLY;BYMONTH=6,7;BYMONTHDAY=1"],
    ["RRULE:FREQ=YEARLY;BYMONTH=7"],
    ["RRULE:FREQ=YEARLY;BYDAY=1MO;BYMONTH=6"],
    ["RRULE:FREQ=YEARLY;BYWEEKNO=20"],
    ["RRULE:FREQ=YEARLY;BYYEARDAY=100"],
    ["RRULE:FREQ=HOURLY;INTERVAL=6"],
    ["RRULE:FREQ=MINUTELY;COUNT=3"],
    ["RRULE:FREQ=MONTHLY;BYDAY=5MO"],
    ["RRULE:FREQ=MONTHLY;BYDAY=-2FR"],
    ["RRULE:FREQ=MONTHLY;BYDAY=MO"],
    ["RRULE:FREQ=MONTHLY;BYMONTHDAY=-1"],
    ["RRULE:FREQ=MONTHLY;BYMONTHDAY=1,15"],
    ["RRULE:FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR"],
    ["RRULE:FREQ=WEEKLY;BYDAY=1MO"],
    ["RRULE:FREQ=WEEKLY;BYMONTH=6"],
    ["RRULE:FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"],
    ["RRULE:FREQ=DAILY;BYHOUR=9,15"],
    ["RDATE:20260603T080000Z,20260610T080000Z"],
    ["RRULE:FREQ=DAILY;COUNT=3", "RDATE:20260610T080000Z"],
    ["RRULE:FREQ=DAILY", "EXRULE:FREQ=WEEKLY;BYDAY=SA"],
    ["RRULE:FREQ=DAILY;COUNT=3", "RRULE:FREQ=WEEKLY;COUNT=2"],
    ["EXDATE:20260603T080000Z"],
    ["RRULE:FREQ=DAILY", "EXDATE:nonsense"],
    ["RRULE:FREQ=DAILY;COUNT=many"],
    ["RRULE:FREQ=DAILY;UNTIL=tomorrow"],
    ["RRULE:FREQ=DAILY;INTERVAL=0"],
    ["RRULE:FREQ=DAILY;INTERVAL=-1"],
    ["RRULE:FREQ=DAILY;COUNT=0"],
    ["RRULE:FREQ=DAILY;COUNT=3;UNTIL=20260605T080000Z"],
    ["RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=XX;BYDAY=MO"],
    ["RRULE:FREQ=SOMETIMES"],
    ["RRULE:"],
    ["RRULE"],
    ["nothing at all"],
]


@pytest.mark.parametrize("lines", ODD)
def test_what_odoo_cannot_say_stays_googles_own_text(lines):
    found = canonical(lines, MONDAY, PARIS)
    assert found == tuple(lines)
    assert rule_of(found) is None
    values = EventValues(
        Period.timed(MONDAY, MONDAY), time_zone=PARIS, recurrence=found
    )
    assert google_lines(values, PARIS) == lines
    assert keys_between(values, date(2026, 1, 1), date(2027, 1, 1)) == []


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("RRULE:FREQ=WEEKLY", Rule("WEEKLY", days=("MO",))),
        ("RRULE:FREQ=WEEKLY;WKST=SU;BYDAY=MO", Rule("WEEKLY", days=("MO",))),
        (
            "RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,SU",
            Rule("WEEKLY", 2, days=("MO", "SU"), week_start="SU"),
        ),
        ("RRULE:FREQ=WEEKLY;BYDAY=WE,MO", Rule("WEEKLY", days=("MO", "WE"))),
        ("RRULE:FREQ=MONTHLY", Rule("MONTHLY", month_day=1)),
        ("RRULE:FREQ=MONTHLY;BYDAY=+1MO", Rule("MONTHLY", position="1", weekday="MO")),
        ("RRULE:FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1", Rule("YEARLY")),
        ("RRULE:FREQ=YEARLY;BYMONTH=6", Rule("YEARLY")),
        ("rrule:freq=daily;count=3", Rule("DAILY", count=3)),
        (" RRULE:FREQ=DAILY;COUNT=3 ", Rule("DAILY", count=3)),
        ("RRULE:FREQ=DAILY;X-RELATIVE=1", Rule("DAILY")),
        ("RRULE;X-EVOLUTION-ENDDATE=20200120:FREQ=DAILY", Rule("DAILY")),
        ("RRULE:FREQ=DAILY;INTERVAL=1;", Rule("DAILY")),
    ],
)
def test_other_words_for_what_odoo_can_say(line, rule):
    assert rule_of(canonical([line], MONDAY, PARIS)) == rule


@pytest.mark.parametrize(
    "line",
    [
        "EXDATE:20260608T080000Z",
        "EXDATE;TZID=Europe/Paris:20260608T100000",
        "EXDATE;TZID=America/New_York:20260608T040000",
        "EXDATE:20260608T100000",
        "EXDATE;VALUE=DATE:20260608",
        "exdate;tzid=Europe/Paris:20260608T100000",
    ],
)
def test_an_exdate_names_its_slot(line):
    found = canonical(["RRULE:FREQ=WEEKLY;BYDAY=MO", line], MONDAY, PARIS)
    assert excluded_keys(found) == {"20260608T080000Z"}


@given(
    st.lists(
        st.sampled_from(["RRULE:", "EXDATE:", "RDATE:", "EXDATE;TZID=", "FREQ=DAILY"])
        | st.sampled_from(
            [";COUNT=", ";UNTIL=", ";BYDAY=", ";INTERVAL=", ",", "T", "Z"]
        )
        | st.integers(-(10**9), 10**9).map(str)
        | st.sampled_from(["MO", "\x00", "FREQ=WEEKLY", "FREQ=MONTHLY;BYMONTHDAY="])
        | st.text(max_size=6),
        max_size=8,
    ).map("".join)
    | st.text(max_size=40),
    st.booleans(),
)
def test_garbage_never_crashes(text, all_day):
    start = date(2026, 6, 1) if all_day else MONDAY
    found = canonical([text], start, "" if all_day else PARIS)
    rule_of(found)
    resource = {
        "id": "x",
        "recurrence": [text],
        "start": {"date": "2026-06-01"}
        if all_day
        else {"dateTime": MONDAY.isoformat()},
        "end": {"date": "2026-06-02"} if all_day else {"dateTime": MONDAY.isoformat()},
    }
    values = parse_event(resource, CalendarContext()).values
    if rule_of(values.recurrence) is not None:
        keys_between(values, date(2026, 6, 1), date(2026, 7, 1))
        last_slot(values)
        google_lines(values, PARIS)
