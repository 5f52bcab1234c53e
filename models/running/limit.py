"""An administrator's limit on the events of one agenda; none unless it is set.

New events beyond it are left alone on both sides, which is said; those in step go on.
"""

from dataclasses import replace

from odoo import api, fields, models

from ..account.halves import EVENTS
from ..agenda.store.orm import OrmStore


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    limit_reached = fields.Boolean(readonly=True, copy=False)
    limit_message = fields.Char(compute="_compute_limit_message")

    @api.depends("limit_reached")
    def _compute_limit_message(self):
        limit = self._max_events()
        for account in self:
            reached = bool(limit) and account.limit_reached
            account.limit_message = reached and account._limit_message(limit)

    def _limit_message(self, limit):
        return self.env._(
            "The limit of %s events that an administrator set is reached: new events "
            "are left alone, those in step go on. Shorten the period, or ask for a "
            "higher limit.",
            limit,
        )

    def _store_to_count(self, settings):
        run = self.last_run_id
        return OrmStore(self, self.calendar_id, run, settings.window, None)

    def _with_what_was_left_out(self, settings):
        """There is room again: what was left alone is looked for."""
        if not self.limit_reached:
            return settings
        room = self._store_to_count(settings).room()
        if room is not None and room <= 0:
            return settings
        self.limit_reached = False
        return replace(settings, full=True)

    def _within_limit(self, work, report, state, message):
        """(run state, message): reaching the limit is news, later it is only said."""
        limited = self.limit_reached or self._max_events()
        if work.half is not EVENTS or not limited:
            return state, message
        store = self._store_to_count(self._settings(self.last_run_id))
        room = store.room()
        reached = room is not None and room <= 0 and self._leaves_some(store, report)
        news = reached and not self.limit_reached
        if reached != self.limit_reached:
            self.limit_reached = reached
        if reached:
            said = self._limit_message(self._max_events())
            message = f"{message} {said}" if message else said
        return ("partial" if news else state), message

    def _leaves_some(self, store, report):
        """The limit keeps events out: it is not just full to the brim."""
        left = store.left_over()
        if left:
            report.left_alone["over_limit"] += left
        return bool(report.left_alone["over_limit"]) or self.limit_reached
