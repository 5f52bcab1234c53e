"""Odoo to Google: dirty links in batches, each call after a committed intent.

A batch is: read Odoo, plan, commit the intent, call, note the outcome, commit. Killed
anywhere, the next run repeats the batch: inserts carry their own id (409 means done),
patches and deletes their etag (412 means look again).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .fields import TO_GOOGLE
from .google_event import (
    WRITER_ROLES,
    GoogleEvent,
    Marker,
    answer_body,
    insert_body,
    patch_body,
)
from .inviting import WAIT, WAITS, Postage, guest_list, invites, mails_of
from .observed import observed
from .occurrences import after_change, as_void, compared
from .plan import (
    Drop,
    Forget,
    InsertIt,
    LeaveAlone,
    Nothing,
    PatchIt,
    Renew,
    changes,
    first_told,
    is_ours,
    own_directions,
    plan_push,
    told,
)
from .ports import (
    BATCH_SIZE,
    Call,
    Get,
    Google,
    Insert,
    Patch,
    Reply,
    Verdict,
)
from .questions import conflict_question, missing_question
from .series import Children
from .series_rows import changed, without_back
from .settings import Settings, Surroundings
from .settle import Settler
from .settle_series import as_written
from .store import (
    Answer,
    Kind,
    Line,
    Link,
    LinkState,
    OdooEvent,
    Step,
    Store,
    UpdateEvent,
)
from .unread import raise_unanswered, read_unread
from .values import EventValues

#: Rounds after which a link that keeps changing is left for the next run.
_ENOUGH = 6


@dataclass
class _Job:
    """One link on its way through a batch."""

    link: Link
    odoo: OdooEvent | None
    call: Call
    line: Line
    waits: bool = False


class Push:
    """One run's push into one calendar."""

    def __init__(
        self,
        store: Store,
        google: Google,
        settings: Settings,
        around: Surroundings,
        settler: Settler,
    ) -> None:
        self.store = store
        self.google = google
        self.settings = settings
        self.around = around
        self.settler = settler
        self.postage = Postage(store, settings, settler.report)
        self._tries: dict[int, int] = {}
        self._reread: set[int] = set()
        self._zoneless: set[int] = set()
        self._fresh: dict[str, GoogleEvent] = {}

    def enroll(self) -> Iterator[None]:
        """Take in what people did in Odoo, and what the period holds there anew."""
        self.store.collect_edits(new=self._may_write())
        if not self._may_write():
            self.store.checkpoint()
            return
        cursor, settings = self.store.cursor(), self.settings
        if settings.sweep:
            self.store.mark_all_dirty()
        everything = settings.full or settings.sweep
        while everything or cursor.enrolled != settings.window:
            made = self.store.enroll(self.settings.window, BATCH_SIZE * 10)
            if not made:
                break
            self.store.checkpoint()
            yield
        if cursor.enrolled != self.settings.window:
            self.store.save_cursor(replace(cursor, enrolled=self.settings.window))
        self.store.checkpoint()

    def _may_write(self) -> bool:
        """New events wait until the calendar is one that the user may write in."""
        return self.around.calendar.access_role in WRITER_ROLES

    def run(self) -> Iterator[None]:
        """Push until no link is dirty."""
        while True:
            yield from read_unread(self.store, self.google, self.settler)
            links = self.store.dirty(BATCH_SIZE, self._given_up())
            if not links:
                break
            jobs = self._prepare(links)
            if jobs:
                self.store.checkpoint()
                replies = self.google.call([job.call for job in jobs])
                self._conclude(jobs, replies)
            self.store.checkpoint()
            yield

    def _given_up(self) -> frozenset[int]:
        """Links that kept changing under us: left for the next run."""
        return frozenset(link_id for link_id, n in self._tries.items() if n >= _ENOUGH)

    # -- before the call -------------------------------------------------------

    def _prepare(self, links: Sequence[Link]) -> list[_Job]:
        seen = observed(self.store, links)
        answers = self._answers(links, seen)
        family = self.store.children([x for x in links if x.kind is Kind.SERIES])
        jobs: list[_Job] = []
        steps: list[Step] = []
        for link in links:
            self._tries[link.id] = self._tries.get(link.id, 0) + 1
            odoo = seen.get(link.google_id)
            outcome: _Job | list[Step]
            if link.id in answers and odoo is not None:
                outcome = [self._resolved(link, odoo, answers[link.id])]
            else:
                outcome = self._plan_one(link, odoo, family.get(link.id, {}))
            if isinstance(outcome, _Job) and outcome.waits:
                steps.append(Step(replace(link, problem=WAITS)))
            elif isinstance(outcome, _Job):
                jobs.append(outcome)
                intent = _intent(outcome)
                if intent != link:
                    outcome.link = intent
                    steps.append(Step(intent))
            else:
                steps += outcome
        self.settler.apply(steps)
        return jobs

    def _answers(
        self, links: Sequence[Link], seen: Mapping[str, OdooEvent]
    ) -> dict[int, Answer]:
        """What people decided about contested fields, by link id."""
        asked = {
            conflict_question(x, seen[x.google_id]).key: x.id
            for x in links
            if x.contested and x.google_id in seen
        }
        if not asked:
            return {}
        questions = [
            conflict_question(x, seen[x.google_id])
            for x in links
            if x.id in asked.values()
        ]
        answers = self.store.ask(questions)
        return {asked[key]: answer for key, answer in answers.items()}

    def _plan_one(
        self, link: Link, odoo: OdooEvent | None, children: Children
    ) -> _Job | list[Step]:
        if odoo is not None and odoo.series is not None and odoo.series.back:
            return [without_back(link, odoo.series)]
        plan = plan_push(link, odoo)
        match plan:
            case LeaveAlone(reason):
                self.settler.report.left_alone[reason] += 1
                return [Step(replace(link, dirty=False, edited_at=None))]
            case InsertIt() if not self._may_write():
                self.settler.report.left_alone["read_only_calendar"] += 1
                self._tries[link.id] = _ENOUGH
                return []
            case InsertIt():
                return self._insert(link, odoo)
            case PatchIt(merged) if odoo is not None:
                if not merged.to_google:
                    return [self._put_back(link, odoo, merged.to_odoo)]
                return self._patch(link, odoo, list(merged.to_google))
            case Drop():
                return [Step(replace(link, state=LinkState.DROPPED, dirty=False))]
            case Renew():
                return [Step(self.renewed(link))]
            case Forget():
                return [Step(replace(link, state=LinkState.DELETED, dirty=False))]
            case Nothing() | _:
                return self._agreed(link, odoo, children)

    def _agreed(
        self, link: Link, odoo: OdooEvent | None, children: Children
    ) -> list[Step]:
        """Nothing to write; a series' rows are compared with their exceptions."""
        reading = odoo.series if odoo else None
        if reading is None or link.state is not LinkState.LINKED or not link.base:
            return [Step(_compared(link, odoo))]
        link = replace(link, span=reading.span)
        steps = [Step(_compared(link, odoo))]
        strays = [
            Link(self.store.new_google_id(), event_id=row.event_id, dirty=True)
            for row in reading.strays
        ]
        return [
            *steps,
            *compared(link, reading, children),
            *(Step(stray) for stray in strays),
        ]

    def renewed(self, link: Link) -> Link:
        """A new generation: after a deletion Google keeps the old id for ever.

        An occurrence has its series' id, an invitation its organiser's: they are
        brought back under it.
        """
        if link.kind is Kind.OCCURRENCE or link.guest:
            return replace(
                link, state=LinkState.NEW, dirty=True, problem="", answer="", sent={}
            )
        return replace(
            link,
            state=LinkState.NEW,
            google_id=self.store.new_google_id(),
            generation=link.generation + 1,
            etag="",
            base=None,
            guard="",
            dirty=True,
            problem="",
            contested={},
            answer="",
            sent={},
            told={},
        )

    # -- the calls -------------------------------------------------------------

    def _insert(self, link: Link, odoo: OdooEvent | None) -> _Job:
        unsure = link.state is LinkState.SENDING and (odoo is None or not odoo.mine)
        if odoo is None or unsure or link.id in self._reread:
            # Only Google knows whether an earlier try got there, and whose id it is.
            return _Job(link, odoo, Get(link.google_id), Line("create", "google"))
        if link.guest:
            return self._accept(link, odoo)
        if link.kind is Kind.OCCURRENCE:
            return self._bring_back(link, odoo)
        body = insert_body(
            odoo.values,
            google_id=link.google_id,
            marker=Marker(odoo.event_id, odoo.created, link.google_id),
            marker_key=self.settings.marker_key,
            time_zone=self._zone(link),
        )
        names: Collection[str] = ()
        if invites(odoo):
            names = ("guests",)
            body["attendees"] = guest_list(odoo.values.guests, None, ())
        mails = mails_of(odoo.values, names, self.settings.now)
        line = _line("create", link, odoo)
        return self._posted(_Job(link, odoo, Insert(body), line), mails)

    def _accept(self, link: Link, odoo: OdooEvent) -> _Job:
        """Declined before, wanted again: the own answer says so, in Google too."""
        line = replace(_line("update", link, odoo), reason="accepted")
        fresh = self._fresh.get(link.google_id)
        if fresh is None or fresh.etag != link.etag:
            return _Job(link, odoo, Get(link.google_id), line)
        body = answer_body(fresh, "accepted")
        return _Job(link, odoo, Patch(link.google_id, body, link.etag), line)

    def _bring_back(self, link: Link, odoo: OdooEvent) -> _Job:
        """A cancelled occurrence that Odoo wants: Google confirms it anew."""
        table = own_directions(link, odoo, link.guard)
        names = [n for n, way in table.items() if way in TO_GOOGLE]
        body = patch_body(odoo.values, names, time_zone=self._zone(link))
        call = Patch(link.google_id, {**body, "status": "confirmed"}, link.etag)
        return _Job(link, odoo, call, _line("create", link, odoo))

    def _patch(self, link: Link, odoo: OdooEvent, names: list[str]) -> _Job:
        line = _line("update", link, odoo)
        if odoo.series is not None and "recurrence" in names:
            # Google wants the zone that the start of a series is in.
            names = [*names, "period"] if link.kind is Kind.SINGLE else names
        fresh = self._fresh.get(link.google_id)
        if fresh is not None and fresh.etag != link.etag:
            fresh = None
        listed = fresh is None and {"reminders", "guests"} & set(names)
        if link.id in self._reread or listed:
            # Google replaces lists whole: what it holds beside ours is read first.
            return _Job(link, odoo, Get(link.google_id), line)
        body = patch_body(
            odoo.values,
            names,
            time_zone=self._zone(link),
            email_reminders=fresh.email_reminders if fresh else (),
            attendees=guest_list(odoo.values.guests, fresh, _agreed_guests(link)),
        )
        line = replace(
            line,
            before=changes(link.base, dict.fromkeys(names)),
            after=changes(odoo.values, dict.fromkeys(names)),
            archive=link.base,
        )
        job = _Job(link, odoo, Patch(link.google_id, body, link.etag), line)
        told = mails_of(odoo.values, names, self.settings.now) if odoo.invites else 0
        return self._posted(job, told)

    def _posted(self, job: _Job, mails: int) -> _Job:
        """The job with its mails; a job whose mails may not go yet is given up."""
        assert isinstance(job.call, (Insert, Patch))
        verdict = self.postage.verdict(job.link, mails) if mails else "quiet"
        if verdict == WAIT:
            self._tries[job.link.id] = _ENOUGH
            return replace(job, waits=True)
        return replace(job, call=replace(job.call, notify=verdict == "mail"))

    def _put_back(self, link: Link, odoo: OdooEvent, values: Mapping[str, Any]) -> Step:
        """Google would refuse our change: its value stands, and the journal says so."""
        line = replace(
            _line("put_back", link, odoo),
            side="odoo",
            before=changes(odoo.values, values),
            after=dict(values),
            reason=link.guard,
            archive=odoo.values,
        )
        # A series' rows are compared next, with what it says now.
        after = replace(_clean(link), dirty=odoo.series is not None)
        return self._written_back(Step(after, None, (line,)), odoo, values)

    def _written_back(
        self, step: Step, odoo: OdooEvent, values: Mapping[str, Any]
    ) -> Step:
        """The step writing these values in Odoo, row by row in a series."""
        if odoo.series is None and not values.get("recurrence"):
            return replace(step, write=UpdateEvent(odoo.event_id, values))
        children = self.store.children([step.link]).get(step.link.id, {})
        write, span = changed(odoo, values, self.settings.window, children)
        return replace(step, link=as_written(step.link, write, span), write=write)

    def _resolved(self, link: Link, odoo: OdooEvent, answer: Answer) -> Step:
        """Decided: Google's choices are written in Odoo, Odoo's are pushed next."""
        assert link.base is not None
        taken = {
            name: value
            for name, value in link.contested.items()
            if answer.choices.get(name) == "google"
        }
        after = replace(
            link, base=link.base.with_(link.contested), contested={}, dirty=True
        )
        if not taken:
            return Step(after)
        line = replace(
            _line("update", link, odoo),
            side="odoo",
            before=changes(odoo.values, taken),
            after=taken,
            archive=odoo.values,
        )
        return self._written_back(Step(after, None, (line,)), odoo, taken)

    # -- the outcome -----------------------------------------------------------

    def _conclude(self, jobs: Sequence[_Job], replies: Sequence[Reply]) -> None:
        steps, found = [], []
        for job, reply in zip(jobs, replies, strict=True):
            if isinstance(job.call, Get) and reply.verdict is Verdict.DONE:
                found.append((job, reply))
            else:
                steps += self._outcome(job, reply)
        self.settler.apply(steps)
        self._look_again(found)
        raise_unanswered(self.store, replies)

    def _outcome(self, job: _Job, reply: Reply) -> list[Step]:
        link = job.link
        match reply.verdict:
            case Verdict.DONE:
                return self._acknowledged(job, reply)
            case Verdict.STALE | Verdict.TAKEN:
                self._reread.add(link.id)
            case Verdict.GONE if isinstance(job.call, Get):
                return [self._missing(link)]
            case Verdict.GONE:
                self._reread.add(link.id)
            case Verdict.REFUSED if self._may_drop_zone(link, reply):
                self._zoneless.add(link.id)
            case Verdict.REFUSED:
                return [_refused(job, reply)]
        return []

    def _zone(self, link: Link) -> str:
        """The zone to name for a time that has none of its own."""
        return "UTC" if link.id in self._zoneless else self.settings.time_zone

    def _may_drop_zone(self, link: Link, reply: Reply) -> bool:
        """Google does not know the zone: once, the same instants are sent in UTC."""
        unknown = "time zone definition" in reply.message.lower()
        return unknown and link.id not in self._zoneless

    def _acknowledged(self, job: _Job, reply: Reply) -> list[Step]:
        assert reply.resource is not None
        event = self.settler.read(reply.resource)
        whole = job.odoo is not None and job.odoo.series is not None
        was_series = job.link.kind is Kind.SERIES and job.link.base is not None
        link = replace(
            _clean(job.link),
            # A series' rows are compared once Google holds what they stand on.
            dirty=whole,
            edited_at=job.link.edited_at if whole else None,
            kind=Kind(event.kind),
            state=LinkState.LINKED,
            etag=event.etag,
            ical_uid=event.ical_uid,
            base=_as_agreed(event.values, job.link),
            guard=event.guard,
            guest=event.is_guest,
            told=_told(job, event.values),
            span=job.odoo.series.span if job.odoo and job.odoo.series else None,
        )
        steps = [Step(link, None, (job.line,))]
        if was_series and link.base is not None:
            children = self.store.children([job.link]).get(link.id, {})
            steps += after_change(link, job.link.base, link.base, children, ours=True)
        return steps

    def _missing(self, link: Link) -> Step:
        """404: never got there, or gone without a trace; then a person decides."""
        if link.kind is Kind.OCCURRENCE:
            return Step(as_void(link))
        if link.state is LinkState.SENDING:
            if link.event_id:
                return Step(replace(link, state=LinkState.NEW, dirty=True))
            return Step(replace(_clean(link), state=LinkState.DELETED))
        self.store.ask([missing_question(link)])
        return Step(
            replace(_clean(link), state=LinkState.HELD, problem="missing"),
        )

    def _look_again(self, found: Sequence[tuple[_Job, Reply]]) -> None:
        """Events read anew: merged like a pull; the next batch writes what is left."""
        steps = []
        for job, reply in found:
            assert reply.resource is not None
            self._reread.discard(job.link.id)
            event = self.settler.read(reply.resource)
            if job.link.guest and job.link.state is LinkState.NEW:
                steps.append(self._invited_again(job.link, event))
                continue
            if job.link.kind is Kind.OCCURRENCE and job.link.state is LinkState.NEW:
                state = LinkState.NEW if event.gone else LinkState.LINKED
                etag = event.etag if event.gone else ""
                steps.append(Step(replace(job.link, state=state, etag=etag)))
                continue
            if job.link.state is LinkState.SENDING and not is_ours(event, job.link):
                steps.append(self._not_ours(job))
                continue
            self._fresh[event.google_id] = event
            self.settler.settle([reply.resource])
        self.settler.apply(steps)

    def _invited_again(self, link: Link, event: GoogleEvent) -> Step:
        """What the answer goes to; an invitation that was withdrawn is over."""
        if event.gone:
            return Step(replace(link, guest=False, state=LinkState.DELETED, dirty=True))
        self._fresh[event.google_id] = event
        return Step(replace(link, etag=event.etag))

    def _not_ours(self, job: _Job) -> Step:
        """The id is taken by a deleted or foreign event: another id, or nothing."""
        if job.odoo is not None and job.odoo.mine:
            return Step(self.renewed(job.link))
        return Step(replace(_clean(job.link), state=LinkState.DELETED))


