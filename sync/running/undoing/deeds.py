"""What a run did to one event, read from its journal, and what can be taken back.

Pure. What a run brought from one side to the other goes from where it was brought, and
the link remembers it (`LinkState.TAKEN_BACK`): no later run brings it again. What it
changed or deleted in a pair that goes on is put back, and both sides are told.

| the run            | the link now | taken back by                                   |
|--------------------|--------------|-------------------------------------------------|
| created in Odoo    | linked       | TAKE_AWAY: deleted in Odoo                      |
| created in Google  | linked       | WITHDRAW: deleted in Google                     |
| created in both    | linked       | END: deleted in both (an undo had restored it)  |
| paired             | linked       | PART: former values on each side, then apart    |
| changed            | linked       | PUT_BACK: former values, on both sides          |
| deleted            | deleted      | RESTORE: on both sides again                    |
| declined           | deleted      | ACCEPT: in the agenda again                     |
| deleted in Odoo    | taken back   | REJOIN: in Odoo again, linked (undo of an undo) |
| deleted in Google  | taken back   | RESEND: in Google again (undo of an undo)       |
| moved              | any          | MOVE: left, and named                           |
| parted             | taken back   | PAIR: linked again (undo of an undo)            |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from ...events.links import Kind, Link, LinkState, OdooEvent
from ...events.taking_away import Beside
from ...events.values import EventValues

#: Reason of what an undo does: none of it is somebody's edit.
UNDONE = "taken_back"
#: Fields that Odoo says, or has from Google only: putting them back changes nothing.
NOT_PUT_BACK = frozenset({"color", "source", "video", "guests"})
#: Rows of a series that the run took along: they are put back one by one.
OF_ROWS = frozenset(
    {"series_changed", "follows_series", "cancelled_before", "rule_not_in_odoo"}
)
_GONE = frozenset({"delete", "decline"})
_CHANGES = frozenset({"update", "put_back", "conflict", "adopt", "part"})


class Deed(Enum):
    """How what a run did to one event is taken back."""

    TAKE_AWAY = "take_away"
    WITHDRAW = "withdraw"
    END = "end"
    PART = "part"
    PUT_BACK = "put_back"
    RESTORE = "restore"
    ACCEPT = "accept"
    REJOIN = "rejoin"
    RESEND = "resend"
    PAIR = "pair"
    MOVE = "move"


#: Those that write in Odoo what the event said before.
_IN_ODOO = frozenset({Deed.TAKE_AWAY, Deed.END, Deed.PUT_BACK})
_NEED_LINKED = frozenset(
    {Deed.TAKE_AWAY, Deed.WITHDRAW, Deed.END, Deed.PART, Deed.PUT_BACK}
)


@dataclass(frozen=True)
class Was:
    """One line of the journal of the run. archive: the event as it was before."""

    action: str
    side: str
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    archive: EventValues | None = None
    reason: str = ""


@dataclass(frozen=True)
class Past:
    """All that one run did to one event, in order.

    later: a later run, or a restoring, did something to it since. hidden: it is
    private, and not for whoever asked for the undo. edited: a person edited in Odoo
    what Google had made there. shared: another account's link holds on to it, too.
    """

    google_id: str
    lines: tuple[Was, ...]
    record_id: int = 0
    title: str = ""
    private: bool = False
    later: bool = False
    hidden: bool = False
    edited: bool = False
    shared: bool = False

    @property
    def own(self) -> tuple[Was, ...]:
        """The lines about the event itself, not about rows that followed it."""
        return tuple(x for x in self.lines if x.reason not in OF_ROWS)

    def did(self, action: str, side: str = "") -> bool:
        """One of its own lines says so."""
        return any(x.action == action and side in ("", x.side) for x in self.own)

    def kept(self) -> tuple[EventValues, ...]:
        """What the journal kept of what was deleted: the event, a series' dates after.

        Odoo's own, where both sides kept it.
        """
        gone = [(x.side, x.archive) for x in self.own if x.action in _GONE]
        found = [(side, values) for side, values in gone if values is not None]
        found.sort(key=lambda x: (not x[1].recurrence, x[0] != "odoo"))
        return tuple(values for _side, values in found)


def deed_of(past: Past, link: Link | None) -> Deed | None:
    """None: the run changed nothing of it that could be taken back."""
    back = link is not None and link.state is LinkState.TAKEN_BACK
    if past.did("move"):
        return Deed.MOVE
    if past.did("part"):
        return Deed.PAIR
    if past.did("adopt"):
        return Deed.PART
    if past.did("create", "odoo"):
        return Deed.END if past.did("create", "google") else Deed.TAKE_AWAY
    if past.did("create", "google"):
        return Deed.WITHDRAW
    if past.did("delete", "odoo"):
        return Deed.REJOIN if back else Deed.RESTORE
    if past.did("delete", "google"):
        return Deed.RESEND if back else Deed.RESTORE
    if past.did("decline"):
        return Deed.ACCEPT
    changed = any(x.action in _CHANGES and x.side for x in past.own)
    return Deed.PUT_BACK if changed else None


def former(past: Past, side: str) -> dict[str, Any]:
    """Values that the run wrote over on one side, by field; the first counts.

    Of a conflict the values of both sides are noted, whichever gave way.
    """
    found: dict[str, Any] = {}
    for line in past.own:
        if line.action not in _CHANGES or line.side != side:
            continue
        lost = line.before
        if line.action == "conflict" and side == "google":
            lost = line.after
        for name, value in lost.items():
            known = line.archive.get(name) if line.archive else value
            found.setdefault(name, known)
    return {k: v for k, v in found.items() if k not in NOT_PUT_BACK}


def former_of_pair(past: Past) -> dict[str, Any]:
    """What both sides are to say again."""
    return {**former(past, "google"), **former(past, "odoo")}


def why_left_out(
    past: Past,
    deed: Deed,
    link: Link | None,
    odoo: OdooEvent | None,
    beside: Beside,
    *,
    news: bool,
    date: bool = False,
) -> str:
    """The reason why it is not taken back, "" when it is.

    news: Google shows something of it that is not known here. date: it is a date of a
    series that Odoo has as one.
    """
    if reason := _why_not_at_all(past, deed, link):
        return reason
    if news and deed is not Deed.ACCEPT:
        return "undo_edited_google"
    if date and deed not in (Deed.PUT_BACK, Deed.RESTORE):
        return "undo_date"
    if deed in (Deed.RESTORE, Deed.ACCEPT):
        return _why_not_restored(past, deed, link, odoo)
    if link is None:
        return "undo_unknown"
    if deed not in _NEED_LINKED:
        return _why_not_joined(deed, link, odoo)
    if link.state is not LinkState.LINKED or odoo is None or not odoo.alive:
        return "undo_gone"
    return _why_it_stays(past, deed, link, odoo, beside)


def _why_not_at_all(past: Past, deed: Deed, link: Link | None) -> str:
    if past.hidden:
        return "undo_private"
    if deed is Deed.MOVE:
        return "undo_moved"
    if past.later:
        return "undo_later"
    return "undo_waits" if link is not None and _waits(link) else ""


def _waits(link: Link) -> bool:
    asked = link.state in (LinkState.HELD, LinkState.QUARANTINED)
    return asked or bool(link.contested)


def _why_not_restored(
    past: Past, deed: Deed, link: Link | None, odoo: OdooEvent | None
) -> str:
    if link is not None and link.state is not LinkState.DELETED:
        return "undo_later"
    if deed is Deed.ACCEPT:
        return "" if link is not None and odoo is not None else "undo_gone"
    if odoo is not None and odoo.mine:
        return "undo_later"
    if link is not None and link.kind is Kind.OCCURRENCE and not link.parent_id:
        return "undo_gone"
    return "" if past.kept() else "undo_not_kept"


def _why_not_joined(deed: Deed, link: Link, odoo: OdooEvent | None) -> str:
    """An undo is undone: each side still has what it had."""
    if link.state is not LinkState.TAKEN_BACK:
        return "undo_later"
    in_google, in_odoo = link.base is not None, odoo is not None and odoo.mine
    needed = {
        Deed.REJOIN: in_google and odoo is None,
        Deed.RESEND: in_odoo and not in_google,
        Deed.PAIR: in_google and in_odoo,
    }
    return "" if needed[deed] else "undo_gone"


def _why_it_stays(
    past: Past, deed: Deed, link: Link, odoo: OdooEvent, beside: Beside
) -> str:
    made = deed in (Deed.TAKE_AWAY, Deed.END)
    anew = past.edited and deed is Deed.TAKE_AWAY
    if beside.differing or link.edited_at or anew:
        return "undo_edited_odoo"
    written = bool(former(past, "odoo"))
    in_odoo = deed in _IN_ODOO or deed is Deed.PART and written
    if in_odoo and (beside.others or beside.linked):
        return "undo_others"
    if made and beside.worked_on:
        return "undo_worked_on"
    in_google = deed in (Deed.WITHDRAW, Deed.END, Deed.PUT_BACK)
    in_google = in_google or deed is Deed.PART and bool(former(past, "google"))
    if in_google and (past.shared or _is_others_in_google(link)):
        return "undo_others"
    if deed is Deed.PUT_BACK and not former_of_pair(past):
        return "undo_only_said"
    return ""


def _is_others_in_google(link: Link) -> bool:
    guests = bool(link.base and link.base.guests)
    return bool(link.guest or link.guard or guests)
