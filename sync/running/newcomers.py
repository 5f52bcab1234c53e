"""Google's new events: paired with what Odoo has already, or created there.

Several candidates and none equal: a person says which, and nothing is written before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..asking import Answer, ask_one
from ..events.agreeing import merge_link, told
from ..events.calendars import TO_GOOGLE
from ..events.google_event import GoogleEvent
from ..events.lines import about, written_over
from ..events.links import Kind, Link, LinkState, OdooEvent
from ..events.merge import TIMES, Merged
from ..events.newcomer import created
from ..events.steps import Candidate, Step, UpdateEvent
from ..series.reading import as_in_google
from .questions import adoption_question
from .run import Run
from .settle_cases import Case

#: Values that two records of one event may differ in.
_LOOSE = ("time_zone", "color", "video", "source")


class Newcomers:
    """One run's pairings and creations."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.store = run.store

    def take_in(
        self, case: Case, candidates: Sequence[Candidate], claimed: set[int]
    ) -> Step | None:
        """Pair it with what Odoo has, or create it. claimed: events paired already.

        None: a calendar that is written only keeps its own new events to itself.
        """
        event, before = case.event, case.before
        free = [
            c
            for c in candidates
            if c.odoo.event_id not in claimed
            and (_is_known_so(c, event) or may_stand_for(c.odoo, event))
        ]
        if not free and self.run.settings.mode == TO_GOOGLE:
            self.run.report.left_alone[TO_GOOGLE] += 1
            return None
        if not free:
            return self.create(event, known(before, event, dirty=False))
        chosen = _choose(event, free)
        if chosen is None:
            answer = self._ask_which(event, free)
            if answer is None:
                return Step(replace(before, state=LinkState.HELD, problem="ambiguous"))
            chosen = next(
                (c for c in free if c.odoo.event_id == answer.record_id), None
            )
        if chosen is None:
            return self.create(event, known(before, event, dirty=False))
        claimed.add(chosen.odoo.event_id)
        if chosen.odoo.series is not None and event.values is not None:
            chosen = replace(chosen, odoo=as_in_google(chosen.odoo, event.values))
        case.odoo = chosen.odoo
        case.copy = chosen.link if chosen.how == "copy" else None
        return self._adopt(event, before, chosen)

    def refused_unseen(self, events: Sequence[GoogleEvent]) -> list[Step]:
        """Declined or deleted here before this calendar's first sync of it.

        A colleague's copy brought it into Odoo, and into the user's agenda: it goes
        from there as if it had been linked.
        """
        over = [x for x in events if x.gone or not x.mine]
        known = self.store.elsewhere(over) if over else {}
        return [
            Step(
                Link(
                    x.google_id,
                    event_id=event_id,
                    state=LinkState.GONE,
                    kind=kind,
                    original_start=x.original_start,
                    etag=x.etag,
                    ical_uid=x.ical_uid,
                    guard=x.guard,
                    guest=x.is_guest,
                )
            )
            for x in over
            if x.google_id in known
            for event_id, kind in [known[x.google_id]]
        ]

    def create(self, event: GoogleEvent, after: Link) -> Step:
        """Odoo gets an event of its own; `after`: the link once it has."""
        assert event.values is not None
        write = created(event, event.values, self.run.settings.ways)
        line = about("create", "odoo", 0, event.google_id, event.values)
        return Step(after, write, (line,))

    def _adopt(self, event: GoogleEvent, before: Link, chosen: Candidate) -> Step:
        """Pair two existing events; fields merge without losing Google's."""
        odoo = _said_by_default(chosen.odoo, event)
        source = chosen.link or replace(before, event_id=odoo.event_id)
        bare = replace(
            source,
            base=source.base if chosen.how == "copy" else None,
            google_id=event.google_id,
            id=before.id,
            told={},
            sent={},
        )
        merged = merge_link(bare, odoo, event, self.run.winner(source, event))
        if _is_a_guest_s_copy(odoo, event) or _is_joined_unvouched(chosen, event):
            merged = _unwritten(merged, odoo)
        after = replace(
            known(bare, event, dirty=bool(merged.to_google or odoo.series)),
            base=merged.base,
            contested=merged.contested,
            told=told(bare, odoo, event.values, merged.to_google, unlike=merged.apart),
            span=odoo.series.span if odoo.series else None,
        )
        self.run.ask_conflict(after, odoo)
        line = written_over(
            "adopt", odoo.event_id, event.google_id, odoo.values, merged.to_odoo
        )
        join = not odoo.mine
        # Over here once, or archived by a colleague; and wanted in Google since.
        once = (LinkState.DELETED, LinkState.LINKED)
        over = before.state in once or not odoo.alive
        again = join and (over or event.coming)
        write = UpdateEvent(odoo.event_id, merged.to_odoo, revive=again, join=join)
        return Step(after, write if merged.to_odoo or join else None, (line,))

    def _ask_which(
        self, event: GoogleEvent, candidates: Sequence[Candidate]
    ) -> Answer | None:
        """Several could be it: neither side is written before a person said which."""
        question = adoption_question(event, candidates)
        answer = ask_one(self.store, question, self.run.report)
        if answer is None:
            self.run.report.left_alone["ambiguous"] += 1
        return answer


