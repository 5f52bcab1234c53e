"""What each observation of one record asks for. Pure: no port is called here.

Pull, a Google event `g` against its link (Odoo's event `o`):

| link        | g                     | o              | outcome                     |
|-------------|-----------------------|----------------|-----------------------------|
| none        | gone                  |                | Nothing                     |
| none        | not for us            |                | LeaveAlone(reason)          |
| none        | new                   |                | TakeIn, or adoption         |
| new/sending | alive, our marker     |                | Acknowledge (insert worked) |
| linked      | etag as known         |                | Nothing (our own echo)      |
| linked      | gone, or declined     |                | MarkGone                    |
| linked      | changed               | in the agenda  | Update (three-way merge)    |
| linked      | changed, as base      | gone           | Remember (the push deletes) |
| linked      | edited                | gone           | Revive: edit beats deletion |
| linked      | edited                | not the user's | Remember (the push deletes) |
| deleted     | alive again           |                | TakeIn on the same link     |
| held        | anything              |                | Nothing: a person decides   |

An occurrence that has no link stands on one made of its series (`occurrences`); one of
a day that Odoo does not hold is only noted (Note).

Push, a dirty link against Odoo's event:

| link            | o                     | outcome                              |
|-----------------|-----------------------|--------------------------------------|
| new             | in the agenda         | InsertIt                             |
| new             | gone or not the user's| Forget                               |
| sending         | any                   | InsertIt again; 409 tells (or ask)   |
| linked          | in the agenda         | PatchIt with what Google lacks       |
| linked          | gone or not the user's| Drop (deleted in Google at the end)  |
| deleted, gone   | in the agenda         | Renew: a new generation              |
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..directions import Direction, Winner
from .answered import as_answered
from .colours import as_told
from .description import (
    description_from_google,
    description_to_google,
    is_cut,
)
from .fields import EVENT_FIELDS, directions
from .google_event import GoogleEvent
from .merge import TIMES, Merged, merge
from .reminders import as_google_holds, with_kept
from .store import Kind, Link, LinkState, OdooEvent, is_expanded
from .values import EventValues
from .zones import same_zone

#: A link that ties nothing together (any more).
_UNLINKED = (LinkState.DELETED, LinkState.DETACHED, LinkState.VOID)

# -- pull ----------------------------------------------------------------------


@dataclass(frozen=True)
class Nothing:
    """Both sides are as remembered."""


@dataclass(frozen=True)
class LeaveAlone:
    """Not synchronised; counted by reason."""

    reason: str


@dataclass(frozen=True)
class TakeIn:
    """Create the event in Odoo."""


@dataclass(frozen=True)
class Acknowledge:
    """Our insert of an earlier run is there: it only was not noted."""


@dataclass(frozen=True)
class MarkGone:
    """Deleted (or declined) in Google; Odoo follows at the end of the run."""


@dataclass(frozen=True)
class Remember:
    """Nothing to write in Odoo; note the etag and Google's values."""


@dataclass(frozen=True)
class Note:
    """An occurrence outside what Odoo holds of its series: its link remembers it."""


@dataclass(frozen=True)
class Revive:
    """Deleted in Odoo but edited in Google: it comes back in Odoo."""


@dataclass(frozen=True)
class Update:
    """Write in Odoo what only Google changed."""

    merged: Merged


Pulled = (
    Nothing
    | LeaveAlone
    | TakeIn
    | Acknowledge
    | MarkGone
    | Remember
    | Note
    | Revive
    | Update
)


def plan_pull(
    link: Link | None,
    google: GoogleEvent,
    odoo: OdooEvent | None,
    *,
    inside: bool,
    winner: Winner,
    held: bool = True,
) -> Pulled:
    """What one listed Google event asks for.

    inside: it touches the period. held: Odoo is to hold it, whatever the period says
    (false for an occurrence of a day that Odoo does not hold).
    """
    if link is None or link.state in _UNLINKED:
        return _plan_unlinked(google, inside=inside)
    if link.state is LinkState.HELD:
        return Nothing()
    if link.state in (LinkState.NEW, LinkState.SENDING):
        return Acknowledge() if is_ours(google, link) else Nothing()
    if odoo is None and not google.gone and not (held or inside):
        return Nothing() if google.etag == link.etag else Note()
    if link.state is LinkState.QUARANTINED and not link.event_id:
        return _plan_unlinked(google, inside=inside)
    return _plan_linked(link, google, odoo, winner)


