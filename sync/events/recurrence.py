"""Rules of series: Google's recurrence lines, what Odoo can express, and the slots.

Canonical `recurrence` of `EventValues`: () for a single event; for a series that Odoo
can express, one `RRULE:` line with sorted parts, whose UNTIL is the local *date* of
the last day, and `EXDATE:` lines of one slot each; anything else stays Google's own
text, line by line, and is never written back.

A *slot* is a start that the rule gives, named by its *key*: `20260105T090000Z`, or
`20260105` in an all-day series, which is also what Google adds to the series' id.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from .values import UTC, EventValues
from .zones import zone

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
#: Positions of a weekday in a month that Odoo knows.
_POSITIONS = ("1", "2", "3", "4", "-1")
#: An endless series has no last day.
FOREVER = date.max
#: What Odoo holds from its first occurrence on, wherever that moves.
BEGINNING = date(1900, 1, 1)


@dataclass(frozen=True)
class Rule:
    """A rule that Odoo can express.

    freq: DAILY, WEEKLY, MONTHLY or YEARLY. days: of the week, in order (WEEKLY).
    month_day: 1-31; or position and weekday ("2", "TU") (MONTHLY). count: 0 for none;
    until: the last local day, None for none. week_start: matters from every second
    week on.
    """

    freq: str
    interval: int = 1
    days: tuple[str, ...] = ()
    month_day: int = 0
    position: str = ""
    weekday: str = ""
    count: int = 0
    until: date | None = None
    week_start: str = "MO"

    @property
    def pattern(self) -> Rule:
        """The rule without its end and its week start."""
        return replace(self, count=0, until=None, week_start="MO")

    @property
    def endless(self) -> bool:
        """It never ends by itself."""
        return not self.count and self.until is None

    def ending(self, count: int = 0, until: date | None = None) -> Rule:
        """The same pattern with another end."""
        return replace(self, count=count, until=until)

    def line(self) -> str:
        """The canonical RRULE line."""
        parts = {
            "FREQ": self.freq,
            "INTERVAL": str(self.interval) if self.interval > 1 else "",
            "BYDAY": ",".join(self.days) or self.position + self.weekday,
            "BYMONTHDAY": str(self.month_day or ""),
            "COUNT": str(self.count or ""),
            "UNTIL": f"{self.until:%Y%m%d}" if self.until else "",
            "WKST": self.week_start if self._week_start_matters() else "",
        }
        return "RRULE:" + ";".join(f"{k}={v}" for k, v in parts.items() if v)

    def _week_start_matters(self) -> bool:
        return self.freq == "WEEKLY" and self.interval > 1 and self.week_start != "MO"


# -- reading Google's lines ----------------------------------------------------


def canonical(
    lines: Sequence[str], start: date | datetime, zone_name: str
) -> tuple[str, ...]:
    """Google's recurrence lines in canonical form; start and zone: of the series."""
    texts = [line.strip() for line in lines if line and line.strip()]
    rules = [text for text in texts if _name(text) == "RRULE"]
    dates = [text for text in texts if _name(text) == "EXDATE"]
    if len(rules) != 1 or len(rules) + len(dates) != len(texts):
        return tuple(texts)
    rule = _read_rule(rules[0], start, zone_name)
    if rule is None:
        return tuple(texts)
    try:
        keys = {key for text in dates for key in _excluded(text, start, zone_name)}
    except ValueError:
        return tuple(texts)
    return with_rule(rule, keys)


def with_rule(rule: Rule, excluded: set[str] | frozenset[str]) -> tuple[str, ...]:
    """Canonical recurrence of a rule and the keys of slots that are left out."""
    return (rule.line(), *(f"EXDATE:{key}" for key in sorted(excluded)))


@lru_cache(maxsize=4096)
def rule_of(recurrence: tuple[str, ...]) -> Rule | None:
    """The rule of a canonical recurrence; None when Odoo cannot express it."""
    if not recurrence or _name(recurrence[0]) != "RRULE":
        return None
    if any(_name(line) != "EXDATE" for line in recurrence[1:]):
        return None
    try:
        rule = _expressible(_parts(recurrence[0]), None)
        for key in excluded_keys(recurrence):
            start_of(key)
    except ValueError:
        return None
    # Google's own text is no rule of ours, even where one could be read out of it.
    return rule if rule and rule.line() == recurrence[0] else None


