"""What was asked for is taken up: the run of the clock becomes that person's run."""

from dataclasses import replace

from odoo import api, fields, models
from odoo.tools import SQL

from ..account.halves import HALVES

#: Triggers of runs that nobody asked for: a request may take their place.
_BY_CLOCK = ("cron", "push")


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    @api.model
    def _due(self, now):
        return SQL("((%s) OR (%s))", super()._due(now), self._requested(now))

    @api.model
    def _requested(self, now):
        """By the agenda's clock; by the contacts' where there is no agenda to do."""
        return SQL(
            "EXISTS (SELECT 1 FROM google_sync_request AS request"
            " WHERE request.account_id = account.id)"
            " AND state IN ('connected', 'error')"
            " AND first_day IS DISTINCT FROM 'choosing'"
            " AND CASE WHEN sync_events AND agenda_granted AND calendar_id IS NOT NULL"
            " THEN next_try IS NULL OR next_try <= %(now)s"
            " ELSE sync_contacts AND contacts_granted"
            " AND (contacts_next_try IS NULL OR contacts_next_try <= %(now)s) END",
            now=now,
        )

    def _open_run(self, trigger, mode, requested_by, scope="all"):
        """A run of the clock becomes the one that a person asked for, if any did.

        A run that goes on by slices is left to its end first.
        """
        unfinished = any(self[half.unfinished] for half in HALVES)
        going_on = self.last_run_id.state == "running" and unfinished
        if trigger in _BY_CLOCK and not requested_by and not going_on:
            asked = self.env["google.sync.request"]._take(self)
            if asked:
                trigger, requested_by = asked
                self._begin_requested(trigger)
        return super()._open_run(trigger, mode, requested_by, scope)

    def _begin_requested(self, trigger):
        """In one commit with the row that is gone: a crash must not forget it."""
        if self.sync_events and self.agenda_granted and self.calendar_id:
            self.unfinished = True
        if trigger == "login":
            self.opened_at = fields.Datetime.now()

    def _features(self, run, time_limit):
        """What somebody else asked for by the clock is the agenda alone."""
        events, contacts = super()._features(run, time_limit)
        asked_by = run.requested_by_id
        if time_limit and events and asked_by and asked_by != self.user_id:
            contacts = False
        return events, contacts

    def _settings(self, run):
        """Opening Odoo fetches; it sends only where sending goes by itself."""
        settings = super()._settings(run)
        if run.trigger == "login" and not self.auto_push:
            return replace(settings, push=False)
        return settings

    def _close_empty(self, run):
        """Opening Odoo is no news either, when it brought none; who asked is told."""
        asked_by = run.requested_by_id
        result = super()._close_empty(run)
        run = run.exists()
        if (run.trigger, run.state) == ("login", "done") and not run.line_ids:
            others = [("account_id", "=", self.id), ("id", "!=", run.id)]
            self.last_run_id = run.search(others, limit=1)
            run.unlink()
            run = run.browse()
        self._tell_end(run, asked_by)
        return result
