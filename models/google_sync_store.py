"""The engine's Store port on the ORM: one calendar of one account, no more.

Events are read and written as the account's user, quietly; `sudo` is for the addon's
own tables only. What the engine decides is not decided here again.
"""

import uuid
from dataclasses import replace
from functools import cached_property

from odoo import Command, fields
from odoo.fields import Domain

from ..sync.colours import LABEL
from ..sync.store import (
    CreateEvent,
    OdooEvent,
    RemoveEvent,
    UpdateEvent,
)
from .google_sync_journal import journal_vals
from .google_sync_store_adoption import Adoption
from .google_sync_store_limit import Limit
from .google_sync_store_queue import Queue
from .google_sync_store_steps import StepByStep

#: Context that keeps Odoo from mailing, following, logging and alarming anybody.
QUIET = {
    "no_mail_to_attendees": True,
    "skip_attendee_notification": True,
    "dont_notify": True,
    "skip_contact_description": True,
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "no_calendar_sync": True,
}


class OrmStore(StepByStep, Adoption, Queue, Limit):
    """Store of one run.

    window: bounds new links. checkpoint: the one commit. lines: values of the journal
    lines written so far.
    """

    def __init__(self, account, calendar, run, window, checkpoint):
        self.account = account
        self.calendar = calendar
        self.run = run
        self.window = window
        self.checkpoint = checkpoint
        self.lines = []
        user = account.user_id
        context = {
            **QUIET,
            "lang": user.lang,
            "tz": user.tz,
            "active_test": False,
            "allowed_company_ids": user.company_ids.ids,
            "google_sync_account_id": account.id,
            "google_sync_colors": account.transfer_colors,
        }
        self.silent = frozenset() if account.transfer_colors else frozenset({"color"})
        self.user = user
        self.events = (
            account.env["calendar.event"].with_user(user).sudo(False)
        ).with_context(**context)
        self.link_model = account.env["google.sync.event.link"].sudo()

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
        return {row.google_id: row._to_link() for row in rows}

    def _search(self, domain, **options):
        mine = [("calendar_id", "=", self.calendar.id)]
        return self.link_model.search(Domain.AND([mine, domain]), **options)

    def observe(self, links):
        zones = {x.event_id: x.base.time_zone if x.base else "" for x in links}
        return self._observe(zones)

    def _observe(self, zones):
        """OdooEvent by event id; `zones`: what each event's link remembers."""
        events = self.events.browse(zones).exists()
        declined = self._declined(events)
        return {
            event.id: self._odoo_event(event, zones[event.id], event in declined)
            for event in events
        }

    def _declined(self, events):
        attendees = self.account.env["calendar.attendee"].sudo()
        domain = [
            ("event_id", "in", events.ids),
            ("partner_id", "=", self.user.partner_id.id),
            ("state", "=", "declined"),
        ]
        return events.browse(attendees.search(domain).event_id.ids)

    def _odoo_event(self, event, time_zone, declined):
        partner = self.user.partner_id
        takes_part = partner in event.partner_ids
        return OdooEvent(
            event.id,
            event._google_sync_values(time_zone),
            alive=event.active,
            mine=event.active and takes_part and not declined,
            organizer=event.user_id == self.user,
            sole=event.partner_ids <= partner,
            left_alone="series" if event.recurrency or event.recurrence_id else "",
            created=fields.Datetime.to_string(event.create_date),
            silent=self.silent,
        )

    # -- applying --------------------------------------------------------------

    def _name_of(self, step):
        return f"Google event {step.link.google_id}"

    def _apply_all(self, steps):
        created = self._create_events(
            [s.write for s in steps if isinstance(s.write, CreateEvent)]
        )
        links, lines = [], []
        for step in steps:
            link, event_id = step.link, step.link.event_id
            match step.write:
                case CreateEvent():
                    event_id = next(created)
                    link = replace(link, told=self._told(step.write))
                case UpdateEvent():
                    self._update(step.write)
                case RemoveEvent(decline=decline):
                    self._remove(step.write)
                    event_id = event_id if decline else 0
            links.append((link, event_id))
            lines += [journal_vals(self.run, line, event_id) for line in step.lines]
        self._save_links(links)
        self.account.env["google.sync.run.line"].sudo().create(lines)
        self.lines += lines
        self.account.env.flush_all()

    def _save_links(self, links):
        new = []
        for link, event_id in links:
            vals = {**self.link_model._from_link(link), "event_id": event_id or False}
            if link.id:
                self.link_model.browse(link.id).write(vals)
            else:
                new.append({**vals, "calendar_id": self.calendar.id})
        self.link_model.create(new)

    def _create_events(self, writes):
        if not writes:
            return iter(())
        delays = {minutes for w in writes for minutes in w.values.reminders}
        events = self.events._google_sync_with_popups(delays)
        events = events.with_context(google_sync_types=self._types)
        return iter(events.create([self._create_vals(events, w) for w in writes]).ids)

    def _create_vals(self, events, write):
        return {
            **events._google_sync_vals(write.values.as_dict()),
            "user_id": self._organizer(write.google),
            "partner_ids": [Command.set(self.user.partner_id.ids)],
        }

    @cached_property
    def _types(self):
        """{colour: type} that events made in Google are given."""
        types = self.account.env["calendar.event.type"]
        return types._google_sync_by_colour() if self.account.types_from_colors else {}

    def _told(self, write):
        if "color" in self.silent:
            return {}
        color = (write.values.color or "").removeprefix(LABEL)
        return {"color": color if color in self._types else ""}

    def _organizer(self, google):
        if google.organizer_self:
            return self.user.id
        if not google.organizer_email:
            return False
        users = self.account.env["res.users"].sudo()
        domain = [
            ("email_normalized", "=", google.organizer_email.lower()),
            ("share", "=", False),
        ]
        return users.search(domain, limit=1).id

    def _update(self, write):
        event = self.events.browse(write.event_id)
        vals = event._google_sync_vals(write.changes)
        if write.revive:
            vals["active"] = True
        if write.join:
            vals["partner_ids"] = [Command.link(self.user.partner_id.id)]
        if vals:
            event.write(vals)

    def _remove(self, write):
        event = self.events.browse(write.event_id)
        if write.decline:
            mine = event.attendee_ids.filtered(
                lambda attendee: attendee.partner_id == self.user.partner_id
            )
            mine.write({"state": "declined"})
        else:
            event.unlink()

    # -- series ----------------------------------------------------------------

    def children(self, links):
        return {}

    def unread(self, limit, skip):
        return []

    def short_of(self, day, limit, skip):
        return []

    # -- full listings ---------------------------------------------------------

    def unseen(self, number, limit):
        linked = Domain("state", "=", "linked")
        domain = (linked | self._detached_here()) & Domain("seen", "<", number)
        return [row._to_link() for row in self._search(domain, limit=limit)]

    def _detached_here(self):
        """Cut by a reset, in the period: Google is asked for those it does not list."""
        here = self._in_window(self.window)
        return Domain("state", "=", "detached") & Domain("event_id", "any", here)

    def see(self, google_ids, number):
        self._search([("google_id", "in", list(google_ids))]).write({"seen": number})

    def to_retry(self, limit):
        domain = [("state", "=", "quarantined"), ("dirty", "=", True)]
        return [row._to_link() for row in self._search(domain, limit=limit)]

    def ask(self, questions):
        decisions = self.account.env["google.sync.decision"].sudo()
        return decisions._ask(self.calendar, questions)
