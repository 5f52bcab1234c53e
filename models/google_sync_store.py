"""The engine's Store port on the ORM: one calendar of one account, no more.

Events are read and written as the account's user, quietly; `sudo` is for the addon's
own tables only. What the engine decides is not decided here again.
"""

import logging
import uuid

import psycopg2

from odoo import Command, fields
from odoo.fields import Domain
from odoo.tools import SQL

from ..sync.store import (
    Candidate,
    CreateEvent,
    LinkState,
    OdooEvent,
    RemoveEvent,
    UpdateEvent,
)
from .google_sync_journal import journal_vals

_logger = logging.getLogger(__name__)

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
_PUSHABLE = ("new", "sending", "linked", "deleted", "dropped")


class OrmStore:
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
        }
        self.user = user
        self.events = (
            account.env["calendar.event"].with_user(user).sudo(False)
        ).with_context(context)
        self.link_model = account.env["google.sync.event.link"].sudo()

    # -- where the pull stands ---------------------------------------------------------

    def cursor(self):
        return self.calendar._to_cursor()

    def save_cursor(self, cursor):
        self.calendar._save_cursor(cursor)

    def new_google_id(self):
        return uuid.uuid4().hex

    # -- observing ---------------------------------------------------------------------

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
        )

    # -- adoption ----------------------------------------------------------------------

    def candidates(self, events):
        taken = self._linked_events()
        found = {}
        for sort in (self._by_detached, self._by_uid, self._by_marker, self._by_match):
            left = [event for event in events if event.google_id not in found]
            found.update(sort(left, taken) if left else {})
        return found

    def _linked_events(self):
        rows = self._search(
            [("event_id", "!=", False), ("state", "not in", ("deleted", "detached"))]
        )
        return set(rows.event_id.ids)

    def _candidate(self, event_id, how, taken):
        if event_id in taken:
            return None
        odoo = self._observe({event_id: ""}).get(event_id)
        return Candidate(odoo, how) if odoo and odoo.alive else None

    def _by_detached(self, events, taken):
        rows = self._search(
            [
                ("google_id", "in", [event.google_id for event in events]),
                ("state", "=", "detached"),
            ]
        )
        return self._first(
            {row.google_id: [row.event_id.id] for row in rows}, "detached", taken
        )

    def _by_uid(self, events, taken):
        """The same event in a colleague's calendar: one Odoo event, several links."""
        rows = self.link_model.search(
            [
                ("ical_uid", "in", [e.ical_uid for e in events if e.ical_uid]),
                ("calendar_id", "!=", self.calendar.id),
                ("event_id", "!=", False),
            ]
        )
        by_uid = {row.ical_uid: row.event_id.id for row in rows}
        wanted = {
            event.google_id: [by_uid[event.ical_uid]]
            for event in events
            if event.ical_uid in by_uid
        }
        return self._first(wanted, "uid", taken)

    def _by_marker(self, events, taken):
        marked = {
            event.google_id: [event.marker.event_id]
            for event in events
            if event.marker and event.marker.google_id == event.google_id
        }
        found = self._first(marked, "marker", taken)
        return {
            event.google_id: found[event.google_id]
            for event in events
            if event.google_id in found
            and found[event.google_id][0].odoo.created == event.marker.created
        }

    def _first(self, wanted, how, taken):
        found = {}
        for google_id, event_ids in wanted.items():
            candidate = self._candidate(event_ids[0], how, taken)
            if candidate:
                found[google_id] = [candidate]
        return found

    def _by_match(self, events, taken):
        """Same title and period, in the user's agenda, not linked yet."""
        starts = {self._start_of(event.values.period) for event in events}
        timed = Domain("allday", "=", False) & Domain("start", "in", list(starts))
        days = Domain("allday", "=", True) & Domain("start_date", "in", list(starts))
        near = self.events.search(self._agenda() & (timed | days))
        free = [event_id for event_id in near.ids if event_id not in taken]
        odoo = self._observe(dict.fromkeys(free, ""))
        by_key = {}
        for event in odoo.values():
            if event.mine and not event.left_alone:
                key = (event.values.title, event.values.period)
                by_key.setdefault(key, []).append(Candidate(event, "match"))
        keys = {e.google_id: (e.values.title, e.values.period) for e in events}
        return {
            google_id: by_key[key] for google_id, key in keys.items() if key in by_key
        }

    @staticmethod
    def _start_of(period):
        return period.start if period.all_day else period.start.replace(tzinfo=None)

    def _agenda(self):
        partner = self.user.partner_id
        return Domain("partner_ids", "in", partner.ids) & Domain("active", "=", True)

    # -- applying ----------------------------------------------------------------------

    def apply(self, steps):
        """All in one savepoint; if anything fails, each in its own, to find which."""
        if not steps:
            return []
        try:
            with self.account.env.cr.savepoint():
                self._apply_all(steps)
        except psycopg2.OperationalError:
            raise
        except Exception:  # pylint: disable=broad-except # noqa: BLE001
            return [self._apply_one(step) for step in steps]
        return [""] * len(steps)

    def _apply_one(self, step):
        """"" or why it failed; the edge where one bad record stops being fatal."""
        try:
            with self.account.env.cr.savepoint():
                self._apply_all([step])
        except psycopg2.OperationalError:
            raise
        except Exception as error:  # pylint: disable=broad-except # noqa: BLE001
            _logger.info(
                "Account %s: Google event %s not applied",
                self.account.id,
                step.link.google_id,
                exc_info=True,
            )
            return str(error) or type(error).__name__
        return ""

    def _apply_all(self, steps):
        created = self._create_events(
            [s.write for s in steps if isinstance(s.write, CreateEvent)]
        )
        links, lines = [], []
        for step in steps:
            event_id = step.link.event_id
            match step.write:
                case CreateEvent():
                    event_id = next(created)
                case UpdateEvent():
                    self._update(step.write)
                case RemoveEvent(decline=decline):
                    self._remove(step.write)
                    event_id = event_id if decline else 0
            links.append((step.link, event_id))
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
        vals = [self._create_vals(write) for write in writes]
        return iter(self.events.create(vals).ids if vals else [])

    def _create_vals(self, write):
        return {
            **self.events._google_sync_vals(write.values.as_dict()),
            "user_id": self._organizer(write.google),
            "partner_ids": [Command.set(self.user.partner_id.ids)],
        }

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

    # -- what is to be pushed ------------------------------------------------------------

    def collect_edits(self, *, new):
        """See the port. A pull takes the rows of linked events only."""
        condition = SQL("TRUE")
        if not new:
            condition = SQL(
                "(link_id <> 0 OR EXISTS (SELECT 1 FROM google_sync_event_link link"
                " WHERE link.calendar_id = %s AND link.event_id = pending.event_id))",
                self.calendar.id,
            )
        rows = self.account.env["google.sync.pending"]._take(self.account, condition)
        latest = {}
        for event_id, link_id, edited_at in rows:
            key = (event_id, link_id)
            latest[key] = max(edited_at, latest.get(key, edited_at))
        if latest:
            self._mark_edited(latest)

    def _mark_edited(self, latest):
        event_ids = [event_id for event_id, _link in latest if event_id]
        link_ids = [link_id for _event, link_id in latest if link_id]
        rows = self._search(
            Domain("event_id", "in", event_ids) | Domain("id", "in", link_ids)
        )
        for row in rows:
            when = latest.get((row.event_id.id, 0)) or latest.get((0, row.id))
            edited = max(filter(None, (when, row.edited_at)), default=False)
            row.write({"dirty": True, "edited_at": edited})
        unlinked = set(event_ids) - set(rows.event_id.ids)
        new = self.events.search(
            self._enrollable(self.window) & Domain("id", "in", list(unlinked))
        )
        self._new_links(new, {e: at for (e, _link), at in latest.items()})

    def enroll(self, window, limit):
        events = self.events.search(self._enrollable(window), limit=limit, order="id")
        self._new_links(events, {})
        return len(events)

    def _enrollable(self, window):
        """Of the agenda, touching the window, not declined, single, not linked."""
        start, end = window.start.replace(tzinfo=None), window.end.replace(tzinfo=None)
        timed = (
            Domain("allday", "=", False)
            & Domain("start", "<", end)
            & Domain("stop", ">=", start)
        )
        days = (
            Domain("allday", "=", True)
            & Domain("start_date", "<=", window.last)
            & Domain("stop_date", ">=", window.first)
        )
        linked = SQL(
            "(SELECT event_id FROM google_sync_event_link"
            " WHERE calendar_id = %s AND event_id IS NOT NULL)",
            self.calendar.id,
        )
        declined = SQL(
            "(SELECT event_id FROM calendar_attendee"
            " WHERE partner_id = %s AND state = 'declined')",
            self.user.partner_id.id,
        )
        self.account.env.flush_all()
        return (
            self._agenda()
            & (timed | days)
            & Domain("recurrency", "=", False)
            & Domain("id", "not in", linked)
            & Domain("id", "not in", declined)
            & Domain("id", "not in", self._asked_about())
        )

    def _asked_about(self):
        """Events that may be one of Google's: not pushed before the answer."""
        decisions = self.account.env["google.sync.decision"].sudo()
        waiting = decisions.search(
            [
                ("calendar_id", "=", self.calendar.id),
                ("kind", "=", "adoption"),
                ("state", "=", "open"),
            ]
        )
        return waiting.candidate_ids.ids

    def _new_links(self, events, edited):
        self.link_model.create(
            [
                {
                    "calendar_id": self.calendar.id,
                    "event_id": event.id,
                    "google_id": self.new_google_id(),
                    "state": LinkState.NEW.value,
                    "dirty": True,
                    "edited_at": edited.get(event.id, False),
                }
                for event in events
            ]
        )

    def dirty(self, limit, skip):
        deleted = Domain("state", "=", "linked") & Domain("event_id", "=", False)
        rows = self._search(
            Domain("state", "in", _PUSHABLE)
            & (Domain("dirty", "=", True) | deleted)
            & Domain("id", "not in", list(skip)),
            limit=limit,
            order="edited_at, id",
        )
        return [row._to_link() for row in rows]

    def mark_all_dirty(self):
        self._search([("state", "=", "linked")]).write({"dirty": True})

    def in_state(self, state, limit):
        domain = [("state", "=", state.value), ("problem", "=", False)]
        return [row._to_link() for row in self._search(domain, limit=limit)]

    def count(self, state):
        domain = [
            ("calendar_id", "=", self.calendar.id),
            ("state", "=", state.value),
            ("problem", "=", False),
        ]
        return self.link_model.search_count(domain)

    # -- full listings -------------------------------------------------------------------

    def unseen(self, number, limit):
        domain = [("state", "=", "linked"), ("seen", "<", number)]
        return [row._to_link() for row in self._search(domain, limit=limit)]

    def see(self, google_ids, number):
        self._search([("google_id", "in", list(google_ids))]).write({"seen": number})

    def to_retry(self, limit):
        domain = [("state", "=", "quarantined"), ("dirty", "=", True)]
        return [row._to_link() for row in self._search(domain, limit=limit)]

    def ask(self, questions):
        decisions = self.account.env["google.sync.decision"].sudo()
        return decisions._ask(self.calendar, questions)


