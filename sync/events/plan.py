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
| without base| alive                 | not the user's | TakeIn on the same link     |
| deleted     | alive again           |                | TakeIn on the same link     |
| held, left  | anything              |                | Nothing: a person decides(d)|
| held, left  | moved away, back again| in the agenda  | as linked                   |
| following   | gone, or declined     |                | Unfollow                    |
| following   | changed               |                | Follow: noted only          |
| taken back  | as known              |                | LeaveAlone(taken_back)      |
| taken back  | changed, or gone      |                | Aside: noted, nothing more  |

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

from dataclasses import dataclass

from ..directions import Winner
from .agreeing import is_as_agreed, merge_link, missing_in_google
from .google_event import GoogleEvent
from .links import Link, LinkState, OdooEvent, is_expanded
from .merge import Merged
from .plan_removal import Renew

#: The problem of a link whose event stands where nobody synchronises.
MOVED = "moved"
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
class Aside:
    """An undo took it back from Odoo: what Google makes of it is remembered only."""


@dataclass(frozen=True)
class Revive:
    """Deleted in Odoo but edited in Google: it comes back in Odoo."""


@dataclass(frozen=True)
class Update:
    """Write in Odoo what only Google changed."""

    merged: Merged


@dataclass(frozen=True)
class Follow:
    """Another link of the account leads it: this copy is remembered, no more."""


@dataclass(frozen=True)
class Unfollow:
    """The copy that followed is gone; the one that leads stays."""


Pulled = (
    Nothing
    | Follow
    | Unfollow
    | LeaveAlone
    | TakeIn
    | Acknowledge
    | MarkGone
    | Remember
    | Note
    | Aside
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
    if link.state in (LinkState.HELD, LinkState.LEFT) and not _is_back(
        link, google, odoo
    ):
        return Nothing()
    if link.state is LinkState.FOLLOWING:
        return _plan_following(link, google)
    if link.state is LinkState.TAKEN_BACK:
        return _plan_taken_back(link, google)
    if link.state in (LinkState.NEW, LinkState.SENDING):
        return Acknowledge() if is_ours(google, link) else Nothing()
    if odoo is None and not google.gone and not (held or inside):
        return Nothing() if google.etag == link.etag else Note()
    if link.state is LinkState.QUARANTINED and not link.event_id:
        return _plan_unlinked(google, inside=inside)
    return _plan_linked(link, google, odoo, winner)


def _is_back(link: Link, google: GoogleEvent, odoo: OdooEvent | None) -> bool:
    """It was moved where nobody synchronises, and stands here again."""
    if google.gone or not google.mine:
        return False
    asked = link.state is LinkState.HELD and link.problem == MOVED
    kept = link.state is LinkState.LEFT and odoo is not None and odoo.mine
    return asked or kept


def _plan_unlinked(google: GoogleEvent, *, inside: bool) -> Pulled:
    if google.gone:
        return Nothing()
    if google.left_alone:
        return LeaveAlone(google.left_alone)
    if not google.mine:
        return LeaveAlone("declined")
    return TakeIn() if inside else LeaveAlone("outside_period")


def _plan_following(link: Link, google: GoogleEvent) -> Pulled:
    if google.gone or not google.mine:
        return Unfollow()
    return Nothing() if google.etag == link.etag else Follow()


def _plan_taken_back(link: Link, google: GoogleEvent) -> Pulled:
    if google.gone:
        return Aside() if link.base else Nothing()
    same = google.etag == link.etag
    return LeaveAlone("taken_back") if same or google.left_alone else Aside()


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
        # Without a base it is news: kept by an answer, or made anew in Google.
        return Remember() if link.base else TakeIn()
    return Update(merge_link(link, odoo, google, winner))


def is_ours(google: GoogleEvent, link: Link) -> bool:
    """The event is the one that this link inserted, and it is alive."""
    marker = google.marker
    return (
        not google.gone
        and marker is not None
        and marker.google_id == google.google_id == link.google_id
    )


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
