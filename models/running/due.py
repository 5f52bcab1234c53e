"""Which accounts a scheduled action has something to do for, as conditions in SQL."""

from odoo import api, models
from odoo.tools import SQL

from ..account.account import LIVE_STATES
from ..account.outsider import OF_INTERNAL_USER
from ..agenda.store.queue import PUSHABLE


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    @api.model
    def _waiting(self, now):
        return SQL("(%s) AND %s", self._due(now), OF_INTERNAL_USER)

    @api.model
    def _due(self, now):
        """By a clock of its own, or because somebody asked; in any order."""
        conditions = (
            self._agenda_due(now),
            self._contacts_due(now),
            self._has_queue(now),
            self._requested(now),
        )
        return SQL(" OR ").join(SQL("(%s)", one) for one in conditions)

    @api.model
    def _agenda_due(self, now):
        return SQL(
            "state IN %(live)s AND sync_events AND agenda_granted"
            " AND calendar_id IS NOT NULL AND first_day IS DISTINCT FROM 'choosing'"
            " AND (next_try IS NULL OR next_try <= %(now)s)"
            " AND (unfinished"
            " OR (auto_pull AND (next_pull_at IS NULL OR next_pull_at <= %(now)s))"
            " OR (auto_push AND (EXISTS (SELECT 1 FROM google_sync_pending AS pending"
            " WHERE pending.account_id = account.id)"
            # Taken from the queue by a run that did not come to its end.
            " OR EXISTS (SELECT 1 FROM google_sync_event_link AS link"
            " WHERE link.account_id = account.id AND link.dirty"
            " AND link.calendar_id IN (SELECT id FROM google_sync_calendar"
            " WHERE account_id = account.id AND mode <> 'off')"
            " AND link.state IN %(pushable)s))))",
            now=now,
            pushable=PUSHABLE,
            live=LIVE_STATES,
        )

    @api.model
    def _contacts_due(self, now):
        return SQL(
            "state IN %(live)s AND sync_contacts AND contacts_granted"
            # As `_wants_contacts`: a half that no run works on would be due for ever.
            " AND (EXISTS (SELECT 1 FROM google_sync_contact_link AS link"
            " WHERE link.account_id = account.id AND link.state != 'off')"
            " OR EXISTS (SELECT 1 FROM google_sync_contact_rule AS rule"
            " WHERE rule.account_id = account.id AND rule.active)"
            " OR contact_proposals <> '')"
            " AND first_day IS DISTINCT FROM 'choosing'"
            " AND (contacts_next_try IS NULL OR contacts_next_try <= %(now)s)"
            " AND (contacts_unfinished OR contacts_next_at <= %(now)s"
            " OR (auto_push AND EXISTS ("
            "SELECT 1 FROM google_sync_contact_pending AS pending"
            " WHERE pending.account_id = account.id)))",
            now=now,
            live=LIVE_STATES,
        )

    @api.model
    def _requested(self, now):
        """By the agenda's clock; by the contacts' where there is no agenda to do."""
        return SQL(
            "EXISTS (SELECT 1 FROM google_sync_request AS request"
            " WHERE request.account_id = account.id)"
            " AND state IN %(live)s"
            " AND first_day IS DISTINCT FROM 'choosing'"
            " AND CASE WHEN sync_events AND agenda_granted AND calendar_id IS NOT NULL"
            " THEN next_try IS NULL OR next_try <= %(now)s"
            " ELSE sync_contacts AND contacts_granted"
            " AND (contacts_next_try IS NULL OR contacts_next_try <= %(now)s) END",
            now=now,
            live=LIVE_STATES,
        )

    @api.model
    def _has_queue(self, now):
        """A run that waits: to be begun, or with a half that may go on now."""
        return SQL(
            "EXISTS (SELECT 1 FROM google_sync_run AS run"
            " WHERE run.account_id = account.id"
            " AND run.queued AND run.state = 'running'"
            " AND (run.begun IS NOT TRUE OR run.stop_requested"
            " OR (account.unfinished"
            " AND (account.next_try IS NULL OR account.next_try <= %(now)s))"
            " OR (account.contacts_unfinished AND (account.contacts_next_try IS NULL"
            " OR account.contacts_next_try <= %(now)s))))",
            now=now,
        )
