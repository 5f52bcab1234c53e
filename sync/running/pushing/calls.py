"""What the push asks of Google: one call for each link, with what it must be told.

A call is made of what was last read: Google's lists are replaced whole, so one that is
to be written is read first.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from ...events.agreeing import own_directions
from ...events.fields import TO_GOOGLE
from ...events.google_body import insert_body, patch_body, response_body
from ...events.google_event import GoogleEvent, Marker
from ...events.lines import about, changes
from ...events.links import Kind, Link, LinkState, OdooEvent
from ...events.merge import TIMES
from ...events.recurrence import rule_of
from ...events.steps import Line
from ...events.values import EventValues
from ...events.ways import kept_here
from ...events.zones import other_name
from ...ports import Call, Get, Insert, Patch, Reply
from ..run import Run
from .inviting import WAIT, Postage, guest_list, invites, mails_of

#: So many guests are left out one after the other, to find the one that is refused.
_FEW = 3


@dataclass
class Job:
    """One link on its way through a batch. waits: for a person's answer."""

    link: Link
    odoo: OdooEvent | None
    call: Call
    line: Line
    waits: bool = False


class Calls:
    """The calls of one run.

    fresh: events as just read. reread: links whose event is to be read again before it
    is written. zones: the names of zones to send instead, by link, where Google
    refused the link's own. uninvited: new guests whose addresses Google refused, by
    link. given_up: links that wait for a person.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        self.postage = Postage(run)
        self.fresh: dict[str, GoogleEvent] = {}
        self.reread: set[int] = set()
        self.zones: dict[int, str] = {}
        self.uninvited: dict[int, tuple[str, ...]] = {}
        self.given_up: set[int] = set()

    def _reachable(self, link: Link, odoo: OdooEvent) -> OdooEvent:
        """The event without the guests whom Google refused in this run."""
        out = self.uninvited.get(link.id, ())
        if not out:
            return odoo
        guests = tuple(g for g in odoo.values.guests if g not in out)
        unreachable = tuple(sorted({*odoo.unreachable, *out}))
        values = replace(odoo.values, guests=guests)
        return replace(odoo, values=values, unreachable=unreachable)

    def asked(self, job: Job) -> EventValues | None:
        """Odoo's values as they were before anybody was left out."""
        if job.odoo is None:
            return None
        values = job.odoo.values
        everybody = {*values.guests, *self.uninvited.get(job.link.id, ())}
        return replace(values, guests=tuple(sorted(everybody)))

    def may_leave_out(self, job: Job, reply: Reply) -> bool:
        """Google refuses a guest's address, not saying whose: one is left out, or all.

        Of the new ones only, one after the other as long as they are few.
        """
        asked = self.asked(job)
        if "attendee email" not in reply.message.lower() or asked is None:
            return False
        new = sorted({*asked.guests} - {*_agreed_guests(job.link)})
        out = self.uninvited.get(job.link.id, ())
        if not new or [*out] == new:
            return False
        number = new.index(out[0]) + 1 if out else 0
        few = number < min(len(new), _FEW)
        self.uninvited[job.link.id] = (new[number],) if few else tuple(new)
        return True

    def insert(self, link: Link, odoo: OdooEvent | None) -> Job:
        if odoo is not None:
            odoo = self._reachable(link, odoo)
        unsure = link.state is LinkState.SENDING and (odoo is None or not odoo.mine)
        if odoo is None or unsure or link.id in self.reread:
            # Only Google knows whether an earlier try got there, and whose id it is.
            return Job(link, odoo, Get(link.google_id), Line("create", "google"))
        if link.guest:
            return self._accept(link, odoo)
        if link.kind is Kind.OCCURRENCE:
            return self._bring_back(link, odoo)
        body = insert_body(
            self._in_known_zone(link, odoo.values),
            google_id=link.google_id,
            marker=Marker(odoo.event_id, odoo.created, link.google_id),
            marker_key=self.run.settings.marker_key,
            time_zone=self.zone(link),
            without=kept_here(odoo.ways),
        )
        names: Collection[str] = ()
        if invites(odoo):
            names = ("guests",)
            body["attendees"] = guest_list(odoo.values.guests, None, ())
        mails = mails_of(odoo.values, names, self.run.settings.now)
        line = line_of("create", link, odoo)
        return self._posted(Job(link, odoo, Insert(body), line), mails)

    def _accept(self, link: Link, odoo: OdooEvent) -> Job:
        """Declined before, wanted again: the own answer says so, in Google too."""
        line = replace(line_of("update", link, odoo), reason="accepted")
        fresh = self.fresh.get(link.google_id)
        if fresh is None or fresh.etag != link.etag:
            return Job(link, odoo, Get(link.google_id), line)
        body = response_body(fresh, "accepted")
        return Job(link, odoo, Patch(link.google_id, body, link.etag), line)

    def _bring_back(self, link: Link, odoo: OdooEvent) -> Job:
        """A cancelled occurrence that Odoo wants: Google confirms it anew."""
        table = own_directions(link, odoo, link.guard)
        names = [n for n, way in table.items() if way in TO_GOOGLE]
        values = self._in_known_zone(link, odoo.values)
        body = patch_body(values, names, time_zone=self.zone(link))
        call = Patch(link.google_id, {**body, "status": "confirmed"}, link.etag)
        return Job(link, odoo, call, line_of("create", link, odoo))

    def patch(self, link: Link, odoo: OdooEvent, names: list[str]) -> Job:
        odoo = self._reachable(link, odoo)
        line = line_of("update", link, odoo)
        if odoo.series is not None and "recurrence" in names:
            # Google wants the zone that the start of a series is in.
            names = [*names, "period"] if link.kind is Kind.SINGLE else names
        fresh = self.fresh.get(link.google_id)
        if fresh is not None and fresh.etag != link.etag:
            fresh = None
        worded = {"reminders", "guests"} & set(names) or _keeps_pattern(
            link, odoo, names
        )
        if link.id in self.reread or (fresh is None and worded):
            # Google replaces lists whole: what it holds beside ours is read first.
            return Job(link, odoo, Get(link.google_id), line)
        body = patch_body(
            self._in_known_zone(link, odoo.values),
            names,
            time_zone=self.zone(link),
            email_reminders=fresh.email_reminders if fresh else (),
            attendees=guest_list(odoo.values.guests, fresh, _agreed_guests(link)),
            fresh=fresh,
        )
        if _keeps_zones(link, odoo, names):
            # Google keeps a zone that is not named: a flight has two.
            for edge in (body["start"], body["end"]):
                del edge["timeZone"]
        line = replace(
            line,
            before=changes(link.base, dict.fromkeys(names)),
            after=changes(odoo.values, dict.fromkeys(names)),
            archive=link.base,
        )
        job = Job(link, odoo, Patch(link.google_id, body, link.etag), line)
        now = self.run.settings.now
        mails = mails_of(odoo.values, names, now) if odoo.invites else 0
        return self._posted(job, mails)

    def _posted(self, job: Job, mails: int) -> Job:
        """The job with its mails; a job whose mails may not go yet is given up."""
        assert isinstance(job.call, (Insert, Patch))
        verdict = self.postage.verdict(job.link, mails) if mails else "quiet"
        if verdict == WAIT:
            self.given_up.add(job.link.id)
            return replace(job, waits=True)
        return replace(job, call=replace(job.call, notify=verdict == "mail"))

    def zone(self, link: Link) -> str:
        """The zone to name for a time that has none of its own."""
        return self.zones.get(link.id, self.run.settings.time_zone)

    def _in_known_zone(self, link: Link, values: EventValues) -> EventValues:
        name = self.zones.get(link.id)
        return replace(values, time_zone=name) if name and values.time_zone else values

    def may_rename_zone(self, job: Job, reply: Reply) -> bool:
        """Google does not know the zone: another name of it is sent, then UTC."""
        if "time zone definition" not in reply.message.lower():
            return False
        link, known = job.link, self.zones.get(job.link.id)
        values = job.odoo.values if job.odoo else link.base
        asked = values.time_zone if values else ""
        asked = asked or self.run.settings.time_zone
        if known is None:
            self.zones[link.id] = other_name(asked) or "UTC"
        elif known != "UTC":
            self.zones[link.id] = "UTC"
        return known != "UTC"


def _keeps_zones(link: Link, odoo: OdooEvent, names: Collection[str]) -> bool:
    """A single timed event moves; the zones of its start and end are Google's."""
    if link.kind is not Kind.SINGLE or not link.base or odoo.series is not None:
        return False
    timed = not (link.base.period.all_day or odoo.values.period.all_day)
    return timed and "period" in names and not {"time_zone", "recurrence"} & set(names)


def _keeps_pattern(link: Link, odoo: OdooEvent, names: Collection[str]) -> bool:
    """A series gets another end or length: Google's words for its rule are to stay."""
    base = link.base
    if link.kind is not Kind.SERIES or base is None or not set(TIMES) & set(names):
        return False
    old, new = rule_of(base.recurrence), rule_of(odoo.values.recurrence)
    same = old is not None and new is not None and old.pattern == new.pattern
    return same and base.period.start == odoo.values.period.start


def _agreed_guests(link: Link) -> tuple[str, ...]:
    return link.base.guests if link.base else ()


def line_of(action: str, link: Link, odoo: OdooEvent) -> Line:
    return about(action, "google", odoo.event_id, link.google_id, odoo.values)