def excluded_keys(recurrence: tuple[str, ...]) -> frozenset[str]:
    """Slots that the series' own EXDATE lines leave out."""
    return frozenset(line.partition(":")[2] for line in recurrence[1:])


def _name(line: str) -> str:
    return line.replace(";", ":").partition(":")[0].upper()


def _parts(line: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in line.partition(":")[2].split(";"))
    return {name.upper(): value.upper() for name, _, value in pairs if name}


def _read_rule(line: str, start: date | datetime, zone_name: str) -> Rule | None:
    parts = {k: v for k, v in _parts(line).items() if not k.startswith("X-")}
    local = local_start(start, zone_name)
    until = parts.get("UNTIL", "")
    try:
        if "T" in until:
            parts["UNTIL"] = f"{_last_day(until, local, zone_name):%Y%m%d}"
        return _expressible(parts, local.date())
    except ValueError:
        return None


def _last_day(until: str, start: datetime, zone_name: str) -> date:
    """The last local day whose slot is not after UNTIL, an instant."""
    moment = datetime.strptime(until.rstrip("Z"), "%Y%m%dT%H%M%S")
    if until.endswith("Z"):
        try:
            moment = moment.replace(tzinfo=UTC).astimezone(zone(zone_name))
        except OverflowError:
            # The last day that there is, which some calendars write for "for ever".
            return moment.date()
    late = moment.time() >= start.time()
    return moment.date() if late else moment.date() - timedelta(days=1)


def _expressible(parts: dict[str, str], first: date | None) -> Rule | None:
    """The rule of these parts, if Odoo has words for it. first: the series' start."""
    freq, left = parts.get("FREQ", ""), dict(parts)
    if freq not in _FREQUENCIES:
        return None
    for name in ("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"):
        left.pop(name, None)
    end = parts.get("UNTIL", "")
    if end and "COUNT" in parts or parts.get("WKST", "MO") not in WEEKDAYS:
        return None
    common = Rule(
        freq,
        interval=int(parts.get("INTERVAL", 1)),
        count=int(parts.get("COUNT", 0)),
        until=datetime.strptime(end, "%Y%m%d").date() if end else None,
        week_start=parts.get("WKST", "MO"),
    )
    if common.interval < 1 or "COUNT" in parts and common.count < 1:
        return None
    if freq == "WEEKLY":
        return _weekly(common, left, first)
    if freq == "MONTHLY":
        return _monthly(common, left, first)
    if freq == "YEARLY" and first and left == _same_day_of_year(left, first):
        return common
    return None if left else common


def _same_day_of_year(left: dict[str, str], first: date) -> dict[str, str]:
    """The parts of a yearly rule that only repeat what the start says."""
    said = {"BYMONTH": str(first.month), "BYMONTHDAY": str(first.day)}
    return said if "BYMONTHDAY" in left else {"BYMONTH": said["BYMONTH"]}


def _weekly(common: Rule, left: dict[str, str], first: date | None) -> Rule | None:
    days = left.pop("BYDAY", "").split(",") if "BYDAY" in left else []
    if not days and first is not None:
        days = [WEEKDAYS[first.weekday()]]
    if left or not days or not set(days) <= set(WEEKDAYS):
        return None
    return replace(common, days=tuple(sorted(set(days), key=WEEKDAYS.index)))


def _monthly(common: Rule, left: dict[str, str], first: date | None) -> Rule | None:
    by_day, by_date = left.pop("BYDAY", ""), left.pop("BYMONTHDAY", "")
    if left or by_day and by_date:
        return None
    if by_day:
        position, weekday = by_day[:-2].lstrip("+"), by_day[-2:]
        if position not in _POSITIONS or weekday not in WEEKDAYS:
            return None
        return replace(common, position=position, weekday=weekday)
    if not by_date and first is not None:
        by_date = str(first.day)
    if not by_date.isdigit() or not 1 <= int(by_date) <= 31:
        return None
    return replace(common, month_day=int(by_date))


