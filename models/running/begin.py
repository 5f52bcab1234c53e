"""Which run a slice writes in: one that goes on, that was asked for, or a new one."""

from odoo import fields, models

from ..account.halves import HALVES

#: Triggers of runs that nobody asked for: a request may take their place.
BY_CLOCK = ("cron", "push")


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _open_run(self, trigger, mode, requested_by, scope="all"):
        """Who waits for a run comes first, and keeps what was asked for."""
        unfinished = any(self[half.unfinished] for half in HALVES)
        going_on = self.last_run_id.state == "running" and unfinished
        if trigger in BY_CLOCK and not requested_by and not going_on:
            # A run that goes on by slices is left to its end first.
            trigger, requested_by = self._take_request(trigger)
        followed = not requested_by and self._queued_runs()
        if followed:
            self._take_up(followed)
            return followed
        last = self.last_run_id
        if last.queued and last.state == "running":
            message = self._say(
                lambda me: me.env._("Another run was started meanwhile.")
            )
            self._write_stopped(last, message)
        unfinished = any(self[half.unfinished] for half in HALVES)
        if last.state == "running" and unfinished and not requested_by:
            return last
        return self._begin_run(trigger, mode, requested_by, scope)

    def _take_request(self, trigger):
        """(trigger, user id) of what a person asked for, if any did.

        In one commit with the row that is gone: a crash must not forget it.
        """
        asked = self.env["google.sync.request"]._take(self)
        if not asked:
            return trigger, None
        trigger, requested_by = asked
        if self.sync_events and self.agenda_granted and self.calendar_id:
            self.unfinished = True
        if trigger == "login":
            self.opened_at = fields.Datetime.now()
        return trigger, requested_by

    def _begin_run(self, trigger, mode, requested_by, scope):
        last = self.last_run_id
        if last.state == "running":
            last.write({"state": "stopped", "ended_at": fields.Datetime.now()})
        run = self.env["google.sync.run"].create(
            {
                "account_id": self.id,
                "trigger": trigger,
                "mode": mode,
                "scope": scope,
                "requested_by_id": requested_by,
            }
        )
        self.last_run_id = run
        self._checkpoint()
        return run

    def _take_up(self, run):
        """The run is the account's present one; both its halves are still to do."""
        last = self.last_run_id
        if last != run and last.state == "running" and not last.queued:
            last.write({"state": "stopped", "ended_at": fields.Datetime.now()})
        self.last_run_id = run
        if not run.begun and run.mode != "preview":
            events, contacts = self._features(run, None)
            self.write(
                {
                    "unfinished": events,
                    "contacts_unfinished": contacts,
                    "next_try": False if events else self.next_try,
                    "contacts_next_try": not contacts and self.contacts_next_try,
                }
            )
            run.write(
                {
                    "begun": True,
                    "cursor_before": self._cursors(),
                    "contact_cursor_before": self.contact_cursor,
                }
            )
        self._checkpoint()
