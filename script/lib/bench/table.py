"""The table: what was measured, beside what it is compared with, and the targets of
section 10 of the design."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil

BATCH = 50
QUOTA = 600
CONTACT_WRITES = 11
"""Requests that may write 2,000 contacts: batches of 200, and one more."""
POLL_EVERY = 600
"""Seconds between two regular updates of an account: all must fit into one."""
FLAT_MEMORY, FLAT_TIME = 1.5, 1.5
"""Ten times as many events may take no more than this: what swings by itself."""
HEADS = ("", "ours", "google_calendar", "ratio", "target", "ok")
NUMBERS = HEADS[1:4]


@dataclass(frozen=True)
class Row:
    """A line; ``ok`` is None where there is no target."""

    label: str
    ours: str
    other: str = ""
    ratio: str = ""
    target: str = ""
    ok: bool | None = None

    def cells(self) -> tuple[str, ...]:
        ok = {True: "yes", False: "NO", None: ""}[self.ok]
        return (self.label, self.ours, self.other, self.ratio, self.target, ok)


def table(found: dict) -> str:
    rows = [row.cells() for row in _rows(found)]
    widths = [max(map(len, column)) for column in zip(HEADS, *rows, strict=True)]
    ruler = tuple("-" * width for width in widths)
    lines = [_line(cells, widths) for cells in (HEADS, ruler, *rows)]
    return "\n".join(lines)


def has_lines(found: dict) -> bool:
    return next(_rows(found), None) is not None


def missed(found: dict) -> list[str]:
    """Labels of the lines that miss their target."""
    return [row.label for row in _rows(found) if row.ok is False]


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    padded = [
        cell.rjust(width) if head in NUMBERS else cell.ljust(width)
        for head, cell, width in zip(HEADS, cells, widths, strict=True)
    ]
    return f"| {' | '.join(padded)} |"


def _rows(found: dict) -> Iterator[Row]:
    """The lines of all that was measured."""
    if "push_50" in found:
        yield from _push(found)
        yield from _in_step(found)
    if "pull_0" in found:
        yield from _pull(found)
    if "saves" in found:
        yield from _saves(found["saves"])
    if "long" in found:
        yield from _long(found)
    if "contacts_0" in found:
        yield from _contacts(found)
    if "polled" in found:
        yield from _polled(found)
    if "limits" in found:
        yield from _limits(found)


def _push(found: dict) -> Iterator[Row]:
    what = f"First push of {found['events']:,}"
    for latency, sides in _by_latency(found, "push"):
        least = 15 if latency else None
        label = f"{what}: time, {latency} ms"
        yield _compared(label, sides, "push", "wall", least=least)
    latency, calm = next(_by_latency(found, "push"))
    most = ceil(found["events"] / BATCH) + 2
    yield _compared(f"{what}: requests", calm, "push", "requests", most=most)
    yield from _costs(what, calm, "push")
    yield _compared(f"The sync after it: time, {latency} ms", calm, "echo", "wall")


def _pull(found: dict) -> Iterator[Row]:
    calm, bare = found["pull_0"], found["pull_0"]["orm"]["pull"]
    what = f"First pull of {found['events']:,}"
    for latency, sides in _by_latency(found, "pull"):
        label = f"{what}: time, {latency} ms"
        yield _compared(label, sides, "pull", "wall", least=3)
    ours = calm["ours"]["pull"]
    for label, measure, most in (("time, 0 ms", "wall", 1.5), ("CPU", "cpu", None)):
        label = f"{what}: {label}, against the bare ORM"
        yield _against(label, ours[measure], bare[measure], seconds, "ORM", most)
    yield _compared(f"{what}: requests", calm, "pull", "requests")
    yield from _costs(what, calm, "pull")
    # A push has none: the process has grown while it made the events.
    if ours["peak"] is not None:
        yield _compared(f"{what}: memory", calm, "pull", "peak")


def _by_latency(found: dict, what: str) -> Iterator[tuple[int, dict]]:
    """The latencies at which it was measured, the lowest first."""
    for latency in (0, 50):
        if f"{what}_{latency}" in found:
            yield latency, found[f"{what}_{latency}"]


def _costs(what: str, sides: dict, name: str) -> Iterator[Row]:
    yield _compared(f"{what}: CPU of Odoo", sides, name, "cpu")
    yield _compared(f"{what}: bytes", sides, name, "bytes")


def _in_step(found: dict) -> Iterator[Row]:
    titles = {
        "idle": "No change",
        "edit_odoo": "One edit in Odoo",
        "edit_google": "One edit in Google",
    }
    for name, title in titles.items():
        for latency, sides in _by_latency(found, "push"):
            yield _compared(f"{title}: time, {latency} ms", sides, name, "wall")
        most = 1 if name == "idle" else None
        yield _compared(f"{title}: requests", sides, name, "requests", most=most)
        yield _compared(f"{title}: bytes", sides, name, "bytes")


def _saves(saves: dict) -> Iterator[Row]:
    titles = {"save_edit": "Saving an edit", "save_new": "Saving a new event"}
    for what, title in titles.items():
        bare = saves["plain"][what]
        for who, name in (("off", "no account"), ("ours", "connected")):
            label = f"{title}: time, {name}"
            yield _against(label, saves[who][what], bare, seconds, "Odoo", 1.1)
        sides = {who: {"save": {"wall": saves[who][what]}} for who in saves}
        yield _compared(f"{title}: time, connected, 50 ms", sides, "save", "wall")


def _long(found: dict) -> Iterator[Row]:
    ours, few = found["long"]["ours"], found["pull_0"]["ours"]
    many, before = f"{found['many']:,}", f"{found['events']:,}"
    yield Row(f"First pull of {many}: time, 0 ms", seconds(ours["pull"]["wall"]))
    yield Row(f"First pull of {many}: requests", count(ours["pull"]["requests"]))
    if few["pull"]["peak"]:
        pair = ours["pull"]["peak"], few["pull"]["peak"]
        yield _against(
            f"First pull of {many}: memory", *pair, megabytes, before, FLAT_MEMORY
        )
    pair = ours["idle"]["wall"], few["idle"]["wall"]
    label = f"No change with {many} links: time, 0 ms"
    yield _against(label, *pair, seconds, before, FLAT_TIME)


def _contacts(found: dict) -> Iterator[Row]:
    """google_calendar knows no contacts: nothing stands beside these."""
    what = f"First push of {found['contacts']:,} contacts"
    titles = {"echo": "The sync after it", "idle": "Contacts, no change"}
    titles["edit"] = "Contacts, one edit in Odoo"
    calm = found["contacts_0"]["ours"]
    yield from _alone(what, found, "push", ("time",))
    yield _at_most(
        f"{what}: requests that write", calm["push"]["writes"], CONTACT_WRITES
    )
    yield from _alone(what, found, "push", ("requests", "cpu", "bytes", "peak"))
    for name, title in titles.items():
        yield from _alone(title, found, name, ("time",))
        most = 1 if name == "idle" else None
        yield _at_most(f"{title}: requests", calm[name]["requests"], most)
        yield from _alone(title, found, name, ("bytes",))


def _alone(
    what: str, found: dict, name: str, measures: tuple[str, ...]
) -> Iterator[Row]:
    for measure in measures:
        if measure == "time":
            for latency, sides in _by_latency(found, "contacts"):
                label = f"{what}: time, {latency} ms"
                yield Row(label, seconds(sides["ours"][name]["wall"]))
            continue
        value = found["contacts_0"]["ours"][name][measure]
        if value is not None:
            yield Row(f"{what}: {TITLES[measure]}", SHOW[measure](value))


def _at_most(label: str, ours: int, most: int | None) -> Row:
    if most is None:
        return Row(label, count(ours))
    return Row(label, count(ours), "", "", f"<= {most:,}", ours <= most)


def _polled(found: dict) -> Iterator[Row]:
    sides, what = found["polled"], f"{found['accounts']:,} accounts polled"
    yield _compared(f"{what}: time, 0 ms", sides, "poll_0", "wall")
    label = f"{what}: time, 50 ms"
    yield _compared(label, sides, "poll_50", "wall", most=POLL_EVERY)
    most = found["accounts"]
    yield _compared(f"{what}: requests", sides, "poll_0", "requests", most=most)
    yield from _costs(what, sides, "poll_0")
    if sides["ours"]["poll_0"]["peak"] is not None:
        yield _compared(f"{what}: memory", sides, "poll_0", "peak")


def _limits(found: dict) -> Iterator[Row]:
    sides, events = found["limits"], found["events"]
    ours, theirs = sides["ours"]["limits"], sides["theirs"]["limits"]
    what = f"First push of {events:,} at {QUOTA} units a minute"
    # What fits into the last minute needs no wait.
    allowed = 60 * (ceil(events / QUOTA) - 1)
    if allowed:
        label = f"{what}: time, against the quota's"
        yield _against(label, ours["wall"], allowed, seconds, "quota", 1.1)
    yield _compared(f"{what}: time", sides, "limits", "wall")
    arrived = count(ours["arrived"]), count(theirs["arrived"])
    ok = ours["arrived"] == events
    yield Row(f"{what}: arrived", *arrived, "", f"{events:,}", ok)
    yield _compared(f"{what}: refused", sides, "limits", "refused", most=0)


# -- one line --------------------------------------------------------------------------


def _compared(
    label: str,
    sides: dict,
    name: str,
    measure: str,
    *,
    least: float | None = None,
    most: float | None = None,
) -> Row:
    """Beside google_calendar: at ``least`` so many times less, or at ``most`` so
    much."""
    show = SHOW[measure]
    ours, theirs = (sides[who][name][measure] for who in ("ours", "theirs"))
    target, ok = "", None
    if least is not None:
        target, ok = f">= {least:g}x less", theirs / ours >= least
    if most is not None:
        target, ok = f"<= {most:,g}", ours <= most
    return Row(label, show(ours), show(theirs), _times(ours, theirs), target, ok)


def _times(ours: float, theirs: float) -> str:
    low, high = sorted((ours, theirs))
    if low <= 0:
        return ""
    if high / low < 1.05:
        return "the same"
    return f"{high / low:.1f}x {'less' if ours < theirs else 'more'}"


def _against(
    label: str,
    ours: float,
    other: float,
    show: Callable[[float], str],
    name: str,
    most: float | None = None,
) -> Row:
    """Beside something else, named in the cell: at ``most`` so many times of it."""
    ratio = ours / other
    target = f"<= {most:g}x" if most else ""
    ok = ratio <= most if most else None
    return Row(label, show(ours), f"{name}: {show(other)}", f"{ratio:.2f}x", target, ok)


def seconds(value: float) -> str:
    return f"{value * 1000:.1f} ms" if value < 1 else f"{value:.2f} s"


def count(value: float) -> str:
    return f"{value:,}"


def kilobytes(value: float) -> str:
    return f"{value / 1000:,.1f} kB"


def megabytes(value: float) -> str:
    return f"{value:.0f} MB"


TITLES = {"requests": "requests", "cpu": "CPU of Odoo", "bytes": "bytes"}
TITLES["peak"] = "memory"
SHOW = {
    "wall": seconds,
    "cpu": seconds,
    "requests": count,
    "refused": count,
    "bytes": kilobytes,
    "peak": megabytes,
}