def _plan_unlinked(google: GoogleEvent, *, inside: bool) -> Pulled:
    if google.gone:
        return Nothing()
    if google.left_alone:
        return LeaveAlone(google.left_alone)
    if not google.mine:
        return LeaveAlone("declined")
    return TakeIn() if inside else LeaveAlone("outside_period")


def _plan_linked(
    link: Link, google: GoogleEvent, odoo: OdooEvent | None, winner: Winner
) -> Pulled:
    if google.gone or not google.mine:
        return Nothing() if link.state is LinkState.GONE else MarkGone()
    if google.left_alone or (odoo and odoo.left_alone):
        reason = google.left_alone or (odoo.left_alone if odoo else "")
        return LeaveAlone(reason)
    if google.etag == link.etag and link.state is LinkState.LINKED:
        return Nothing()
    if odoo is None or not odoo.alive:
        return Remember() if is_as_agreed(link, google.values) else Revive()
    if not odoo.mine:
        return Remember()
    return Update(merge_link(link, odoo, google, winner))


def merge_link(
    link: Link, odoo: OdooEvent, google: GoogleEvent, winner: Winner
) -> Merged:
    """The three-way merge of one link, with its own directions."""
    assert google.values is not None
    own = own_directions(link, odoo, google.guard)
    own.update(dict.fromkeys(_for_others(link, odoo, google), Direction.NONE))
    values = as_answered(link.told, odoo.values, link.base)
    seen, table = _uncut(values, google.values, own)
    base = _agreed(link, google.values)
    said = _said(link, google.values)
    ours = as_google_holds(values, google.values, link.base)
    merged = merge(base, ours, seen, table, winner, link.contested, said)
    return with_kept(merged, odoo.values, ours)


def _for_others(link: Link, odoo: OdooEvent, google: GoogleEvent) -> list[str]:
    """Fields that a colleague edited in Odoo: their link says so to Google.

    A guest's run may not put them back before that; what the guest edited, it does.
    """
    if not (google.guard and odoo.led and link.base and google.values):
        return []
    if link.edited_at is not None:
        return []
    return [
        name
        for name, field in EVENT_FIELDS.items()
        if field.guarded and google.values.get(name) == link.base.get(name)
    ]


def _said(link: Link, google: EventValues) -> dict[str, Any]:
    """What Odoo has told Google, with a patch whose answer was lost.

    Where Google changed since the base it got there, and somebody changed it again; or
    they were first. Either way theirs is the later word.
    """
    base = link.base
    lost = {
        name: value
        for name, value in link.sent.items()
        if EVENT_FIELDS[name].owed and base and google.get(name) != base.get(name)
    }
    return {**link.told, **lost}


def own_directions(link: Link, odoo: OdooEvent, guard: str) -> dict[str, Direction]:
    own = directions(
        organizer=odoo.organizer,
        guarded=bool(guard),
        occurrence=link.kind is Kind.OCCURRENCE,
        invites=odoo.invites,
    )
    return {**own, **dict.fromkeys(odoo.silent, Direction.NONE)}


def told(
    link: Link,
    odoo: OdooEvent,
    google: EventValues | None,
    pending: Collection[str] = (),
    written: Collection[str] = (),
) -> dict[str, Any]:
    """`Link.told` once the two sides were compared.

    pending: fields yet to be written. written: those just written.
    """
    own = own_directions(link, odoo, link.guard)
    values = odoo.values
    settled = {
        name: as_told(
            values.get(name),
            google.get(name),
            written=name in written
            or values.get(name) in (link.told.get(name), link.sent.get(name)),
        )
        for name, field in EVENT_FIELDS.items()
        if field.owed
        and own[name] is not Direction.NONE
        and name not in pending
        and google is not None
        and google.get(name) is not None
    }
    return {**link.told, **settled}


def first_told(odoo: OdooEvent) -> dict[str, Any]:
    """`Link.told` for an inserted event: all of it is said, whoever organises."""
    owed = {name for name, field in EVENT_FIELDS.items() if field.owed} - odoo.silent
    return {name: odoo.values.get(name) for name in owed}


def _agreed(link: Link, google: EventValues) -> EventValues | None:
    """The base, with our own patch on top where Google shows that it got there."""
    arrived = {n: v for n, v in link.sent.items() if google.get(n) == v}
    return link.base.with_(arrived) if link.base else None


def is_as_agreed(link: Link, google: EventValues | None) -> bool:
    """Nobody edited the event in Google: it is as the base, or as our patch made it.

    Another colour there is no edit, nor is what the base does not know.
    """
    agreed = _agreed(link, google) if google else None
    if google is None or agreed is None:
        return google is None
    unknown = [n for n in ("video", "source") if agreed.get(n) is None]
    same = {name: google.get(name) for name in (*unknown, "color")}
    if same_zone(agreed.time_zone, google.time_zone):
        same["time_zone"] = google.time_zone
    return google == agreed.with_(same)