def _excluded(line: str, start: date | datetime, zone_name: str) -> Iterator[str]:
    """Keys of the slots of one EXDATE line."""
    head, _, dates = line.partition(":")
    own_zone = next((p[5:] for p in head.split(";") if p.startswith("TZID=")), "")
    for text in dates.split(","):
        if "T" not in text:
            day = datetime.strptime(text, "%Y%m%d").date()
            yield key_of(as_start(day, start, zone_name))
            continue
        moment = datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S")
        if not isinstance(start, datetime):
            # From imported calendars: the day as written is the one left out.
            yield key_of(moment.date())
            continue
        tz = UTC if text.endswith("Z") else zone(own_zone or zone_name)
        yield key_of(moment.replace(tzinfo=tz).astimezone(UTC))


# -- writing Google's lines ----------------------------------------------------


def google_lines(values: EventValues, zone_name: str) -> list[str]:
    """What Google is sent for a series; zone_name: the one its start is sent in."""
    rule = rule_of(values.recurrence)
    if rule is None:
        return list(values.recurrence)
    line = rule.line()
    if rule.until and not values.period.all_day:
        midnight = datetime.combine(rule.until, time(23, 59, 59), zone(zone_name))
        until = f"UNTIL={midnight.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        line = line.replace(f"UNTIL={rule.until:%Y%m%d}", until)
    kind = ";VALUE=DATE" if values.period.all_day else ""
    return [line, *(text.replace(":", f"{kind}:") for text in values.recurrence[1:])]


def in_their_words(
    lines: list[str],
    ours: tuple[str, ...],
    theirs: tuple[str, ...],
    text: Sequence[str],
) -> list[str]:
    """What Google is sent, with its own words for a pattern that stays the same.

    lines: as `google_lines` has them, of `ours`. theirs: what Google holds, canonical,
    and as `text`. A pattern in other words is another one to Google: it would make all
    occurrences anew and forget what was said of each.
    """
    new, old = rule_of(ours), rule_of(theirs)
    if not new or not old or new.ending().line() != old.ending().line():
        return lines
    texts = [line.strip() for line in text]
    known = next(line for line in texts if _name(line) == "RRULE")
    words = [part for part in _words(known) if not _is_end(part.upper())]
    ends = [part for part in _words(lines[0]) if _is_end(part)]
    return ["RRULE:" + ";".join((*words, *ends)), *lines[1:]]


def _words(line: str) -> list[str]:
    return line.partition(":")[2].split(";")


def _is_end(part: str) -> bool:
    return part.startswith(("COUNT=", "UNTIL="))


# -- the keys of slots ---------------------------------------------------------


@lru_cache(maxsize=1 << 16)
def key_of(start: date | datetime) -> str:
    """The key of a slot."""
    if isinstance(start, datetime):
        return f"{start.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f"{start:%Y%m%d}"


@lru_cache(maxsize=1 << 16)
def start_of(key: str) -> date | datetime:
    """The start that a key names. Raises ValueError when it is none."""
    if "T" in key:
        return datetime.strptime(key, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return datetime.strptime(key, "%Y%m%d").date()


@lru_cache(maxsize=1 << 16)
def local_start(start: date | datetime, zone_name: str) -> datetime:
    """Naive wall-clock time of a start, midnight for a day."""
    if isinstance(start, datetime):
        return start.astimezone(zone(zone_name)).replace(tzinfo=None)
    return datetime.combine(start, time())


def local_day(start: date | datetime, zone_name: str) -> date:
    """The day of a start, as seen in the series' zone."""
    return local_start(start, zone_name).date()


def as_start(
    moment: date | datetime, start: date | datetime, zone_name: str
) -> date | datetime:
    """A local day or moment as a start of the series' kind."""
    if not isinstance(start, datetime):
        return moment.date() if isinstance(moment, datetime) else moment
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, local_start(start, zone_name).time())
    return moment.replace(tzinfo=zone(zone_name)).astimezone(UTC)
