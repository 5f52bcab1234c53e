"""Lists that Google replaces whole: our entries among those that the person put there.

An entry is ours when the base says that we wrote it. Only ours are changed, added and
taken away; the person's stay, with their labels and in their order.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from .person import Entry

Key = Callable[[Entry], str]


@dataclass(frozen=True)
class Rewritten:
    """A section as it shall be.

    changed: it differs from what Google holds. put_back: the person had changed or
    removed what is ours, and Odoo did not.
    """

    entries: tuple[Entry, ...]
    changed: bool = False
    put_back: bool = False


@dataclass
class _Work:
    entries: list[Entry]
    key: Key
    gone: set[int] = field(default_factory=set)

    def keys(self) -> list[str]:
        return [self.key(entry) for entry in self.entries]


def rewrite(
    current: Sequence[Entry],
    before: Sequence[Entry],
    wanted: Sequence[Entry],
    others: Collection[str],
    key: Key,
    *,
    single: bool = False,
) -> Rewritten:
    """The section with `wanted` in place of `before`.

    before: our entries when both sides last agreed, () at adoption. others: keys of
    the person's entries then. single: Google allows one entry.
    """
    if single:
        return _single(current, before, wanted, key)
    work = _Work(list(current), key)
    ours, ask = [key(x) for x in before], [key(x) for x in wanted]
    there = set(work.keys())
    missing = [x for x in wanted if key(x) not in there]
    slots = _obsolete(work, ours, ask, others)
    lost = [x for x in before if key(x) not in there]
    strangers = _strangers(work, ours, ask, others)
    for entry in missing:
        slot = _take(work, slots, entry) if slots else None
        if slot is None:
            slot = _edited(work, strangers, lost)
        if slot is None:
            work.entries.append(entry)
        else:
            work.entries[slot] = _in_place(work.entries[slot], entry, before)
    corrected = _refresh(work, before, wanted)
    kept = tuple(x for i, x in enumerate(work.entries) if i not in slots)
    put_back = corrected or any(key(x) in ours for x in missing)
    return Rewritten(kept, list(kept) != list(current), put_back)


def _single(
    current: Sequence[Entry], before: Sequence[Entry], wanted: Sequence[Entry], key: Key
) -> Rewritten:
    there = [key(x) for x in current]
    if not wanted:
        mine = before and there == [key(x) for x in before]
        return Rewritten((), bool(mine)) if mine else Rewritten(tuple(current))
    if there == [key(wanted[0])]:
        return Rewritten(tuple(current))
    put_back = bool(before) and key(before[0]) == key(wanted[0])
    return Rewritten((wanted[0],), True, put_back)


def _obsolete(
    work: _Work, ours: list[str], ask: list[str], others: Collection[str]
) -> list[int]:
    """Places of entries that we wrote and that Odoo does not have any more."""
    old = {k for k in ours if k not in ask and k not in others}
    return [i for i, k in enumerate(work.keys()) if k in old]


def _strangers(
    work: _Work, ours: list[str], ask: list[str], others: Collection[str]
) -> list[int]:
    """Places of entries that nobody had when both sides last agreed."""
    known = {*ours, *ask, *others}
    return [i for i, k in enumerate(work.keys()) if k not in known]


def _take(work: _Work, slots: list[int], entry: Entry) -> int:
    """The place to write a new value of ours: one of the same type first."""
    same = [i for i in slots if work.entries[i].get("type") == entry.get("type")]
    slot = (same or slots)[0]
    slots.remove(slot)
    return slot


def _edited(work: _Work, strangers: list[int], lost: list[Entry]) -> int | None:
    """The place of an entry of ours that the person wrote over, as far as one can tell.

    Entries have no name of their own: one of ours is gone, one of the same type is new.
    """
    for entry in list(lost):
        lost.remove(entry)
        same = [i for i in strangers if _type(work.entries[i]) == _type(entry)]
        if same:
            strangers.remove(same[0])
            return same[0]
    return None


def _type(entry: Entry) -> Any:
    return entry.get("type", "")


def _in_place(old: Entry, new: Entry, before: Sequence[Entry]) -> Entry:
    """A new value in an old place: a label that the person chose stays."""
    chosen = _type(old) not in {_type(x) for x in before} | {""}
    return {**new, "type": old["type"]} if chosen else new


def _refresh(work: _Work, before: Sequence[Entry], wanted: Sequence[Entry]) -> bool:
    """Parts of an entry that its key does not cover, such as the job at a company.

    True when the person had changed one that is ours.
    """
    was = {work.key(x): x for x in before}
    now = {work.key(x): x for x in wanted}
    put_back = False
    for i, entry in enumerate(work.entries):
        key = work.key(entry)
        if key not in now or now[key] is entry:
            continue
        old, new = was.get(key, {}), now[key]
        changed = {k: v for k, v in new.items() if _ours_to_say(k, v, entry, old)}
        removed = {k for k, v in old.items() if k not in new and entry.get(k) == v}
        kept = {k: v for k, v in entry.items() if k not in removed}
        work.entries[i] = {**kept, **changed}
        put_back |= any(old.get(k) == v for k, v in changed.items())
    return put_back


def _ours_to_say(name: str, value: Any, entry: Entry, old: Entry) -> bool:
    if name == "value":
        # The key says that it is the same; how it is spelt is the person's.
        return False
    if name == "type":
        return bool(old) and old.get(name) != value and entry.get(name) == old.get(name)
    return bool(entry.get(name) != value)
