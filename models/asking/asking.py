"""Runs that a person asked for without waiting: opening Odoo, the systray, the agenda.

The scheduled action takes them up within a second; who asked is told by the bus.
"""

from odoo import fields, models
from odoo.tools import SQL, format_datetime

from ..account.account import LIVE_STATES
from ..tools.edge import engine_rows, wake


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    opened_at = fields.Datetime(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="When Google was last asked because the owner opened Odoo",
    )

    def _request_sync(self, trigger="manual"):
        """Ask for a run of each account; {account id: why it has to wait, or ""}.

        As superuser, for whoever may have them run.
        """
        if trigger != "login":
            self._go_on_for_person()
        answers = {account.id: account._why_not_now() for account in self}
        able = self.filtered(
            lambda account: (
                account._can_run()
                and not (account.reset_todo or account.waits_for_person)
                and not account._is_to_be_started()
            )
        )
        engine_rows(self.env, "google.sync.request")._ask(able, trigger)
        return answers

    def _go_on_for_person(self):
        """Who presses the button says go: what a reset held back, and what failed for
        a reason that may be mended by now. A pause that Google asked for stands.
        """
        for account in self.filtered(lambda account: not account.reset_todo):
            failed = account.events_trouble == "failed"
            if account.next_try and (account.waits_for_person or failed):
                account.next_try = False
            if account.contacts_next_try and account.contacts_trouble == "failed":
                account.contacts_next_try = False

    def _can_run(self):
        agenda = self.sync_events and self.agenda_granted and self.calendar_id
        contacts = self.sync_contacts and self.contacts_granted
        live = self.state in LIVE_STATES and not self._is_suspended()
        return bool(live and (agenda or contacts))

    def _why_not_now(self):
        """What keeps a run from starting at once, for whoever asked; "" for nothing."""
        if self._is_suspended():
            return self._suspended_message()
        if self.state == "to_reconnect":
            return self._reconnect_message()
        if not self._can_run():
            return self._not_connected_message()
        if self.reset_todo:
            return self._resetting_message()
        if self._is_to_be_started():
            return self._not_started_message()
        if self.waits_for_person:
            return self.env._(
                "%s: after a reset nothing is synchronised by itself until somebody "
                "presses Synchronise now.",
                self._label(),
            )
        pause = self._pause_of_request()
        if pause and pause > fields.Datetime.now():
            return self.env._(
                "%(user)s: Google asked for a pause, the synchronisation goes on at "
                "%(moment)s.",
                user=self._label(),
                moment=format_datetime(
                    self.env, pause, tz=self.env.user.tz, dt_format="short"
                ),
            )
        return ""

    def _pause_of_request(self):
        """Until when what is asked for waits: as `_requested` sees it."""
        agenda = self.sync_events and self.agenda_granted and self.calendar_id
        return self.next_try if agenda else self.contacts_next_try

    # -- without a word --------------------------------------------------------

    def _wake_pull(self):
        """Have the scheduled action look at these accounts now, both ways.

        A pause that Google asked for stands.
        """
        self._pull_next()
        wake(self.env)

    def _pull_next(self):
        """Whoever meets a run that ends just now is tried again by Odoo, or by the
        engine: no error for the server's log.
        """
        self.flush_recordset()
        if self:
            now = fields.Datetime.now()
            self.env.cr.execute(
                SQL(
                    "UPDATE google_sync_account SET next_pull_at = %s WHERE id IN %s",
                    now,
                    tuple(self.ids),
                ),
                log_exceptions=False,
            )
            self.invalidate_recordset(["next_pull_at"])

    def _wake_contacts(self):
        """Have the scheduled action look at these lists now."""
        self.write(
            {"contacts_next_at": fields.Datetime.now(), "contacts_next_try": False}
        )
        wake(self.env)
