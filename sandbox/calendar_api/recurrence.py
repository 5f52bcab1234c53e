"""Recurrence lines: checked strictly, expanded by dateutil in wall-clock time.

Instances of a series exist virtually; their id is the series' id plus the original
start, in UTC for timed ones. Secondly to hourly rules are refused, as are UNTIL
together with COUNT and an UNTIL of the wrong kind.
"""

import re
from datetime import datetime, timedelta
from functools import lru_cache

from dateutil.rrule import rruleset, rrulestr

from ..errors import invalid
from . import times

MAX_INSTANCES = 730  # Google expands endless series only some years ahead
INSTANCE_ID = re.compile(r"(.+)_(\d{8}T\d{6}Z|\d{8})$", re.ASCII)
SPLIT_ID = re.compile(r"(.+)_R\d{8}(?:T\d{6})?", re.ASCII)
NUMBERS = r"[+-]?\d{1,3}(,[+-]?\d{1,3})*"
PARTS = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9]\d{0,3}",
    "COUNT": r"[1-9]\d{0,4}",
    "UNTIL": r"\d{8}(T\d{6}Z)?",
    "BYDAY": r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?\d{1,2})?"
    r"(MO|TU|WE|TH|FR|SA|SU))*",
    "BYMONTHDAY": NUMBERS,
    "BYYEARDAY": NUMBERS,
    "BYWEEKNO": NUMBERS,
    "BYMONTH": r"([1-9]|1[0-2]|0[1-9])(,([1-9]|1[0-2]|0[1-9]))*",
    "BYSETPOS": NUMBERS,
    "BYHOUR": NUMBERS,
    "BYMINUTE": NUMBERS,
    "BYSECOND": NUMBERS,
    "WKST": r"MO|TU|WE|TH|FR|SA|SU",
}
DATES = re.compile(
    r"(EXDATE|RDATE)((?:;VALUE=(?:DATE|DATE-TIME))?(?:;TZID=([^;:]+))?"
    r"(?:;VALUE=(?:DATE|DATE-TIME))?):(.+)$",
    re.ASCII,
)


def check(lines, start):
    """Refuse lines that Google refuses for a series that starts at ``start``."""
    for line in lines:
        try:
            _check_line(line, start)
        except ValueError:
            raise invalid("Invalid recurrence rule.", "recurrence") from None
    if lines and not any(line.startswith(("RRULE:", "RDATE")) for line in lines):
        raise invalid("Invalid recurrence rule.", "recurrence")
    try:
        rule_set(tuple(lines), *_frame(start))
    except (ValueError, TypeError):
        raise invalid("Invalid recurrence rule.", "recurrence") from None


def _check_line(line, start):
    if not isinstance(line, str):
        raise ValueError(line)
    if line.startswith(("RRULE:", "EXRULE:")):
        _check_rule(rule_parts(line), start)
    else:
        list(_dates(line, *_frame(start)))


def rule_parts(line):
    """The parts of an RRULE line; ValueError when it is malformed."""
    pairs = [part.split("=", 1) for part in line.partition(":")[2].split(";")]
    if any(len(pair) != 2 for pair in pairs):
        raise ValueError(line)
    parts = dict(pairs)
    if len(parts) != len(pairs):
        raise ValueError("part given twice")
    return parts


def _check_rule(parts, start):
    for name, value in parts.items():
        if name not in PARTS or not re.fullmatch(PARTS[name], value, re.ASCII):
            raise ValueError(f"{name}={value}")
    if "FREQ" not in parts or ("UNTIL" in parts and "COUNT" in parts):
        raise ValueError("FREQ missing, or UNTIL with COUNT")
    if "UNTIL" in parts:
        timed = "dateTime" in start
        if timed != parts["UNTIL"].endswith("Z"):
            raise ValueError("UNTIL must be of the kind of the start")
        _stamp(parts["UNTIL"])


def _stamp(text):
    if "T" not in text:
        return datetime.strptime(text, "%Y%m%d")
    return datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S")


def _frame(start):
    """What expansion needs to know of a start: local time, zone, timed or not."""
    return times.local(start), start.get("timeZone", "UTC"), "dateTime" in start


@lru_cache(maxsize=4096)
def rule_set(lines, start, zone_name, timed):
    """The cached rule set of a series, in naive wall-clock time."""
    rules = rruleset(cache=True)
    for line in lines:
        if line.startswith("RRULE:"):
            rules.rrule(_rule(line, start, zone_name, timed))
        elif line.startswith("EXRULE:"):
            rules.exrule(_rule(line, start, zone_name, timed))
        else:
            add = rules.exdate if line.startswith("EXDATE") else rules.rdate
            for moment in _dates(line, start, zone_name, timed):
                add(moment)
    if not any(line.startswith("RRULE:") for line in lines):
        rules.rdate(start)
    return rules


