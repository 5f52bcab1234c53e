"""The part of a reset that takes away in Odoo what only came from this account.

Nothing that a person made, edited or worked on in Odoo, and nothing in which others
take part. The journal holds a copy of each, to be put back from. Google is not asked.
"""

from odoo import models
from odoo.fields import Domain

from ...sync.events.agreeing import differing
from ...sync.events.links import Kind, LinkState
from ...sync.events.observed import observed
from ...sync.events.taking_away import Beside, may_be_taken_away, taken_away
from ..agenda.store.orm import OrmStore
from ..tools.edge import engine_rows

CHUNK = 100
_EDITED = Domain("edited_at", "!=", False) | Domain("dirty", "=", True)
#: Kinds of messages that people write; the others are Odoo's own notes, or another
#: program's in a colleague's name.
_WRITTEN = ("comment", "email", "email_outgoing")


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _take_away(self, run, checkpoint):
        """Calendar by calendar, some at a time; False when the time is up."""
        while calendar_ids := self.reset_todo.get("take"):
            calendar = self.env["google.sync.calendar"].browse(calendar_ids[:1])
            if not calendar.exists() or not calendar._take_away_some(run):
                self._tick_off(take=calendar_ids[1:])
            if not checkpoint():
                return False
        return True


class GoogleSyncCalendar(models.Model):
    _inherit = "google.sync.calendar"

    def _to_take_away(self):
        """Links whose event Google made in Odoo, and nobody has edited there since."""
        return Domain(
            [
                ("calendar_id", "in", self.ids),
                ("only_google", "=", True),
                ("state", "=", LinkState.LINKED.value),
                ("kind", "in", (Kind.SINGLE.value, Kind.SERIES.value)),
                ("event_id", "!=", False),
            ]
        )

    def _take_away_some(self, run):
        """Delete up to `CHUNK` events in Odoo; False when none is left to look at."""
        links = engine_rows(self.env, "google.sync.event.link")
        rows = links.search(self._to_take_away(), limit=CHUNK, order="id")
        # Looked at, whatever comes of it: the next chunk has others.
        rows.only_google = False
        account = self.account_id
        store = OrmStore(account, self, run, account._settings(run).window, None)
        known = list(zip(rows._to_links(), rows, strict=True))
        seen = observed(store, [link for link, _row in known])
        going = [
            (row, taken_away(link, seen[link.google_id]))
            for link, row in known
            if link.google_id in seen and row._may_be_taken_away(link, seen)
        ]
        problems = store.apply([step for _row, step in going])
        for (row, _step), problem in zip(going, problems, strict=True):
            if not problem:
                # In Google it stays: whoever connects again is shown it as new.
                row.unlink()
        return bool(rows)


class GoogleSyncEventLink(models.Model):
    _inherit = "google.sync.event.link"

    def _may_be_taken_away(self, link, seen):
        odoo = seen[link.google_id]
        beside = self._beside(link, odoo)
        return may_be_taken_away(link, odoo, beside, only_google=True)

    def _beside(self, link, odoo):
        """What else there is of the event, all rows of a series together."""
        self.ensure_one()
        recurrence = self.recurrence_id
        events = (recurrence.calendar_event_ids | self.event_id).with_context(
            active_test=False
        )
        owner = self.account_id.user_id
        people = events.partner_ids | events.attendee_ids.partner_id
        others = people - owner.partner_id or events.user_id - owner
        return Beside(
            others=bool(others),
            linked=bool(self._elsewhere(events, recurrence)),
            worked_on=self._is_worked_on(events),
            differing=tuple(differing(odoo, link)),
        )

    def _elsewhere(self, events, recurrence):
        """Other links to it; the exceptions of a series are its own."""
        about = Domain("event_id", "in", events.ids)
        if recurrence:
            about |= Domain("recurrence_id", "=", recurrence.id)
        own = Domain("id", "=", self.id) | Domain("parent_id", "=", self.id)
        edited = self.search(Domain("parent_id", "=", self.id) & _EDITED, limit=1)
        return edited or self.search(about & ~own, limit=1)

    def _is_worked_on(self, events):
        """An edit waits, or people wrote, filed or planned something there."""
        here = [("res_model", "=", "calendar.event"), ("res_id", "in", events.ids)]
        written = Domain("message_type", "in", _WRITTEN) | self._by_others()
        written &= Domain("model", "=", "calendar.event")
        written &= Domain("res_id", "in", events.ids)
        pending = engine_rows(self.env, "google.sync.pending")
        return bool(
            any(event.res_id and event.res_model for event in events)
            or pending.search_count([("event_id", "in", events.ids)], limit=1)
            or self.env["mail.message"].search_count(written, limit=1)
            or self.env["ir.attachment"].search_count(here, limit=1)
            or self.env["mail.activity"].search_count(here, limit=1)
        )

    def _by_others(self):
        """Messages in the name of somebody who is neither the owner nor Odoo."""
        own = self.account_id.user_id.partner_id + self.env.ref("base.partner_root")
        named = Domain("author_id", "!=", False)
        return named & Domain("author_id", "not in", own.ids)
