"""The engine's Store port on the ORM: one calendar of one account, no more.

Events are read and written as the account's user, quietly; where `sudo` is said, what
nobody reads is looked up: whether there is one, who is invited, who organises. What the
engine decides is not decided here again.
"""

import uuid
from dataclasses import replace
from functools import cached_property

from odoo import fields
from odoo.fields import Domain
from odoo.tools import SQL

from ....sync.events.colours import LABEL, SAME
from ....sync.events.links import Kind, LinkState, OdooEvent
from ....sync.events.steps import CreateEvent, RemoveEvent, UpdateEvent, WriteSeries
from ...journal.words import journal_vals
from ...tools.context import Said
from ...tools.edge import engine_rows
from ...tools.quiet import QUIET
from ...tools.steps import StepByStep
from .adoption import Adoption
from .busy import unless_idle
from .filters import Filters
from .guests import Guests
from .leading import Leading
from .limit import Limit
from .orphans import Orphans
from .places import Places
from .privacy import Privacy
from .queue import Queue
from .series import Series
from .series_links import SeriesLinks
from .series_write import SeriesWrites
from .shared import Shared


class OrmStore(
    StepByStep,
    Adoption,
    Queue,
    Series,
    SeriesLinks,
    SeriesWrites,
    Orphans,
    Places,
    Shared,
    Filters,
    Guests,
    Leading,
    Limit,
    Privacy,
):
    """Store of one run.

    account: as superuser, and with it links and questions; events are read and written
    as its user. window: bounds new links. checkpoint: the one commit. lines: values of
    the journal lines written so far.
    """

    def __init__(self, account, calendar, run, window, checkpoint):
        # What is written is computed on by whatever searches next: quietly too.
        self.account = account = account.with_context(**QUIET)
        self.calendar = calendar
        self.run = run
        self.window = window
        self.checkpoint = checkpoint
        self.lines = []
        #: `Busy` of a run on several calendars; None: whatever is asked is looked for.
        self.busy = None
        user = account.user_id
        context = {
            **QUIET,
            "lang": user.lang,
            "tz": user.tz,
            "active_test": False,
            "allowed_company_ids": user.company_ids.ids,
            "google_sync_account_id": Said(account.id),
        }
        self.with_colors = account.transfer_colors
        self.silent = frozenset() if self.with_colors else frozenset({"color"})
        self.ways = account._event_ways()
        self.with_series = account.sync_series
        self.invites = account.distribution == "invitation"
        self.user = user
        self.events = (
            account.env["calendar.event"].with_user(user).sudo(False)
        ).with_context(**context)
        self.link_model = account.env["google.sync.event.link"]

    # -- where the pull stands -------------------------------------------------

    def cursor(self):
        return self.calendar._to_cursor()

    def save_cursor(self, cursor):
        self.calendar._save_cursor(cursor)

    def new_google_id(self):
        return uuid.uuid4().hex

    # -- observing -------------------------------------------------------------

    def links(self, google_ids):
        rows = self._search([("google_id", "in", list(google_ids))])
        return {link.google_id: link for link in rows._to_links()}

    def _search(self, domain, **options):
        mine = [("calendar_id", "=", self.calendar.id)]
        return self.link_model.search(Domain.AND([mine, domain]), **options)

    def _wanted(self):
        """The links that a run looks at: series are left alone when switched off."""
        return Domain.TRUE if self.with_series else Domain("kind", "=", "single")

    def observe(self, links, *, anybodys=False):
        """See the port. anybodys: what the user does not take part in too, unmasked."""
        found = self.events.browse({x.event_id for x in links}).exists()
        if anybodys:
            found.invalidate_recordset()
            # sudo: where all of an event is wanted, see above.
            found = found.sudo()
        events = {event.id: event for event in found}
        declined = self._declined(found)
        linked = self._linked_among(found.recurrence_id)
        here = [link for link in links if link.event_id in events]
        strayed = self._strayed(here, events) | self._anothers(here, events)
        whole, single = [], {}
        for link in here:
            event = events[link.event_id]
            if link.id in strayed:
                continue
            if self._is_whole(link, event, linked):
                whole.append(link)
                continue
            single[event.id] = self._odoo_event(
                event,
                self._values_beside(event, link.base),
                declined=event.id in declined,
            )
        series = self._observe_series(whole, events, anybodys=anybodys)
        seen = self._with_leaders({**single, **series}, here)
        seen = self._with_invited(seen, here, events)
        seen = self._with_departures(seen, here)
        if anybodys:
            # The cache does not know who may see what.
            found.invalidate_recordset()
        return seen

    def _declined(self, events):
        """Ids of those of these events that the user declined."""
        attendees = self.account.env["calendar.attendee"]
        domain = [
            ("event_id", "in", events.ids),
            ("partner_id", "=", self.user.partner_id.id),
            ("state", "=", "declined"),
        ]
        return set(attendees.search(domain).event_id.ids)

    def _declined_ids(self):
        """SQL: the events that the user declined."""
        self.account.env["calendar.attendee"].flush_model(["state", "partner_id"])
        return SQL(
            "(SELECT event_id FROM calendar_attendee"
            " WHERE partner_id = %s AND state = 'declined')",
            self.user.partner_id.id,
        )

    def _values_beside(self, event, base):
        """The event's values; what Odoo does not say of it is as both agreed."""
        time_zone = base.time_zone if base else ""
        values = event._google_sync_values(time_zone, colors=self.with_colors)
        return self._as_agreed(event, values, base)

    def _odoo_event(self, event, values, *, declined):
        partner = self.user.partner_id
        takes_part = partner in event.partner_ids
        in_series = event.recurrency or event.recurrence_id
        return OdooEvent(
            event.id,
            values,
            alive=event.active,
            mine=event.active and takes_part and not declined,
            organizer=event.user_id == self.user,
            sole=self._is_sole(event, partner),
            left_alone="series" if in_series and not self.with_series else "",
            created=fields.Datetime.to_string(event.create_date),
            silent=self.silent,
            ways=self.ways,
            invites=self.invites and event.user_id == self.user,
            private_by_default=self._is_private_by_default(event),
            unanswered=self._is_unanswered(event, partner),
            mode=self.calendar.mode if self.calendar.mode != "off" else "both",
        )

    @staticmethod
    def _is_sole(event, partners):
        """No other of Odoo's own people takes part, or all others declined."""
        others = event.attendee_ids.filtered(
            lambda attendee: (
                attendee.partner_id not in partners and attendee.state != "declined"
            )
        )
        # sudo: whether somebody is a user is not for everybody to read.
        return not others.partner_id.sudo().main_user_id.filtered(
            lambda user: not user.share
        )

    # -- applying --------------------------------------------------------------

    def _name_of(self, step):
        return f"Google event {step.link.google_id}"

    def _apply_all(self, steps):
        created = self._create_all(steps)
        saves, lines = [], []
        for number, step in enumerate(steps):
            link, event_id = step.link, step.link.event_id
            match step.write:
                case CreateEvent():
                    event_id, rows = created[number]
                    saves += rows
                    link = replace(
                        link, told={**step.write.told, **self._told(step.write)}
                    )
                case UpdateEvent():
                    self._update(step.write, link)
                case WriteSeries():
                    event_id, rows = self._write_series(step.write, link)
                    saves += rows
                case RemoveEvent(decline=decline):
                    self._remove(step.write, link.kind)
                    event_id = event_id if decline else 0
            saves.append((link, event_id))
            lines += [
                {
                    **journal_vals(self.run, self._hidden(self._named(line)), event_id),
                    "kind": link.kind.value,
                    "calendar_id": self.calendar.id,
                }
                for line in step.lines
            ]
        # What an undo puts back goes to Google: that is not where it came from.
        made = {
            s.link.google_id
            for s in steps
            if isinstance(s.write, CreateEvent) and s.link.state is not LinkState.NEW
        }
        self._grow_busy(self.calendar)
        self._save_links(saves, made)
        engine_rows(self.account.env, "google.sync.run.line").create(lines)
        self.lines += lines
        self.account.env.flush_all()

    def _save_links(self, saves, made=frozenset()):
        """Store (link, event id) in order; a bare id of a link gets the event only.

        made: Google ids of the events that are new in Odoo.
        """
        links = iter(
            self._with_own_id([x for x, _e in saves if not isinstance(x, int)])
        )
        saves = [(x if isinstance(x, int) else next(links), e) for x, e in saves]
        self._come_here([x for x, _event in saves if not isinstance(x, int)])
        events = self.events.browse({event_id for _link, event_id in saves} - {0})
        events = {event.id: event for event in events.exists()}
        archived = self._archived_rows([link for link, event in saves if not event])
        new, left = [], self.events.browse()
        for link, event_id in saves:
            event = events.get(event_id, self.events)
            if isinstance(link, int):
                self.link_model.browse(link).event_id = event
                continue
            vals = {**self.link_model._from_link(link), "event_id": event.id}
            if link.google_id in made:
                vals["only_google"] = True
            if link.kind is Kind.SERIES:
                vals["recurrence_id"] = event.recurrence_id.id
            elif link.kind is Kind.OCCURRENCE and not event:
                vals["event_id"] = archived.get(id(link), False)
            if link.id:
                row = self.link_model.browse(link.id)
                if link.kind is Kind.OCCURRENCE and row.event_id.id != vals["event_id"]:
                    left += row.event_id
                row.write(vals)
            else:
                new.append({**vals, "calendar_id": self.calendar.id})
        self.link_model.create(new)
        self._leave_rows(left)

    @cached_property
    def _types(self):
        """{colour: type} that events made in Google are given."""
        types = self.account.env["calendar.event.type"]
        return types._google_sync_by_colour() if self.account.types_from_colors else {}

    def _told(self, write):
        if "color" in self.silent:
            return {}
        color = (write.values.color or "").removeprefix(LABEL)
        return {"color": SAME + color if color in self._types else ""}

    def _organizer(self, google):
        if google.owner_self:
            return self.user
        address = google.owner_email.lower()
        partner = self._users_at({address} - {""}).get(
            address, self.user.partner_id[:0]
        )
        # sudo: a colleague's user record is not for everybody.
        return partner.sudo().main_user_id

    def _update(self, write, link):
        event = self.events.browse(write.event_id)
        vals = event._google_sync_vals(write.changes)
        if write.revive:
            vals["active"] = True
        if write.join:
            self._join(event, again=write.revive)
        people = []
        if "guests" in write.changes:
            people = self._guest_commands(link, write.changes["guests"])
        if people:
            vals["partner_ids"] = people
        if vals:
            event.write(vals)
        self._note_answers(event, write.answers, anew=write.anew)

    def _remove(self, write, kind):
        event = self.events.browse(write.event_id)
        recurrence = event.recurrence_id
        whole = kind is Kind.SERIES and recurrence
        rows = recurrence.calendar_event_ids.filtered("active") if whole else event
        if write.decline:
            mine = rows.attendee_ids.filtered(
                lambda attendee: attendee.partner_id == self.user.partner_id
            )
            mine.write({"state": "declined"})
            return
        if whole:
            # Rows with a link of their own are events of their own.
            alone = rows.browse(self._alone({recurrence.id: rows}))
            alone.write({"recurrence_id": False, "recurrency": False})
            recurrence.unlink()
            rows -= alone
        rows.unlink()

    def _grow_busy(self, places):
        """Links of these calendars were written."""
        if self.busy is not None:
            self.busy.add(places)

    # -- full listings ---------------------------------------------------------

    def unseen(self, number, limit):
        linked = Domain("state", "=", "linked")
        domain = (linked | self._detached_here()) & Domain("seen", "<", number)
        return self._search(self._wanted() & domain, limit=limit)._to_links()

    def _detached_here(self):
        """Cut by a reset, in the period: Google is asked for those it does not list."""
        here = self._in_window(self.window)
        rows = Domain("recurrence_id.calendar_event_ids", "any", here)
        return Domain("state", "=", "detached") & (
            Domain("event_id", "any", here) | rows
        )

    def see(self, google_ids, number):
        self._search([("google_id", "in", list(google_ids))]).write({"seen": number})

    @unless_idle(list)
    def to_retry(self, limit):
        domain = [("state", "=", "quarantined"), ("dirty", "=", True)]
        rows = self._search(domain, limit=limit)
        if self.colleagues:
            rows = (rows | self._no_more_awaited())[:limit]
        return rows._to_links()

    def close(self, google_ids):
        decisions = self.account.env["google.sync.decision"]
        decisions._close(self.account, google_ids)

    def ask(self, questions):
        decisions = self.account.env["google.sync.decision"]
        return decisions._ask(self.calendar, [self._hidden(q) for q in questions])
