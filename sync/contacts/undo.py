"""What a run did to one contact, and how that is taken back. Pure.

| the run                 | taken back by                                             |
|-------------------------|-----------------------------------------------------------|
| created it in Google    | WITHDRAW: deleted there, off the list                     |
| paired it               | PART: former values and picture there, off the list       |
| wrote Odoo's note       | PUT_BACK: the former note, on both sides                  |
| deleted it, or parted   | LIST: on the list again (of a pair: with its contact)     |
| sent what Odoo says     | SAID: left, as Odoo would say it again                    |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import vobject

from .archive import from_vcard
from .fields import may_come
from .store import ContactLink, ContactState, OdooContact
from .values import ContactValues

_CHANGES = frozenset({"update", "put_back", "conflict", "part"})
_PICTURES = frozenset({"photo", "photo_removed"})


class Deed(Enum):
    """How what a run did to one contact is taken back."""

    WITHDRAW = "withdraw"
    PART = "part"
    PUT_BACK = "put_back"
    LIST = "list"
    SAID = "said"


@dataclass(frozen=True)
class Was:
    """One line of the journal of the run. archive: the vCard of before."""

    action: str
    side: str
    before: Mapping[str, Any] = field(default_factory=dict)
    archive: str = ""


@dataclass(frozen=True)
class Past:
    """All that one run did to one contact, in order; as `running.undo.Past`.

    shared: another account has it on its list, too.
    """

    contact_id: int
    lines: tuple[Was, ...]
    link: ContactLink | None = None
    title: str = ""
    later: bool = False
    hidden: bool = False
    shared: bool = False

    def did(self, action: str, side: str = "google") -> bool:
        """One of the lines says so."""
        return any((x.action, x.side) == (action, side) for x in self.lines)


def deed_of(past: Past) -> Deed | None:
    """None: the run changed nothing of it."""
    if past.did("part") or past.did("delete"):
        return Deed.LIST
    if past.did("adopt"):
        return Deed.PART
    if past.did("create"):
        return Deed.WITHDRAW
    if former(past, "odoo"):
        return Deed.PUT_BACK
    written = any(x.action in _CHANGES | _PICTURES and x.side for x in past.lines)
    return Deed.SAID if written else None


def former(past: Past, side: str) -> dict[str, Any]:
    """Values that the run wrote over on one side, by field; the first counts."""
    found: dict[str, Any] = {}
    for line in past.lines:
        if line.action not in _CHANGES or line.side != side:
            continue
        for name, value in line.before.items():
            found.setdefault(name, tuple(value) if isinstance(value, list) else value)
    if side == "odoo":
        return {k: v for k, v in found.items() if may_come(k)}
    return found


def former_in_google(past: Past, now: ContactValues) -> ContactValues:
    """What Google's contact said of ours before, as the journal kept it."""
    wanted = former(past, "google")
    kept = next((x.archive for x in past.lines if x.archive and x.side == "google"), "")
    card = from_vcard(kept) if kept else None
    if card is not None and "name" in wanted:
        wanted["name"] = card.name
    if card is not None and "comment" in wanted:
        wanted["comment"] = card.comment
    return now.with_(wanted)


def former_picture(past: Past) -> bytes | None:
    """The person's own picture that gave way, b"" for none; None: untouched."""
    lines = [x for x in past.lines if x.action in _PICTURES and x.side == "google"]
    if not lines:
        return None
    card = vobject.readOne(lines[0].archive) if lines[0].archive else None
    picture = getattr(card, "photo", None)
    return picture.value if picture and isinstance(picture.value, bytes) else b""


def why_left_out(past: Past, deed: Deed, odoo: OdooContact | None) -> str:
    """The reason why it is not taken back, "" when it is, as far as Odoo knows."""
    link = past.link
    if past.hidden:
        return "undo_private"
    if past.later:
        return "undo_later"
    if deed is Deed.SAID:
        return "undo_contact_said"
    if link is None or odoo is None:
        return "undo_gone"
    if link.contested or link.state is ContactState.HELD:
        return "undo_waits"
    if deed is Deed.LIST:
        return "" if link.state is ContactState.OFF and odoo.alive else "undo_later"
    if link.state is not ContactState.LINKED or link.base is None:
        return "undo_gone"
    if deed is Deed.PUT_BACK:
        return _why_note_stays(past, link, odoo)
    return ""


def _why_note_stays(past: Past, link: ContactLink, odoo: OdooContact) -> str:
    assert link.base is not None
    if past.shared or not odoo.writable:
        return "undo_others"
    names = former(past, "odoo")
    edited = any(odoo.values.get(n) != link.base.values.get(n) for n in names)
    return "undo_edited_odoo" if edited else ""
