"""What both sides agree on: a link's merge, and what Odoo has told Google of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..directions import Direction, Winner
from .calendars import FROM_GOOGLE
from .colours import as_told
from .description import (
    description_from_google,
    description_to_google,
    is_cut,
)
from .echoes import as_answered, as_they_stand
from .fields import EVENT_FIELDS, directions
from .google_event import GoogleEvent
from .links import Kind, Link, LinkState, OdooEvent
from .merge import TIMES, Merged, merge
from .reminders import as_google_holds, with_kept
from .values import EventValues
from .ways import apart, narrowed
from .zones import same_zone


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


def as_inserted(link: Link, google: GoogleEvent) -> Link:
    """The link of an insert whose answer was lost: what was sent is agreed on.

    What Google has otherwise was edited there since.
    """
    assert google.values is not None
    return replace(
        link,
        state=LinkState.LINKED,
        base=google.values.with_(link.sent),
        guard=google.guard,
        sent={},
    )


def _for_others(link: Link, odoo: OdooEvent, google: GoogleEvent) -> list[str]:
    """Fields of which a colleague's link has the say: that of whoever organises it.

    A guest's run may not put back what was edited in Odoo before Google was told; what
    the guest edited, it does. Nor does it bring what changed in Google: the organiser's
    calendar shows that too, and nobody vouches for what arrives in a guest's.
    """
    if not (google.guard and odoo.led and link.base and google.values):
        return []
    return [
        name
        for name, field in EVENT_FIELDS.items()
        if field.guarded
        and (link.edited_at is None or google.values.get(name) != link.base.get(name))
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
        mode=odoo.mode,
    )
    if odoo.mode == FROM_GOOGLE and not link.guest:
        # Nobody's copy but the calendar's own: whoever looks at it sees the same.
        own["busy"] = Direction.FROM_GOOGLE
    own.update(dict.fromkeys(odoo.silent, Direction.NONE))
    return narrowed(own, odoo.ways)


def told(
    link: Link,
    odoo: OdooEvent,
    google: EventValues | None,
    pending: Collection[str] = (),
    written: Collection[str] = (),
    unlike: Collection[str] = (),
) -> dict[str, Any]:
    """`Link.told` once the two sides were compared.

    pending: fields yet to be written. written: those just written. unlike: those in
    which each side keeps its own.
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
    said = {**link.told, **settled}
    names = [name for name in apart(odoo.ways) if name in own]
    names += unlike
    return as_they_stand(said, names, values, google) if google else said


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


def differing(odoo: OdooEvent, link: Link) -> Iterator[str]:
    """Names of the fields in which Odoo is not what both sides agreed on.

    As the engine sees it: what never travels, or is told Google once only, is none.
    """
    assert link.base is not None
    ways = own_directions(link, odoo, link.guard)
    mine = as_google_holds(odoo.values, link.base, link.base)
    for name, way in ways.items():
        field = EVENT_FIELDS[name]
        if way is Direction.NONE or field.fills:
            continue
        if field.owed:
            differs = field.owed(mine, link.base, link.told)
        else:
            differs = mine.get(name) != link.base.get(name)
        if differs:
            yield name