def _rule(line, start, zone_name, timed):
    parts = rule_parts(line)
    if timed and "UNTIL" in parts:
        until = _stamp(parts["UNTIL"]).replace(tzinfo=times.UTC)
        wall = until.astimezone(times.zone(zone_name))
        parts["UNTIL"] = f"{wall:%Y%m%dT%H%M%S}"
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    return rrulestr(f"RRULE:{text}", dtstart=start, cache=True)


def _dates(line, _start, zone_name, timed):
    """The wall-clock times of an EXDATE or RDATE line, in the series' zone."""
    found = DATES.match(line)
    if not found:
        raise ValueError(line)
    own_zone = found[3]
    if own_zone and own_zone not in times.known_zones():
        raise ValueError(own_zone)
    for text in found[4].split(","):
        moment = _stamp(text)
        if timed != ("T" in text):
            raise ValueError("dates must be of the kind of the start")
        if text.endswith("Z") or own_zone:
            zone = times.UTC if text.endswith("Z") else times.zone(own_zone)
            aware = moment.replace(tzinfo=zone).astimezone(times.zone(zone_name))
            moment = aware.replace(tzinfo=None)
        yield moment


def originals(data, after=None, before=None):
    """Original starts (stored form) of a series' instances, oldest first.

    ``after`` and ``before`` are aware; instances that end at or before ``after`` or
    start at or after ``before`` are left out. At most ``MAX_INSTANCES``.
    """
    start = data["start"]
    local_start, zone_name, timed = _frame(start)
    rules = rule_set(tuple(data["recurrence"]), local_start, zone_name, timed)
    zone = times.zone(zone_name)
    length = times.duration(start, data["end"])
    for count, naive in enumerate(_naive(rules, zone, length, after)):
        if count >= MAX_INSTANCES:
            return
        aware = naive.replace(tzinfo=zone)
        if before and aware >= before:
            return
        if not after or aware + length > after:
            yield times.from_local(naive, start)


def _naive(rules, zone, length, after):
    if after is None:
        return iter(rules)
    # A day of margin: zones and wall-clock arithmetic are settled by the caller.
    earliest = after.astimezone(zone).replace(tzinfo=None) - length
    return rules.xafter(earliest - timedelta(days=1))


def occurs(data, original):
    """Whether the rule produces an instance at ``original`` (stored form)."""
    if ("date" in original) != ("date" in data["start"]):
        return False
    rules = rule_set(tuple(data["recurrence"]), *_frame(data["start"]))
    if "dateTime" in original:
        original = {**original, "timeZone": data["start"]["timeZone"]}
    wanted = times.local(original)
    return next(iter(rules.xafter(wanted, inc=True)), None) == wanted


def family_of(series_id):
    """The id that a series had before it was ever split."""
    found = SPLIT_ID.fullmatch(series_id)
    return found[1] if found else series_id


def split_id(series_id, original):
    """The id of the rest of a series that is split at ``original``."""
    stamp = instance_id("", original)[1:].rstrip("Z")
    return f"{family_of(series_id)}_R{stamp}"


def instance_id(series_id, original):
    """The id of an instance; what a split added to the series' id is left out."""
    family = family_of(series_id)
    if "date" in original:
        return f"{family}_{original['date'].replace('-', '')}"
    return f"{family}_{times.instant(original):%Y%m%dT%H%M%SZ}"


def parse_instance_id(text):
    """(id of the family, original start without zone), or None."""
    found = INSTANCE_ID.match(text)
    if not found:
        return None
    try:
        moment = _stamp(found[2])
    except ValueError:
        return None
    if "T" not in found[2]:
        return found[1], {"date": moment.date().isoformat()}
    return found[1], {"dateTime": moment.strftime(times.STORED), "timeZone": "UTC"}


def same_pattern(old, new):
    """Whether two lists of lines differ only in where they end or in dates."""
    return _pattern(old) == _pattern(new)


def _pattern(lines):
    patterns = []
    for line in lines:
        if line.startswith(("RRULE:", "EXRULE:")):
            parts = rule_parts(line)
            parts.pop("UNTIL", None)
            parts.pop("COUNT", None)
            patterns.append((line.partition(":")[0], tuple(sorted(parts.items()))))
    return sorted(patterns)