def known(link: Link, event: GoogleEvent, *, dirty: bool) -> Link:
    """The link once Google's present state is taken note of."""
    return replace(
        link,
        state=LinkState.LINKED,
        etag=event.etag,
        ical_uid=event.ical_uid,
        base=event.values,
        guard=event.guard,
        dirty=dirty or link.dirty,
        problem="",
        answer="",
        sent={},
        kind=Kind(event.kind),
        original_start=event.original_start,
        guest=event.is_guest,
        organizer=event.organizer,
        foreign=event.foreign,
        leader_id=0,
    )


def _choose(event: GoogleEvent, candidates: Sequence[Candidate]) -> Candidate | None:
    """The one candidate; of several, the only one equal in every value."""
    if len(candidates) == 1:
        return candidates[0]
    same = [
        c
        for c in candidates
        if event.values is not None
        and _said_by_default(c.odoo, event).values.with_(
            {n: event.values.get(n) for n in _LOOSE}
        )
        == event.values
    ]
    return same[0] if same else None


def _is_a_guest_s_copy(odoo: OdooEvent, event: GoogleEvent) -> bool:
    """Neither side is the user's own: what Odoo has is somebody else's word."""
    return not odoo.organizer and not event.organizer_self


def _is_joined_unvouched(chosen: Candidate, event: GoogleEvent) -> bool:
    """An invitation under an iCalUID that a colleague's calendar knows.

    Also to an event of the user's own: whoever knows the UID and the colleague's
    address may have sent it.
    """
    return chosen.how in ("uid", "copy") and not event.organizer_self


def _unwritten(merged: Merged, odoo: OdooEvent) -> Merged:
    """The same with Odoo's event left as it is, now and when it is compared again.

    An invitation says who organises it, and nobody vouches for that.
    """
    kept = {name: odoo.values.get(name) for name in merged.to_odoo}
    return replace(merged, to_odoo={}, base=merged.base.with_(kept))


def _is_known_so(candidate: Candidate, event: GoogleEvent) -> bool:
    """Google shows it as the colleague's calendar had it: Odoo has moved it since."""
    known = candidate.known
    if known is None or event.values is None or not known.recurrence:
        return False
    return all(known.get(name) == event.values.get(name) for name in TIMES)


def may_stand_for(odoo: OdooEvent, event: GoogleEvent) -> bool:
    """A guest's series is joined only where it takes place as Odoo's does.

    What Google shows of its occurrences would not fit the rows otherwise.
    """
    if event.values is None or odoo.series is None:
        return True
    # Odoo may hold a part of it only: the rows are looked at, not when they begin.
    seen = as_in_google(odoo, event.values).values
    same = all(seen.get(name) == event.values.get(name) for name in TIMES)
    return same or not _is_a_guest_s_copy(odoo, event)


def _said_by_default(odoo: OdooEvent, event: GoogleEvent) -> OdooEvent:
    """What is private by default only says of itself what Google says."""
    if not odoo.private_by_default or event.values is None:
        return odoo
    said = {"private": event.values.private}
    return replace(odoo, values=odoo.values.with_(said))