def _intent(job: _Job) -> Link:
    """The link as it must be committed before the call."""
    if isinstance(job.call, Insert):
        # Of several tries nobody knows which one arrived: the first counts.
        said = job.link.told or (first_told(job.odoo) if job.odoo else {})
        return replace(job.link, state=LinkState.SENDING, told=said)
    if isinstance(job.call, Patch):
        return replace(job.link, sent={**job.link.sent, **job.line.after})
    return job.link


def _as_agreed(values: EventValues | None, link: Link) -> EventValues | None:
    """The new base: what Google holds now, but for fields still contested."""
    if values is None or link.base is None:
        return values or link.base
    return values.with_({name: link.base.get(name) for name in link.contested})


def _told(job: _Job, google: EventValues | None) -> Mapping[str, Any]:
    if job.odoo is None:
        return job.link.told
    if isinstance(job.call, Insert):
        return first_told(job.odoo)
    return told(job.link, job.odoo, google, written=job.line.after)


def _compared(link: Link, odoo: OdooEvent | None) -> Link:
    """Nothing to write; what Odoo says is said."""
    if odoo is None or link.state is not LinkState.LINKED:
        return _clean(link)
    return replace(_clean(link), told=told(link, odoo, link.base))


def _agreed_guests(link: Link) -> tuple[str, ...]:
    return link.base.guests if link.base else ()


def _clean(link: Link) -> Link:
    return replace(link, dirty=False, edited_at=None, problem="", sent={})


def _line(action: str, link: Link, odoo: OdooEvent) -> Line:
    return Line(
        action,
        "google",
        odoo.event_id,
        link.google_id,
        odoo.values.title,
        private=odoo.values.private,
    )


#: Google's reasons for refusing every change of an event, as the link's guard.
_GUARDS = {
    "forbiddenForNonOrganizer": "not_organizer",
    "requiredAccessLevel": "read_only_calendar",
    "eventTypeRestriction": "event_type",
    "malformedWorkingLocationEvent": "event_type",
    "malformedOutOfOfficeEvent": "event_type",
    "malformedFocusTimeEvent": "event_type",
}


def _refused(job: _Job, reply: Reply) -> Step:
    """Told once; tried again when the event is edited again."""
    state = LinkState.NEW if job.link.state is LinkState.SENDING else job.link.state
    link = replace(
        _clean(job.link),
        state=state,
        guard=_GUARDS.get(reply.reason, job.link.guard),
        problem=reply.reason or "refused",
    )
    line = replace(job.line, action="error", error=reply.message, reason=reply.reason)
    return Step(link, None, (line,))