def _uncut(
    odoo: EventValues, google: EventValues, table: Mapping[str, Direction]
) -> tuple[EventValues, Mapping[str, Direction]]:
    """A description too long for Google is to-Google, and its cut form is equal."""
    if not is_cut(odoo.description):
        return google, table
    if google.description == cut_description(odoo.description):
        google = replace(google, description=odoo.description)
    return google, {**table, "description": Direction.TO_GOOGLE}


def cut_description(canonical: str) -> str:
    """The canonical form of what Google holds of a description."""
    return description_from_google(description_to_google(canonical))


def is_ours(google: GoogleEvent, link: Link) -> bool:
    """The event is the one that this link inserted, and it is alive."""
    marker = google.marker
    return (
        not google.gone
        and marker is not None
        and marker.google_id == google.google_id == link.google_id
    )


# -- what follows a deletion in Google -----------------------------------------


@dataclass(frozen=True)
class RemoveIt:
    """Remove Odoo's event, or only decline it for the user."""

    decline: bool


@dataclass(frozen=True)
class Renew:
    """Put it (back) into Google under a new id."""


@dataclass(frozen=True)
class Settle:
    """Gone on both sides."""


def plan_removal(link: Link, odoo: OdooEvent | None) -> RemoveIt | Renew | Settle:
    """Google deleted the event of a link: what becomes of Odoo's."""
    if odoo is None or not odoo.mine:
        return Settle()
    wanted = link.answer != "delete" and link.guard != "not_organizer"
    if wanted and edited_since(link, odoo):
        return Renew()
    return RemoveIt(decline=not (odoo.organizer or odoo.sole))


def edited_since(link: Link, odoo: OdooEvent) -> bool:
    """Odoo differs from what both sides agreed on, in a field Google would take.

    A colour may come from an edit of the type: no edit of this event.
    """
    if link.base is None:
        return False
    return bool(missing_in_google(link, odoo).to_google.keys() - {"color"})


# -- push ----------------------------------------------------------------------


@dataclass(frozen=True)
class InsertIt:
    """events.insert under the link's own id."""


@dataclass(frozen=True)
class PatchIt:
    """events.patch of `merged.to_google`; `merged.to_odoo` is put back in Odoo."""

    merged: Merged


@dataclass(frozen=True)
class Forget:
    """It never reached Google: nothing to undo there."""


@dataclass(frozen=True)
class Drop:
    """Delete it in Google at the end of the run."""


Pushed = Nothing | LeaveAlone | InsertIt | PatchIt | Forget | Drop | Renew


def plan_push(link: Link, odoo: OdooEvent | None) -> Pushed:
    """What one dirty link asks for."""
    if is_expanded(link):
        return Nothing()
    if link.state is LinkState.SENDING:
        return InsertIt()
    if odoo is None or not odoo.mine:
        return _plan_left(link)
    if odoo.left_alone:
        return LeaveAlone(odoo.left_alone)
    if link.state is LinkState.NEW:
        return InsertIt()
    if link.state is LinkState.DELETED:
        return Renew()
    if link.state not in (LinkState.LINKED, LinkState.DROPPED):
        return Nothing()
    merged = missing_in_google(link, odoo)
    return PatchIt(merged) if merged.to_google or merged.to_odoo else Nothing()


def _plan_left(link: Link) -> Pushed:
    if link.state is LinkState.NEW:
        return Forget()
    if link.state is LinkState.LINKED:
        return Drop()
    return Nothing()


def missing_in_google(link: Link, odoo: OdooEvent) -> Merged:
    """Odoo's changes since the base, Google standing where the base says.

    Contested fields stand still: nobody has decided about them.
    """
    assert link.base is not None
    google = GoogleEvent(
        link.google_id, link.etag, gone=False, values=link.base, guard=link.guard
    )
    names = {*link.contested}
    if link.base.recurrence and names & {*TIMES}:
        names |= {*TIMES}
    still = {name: link.base.get(name) for name in names}
    return merge_link(
        replace(link, contested={}),
        replace(odoo, values=odoo.values.with_(still)),
        google,
        Winner.ODOO,
    )


def changes(values: EventValues | None, names: Mapping[str, Any]) -> dict[str, Any]:
    """The values of some fields, for the journal."""
    return {name: values.get(name) for name in names} if values else {}
