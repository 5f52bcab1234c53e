"""The light of an account: its state, and what dims it before something breaks.

A connection that Google will end (an application in testing) is announced once, while
its owner is at the screen; the light and the tab say it all the time.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_datetime

from ..account.account import STATES
from ..tools.edge import engine_rows

#: An end that is nearer than this is worth a word.
ENDS_SOON = timedelta(days=2)
#: Somebody seen within this time reads a notice on the screen.
AT_SCREEN = timedelta(minutes=5)


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    light = fields.Selection(
        [
            *STATES,
            ("partly", "Connected in part"),
            ("waiting", "Waiting for Google"),
            ("held", "On hold"),
            ("resetting", "Reset under way"),
            ("ending", "Connected, ends soon"),
            ("to_start", "Connected, not started yet"),
        ],
        "Connection",
        compute="_compute_light",
        # For all who see the account; what it is made of is not.
        compute_sudo=True,
    )
    suspended_message = fields.Char(
        "Why it is suspended",
        compute="_compute_suspended_message",
        # For all who see the account, whatever else of it they may read.
        compute_sudo=True,
    )

    @api.depends(
        *("state", "database_uuid", "database_name", "not_granted", "grant_expires_at"),
        *("events_trouble", "contacts_trouble", "calendar_id", "next_try"),
        *("reset_todo", "sync_events", "sync_contacts", "client_id_used"),
        "first_day",
        "company_id.google_sync_client_id",
        *("user_id.share", "user_id.active"),
    )
    def _compute_light(self):
        for account in self:
            account.light = account._light()

    def _light(self):
        if self._is_suspended():
            return "suspended"
        if self.reset_todo:
            return "resetting"
        if self.state != "connected":
            return self.state
        if self._is_of_another_client():
            return "to_reconnect"
        if self._is_to_be_started():
            return "to_start"
        if trouble := self._light_of_halves():
            return trouble
        if self.waits_for_person:
            return "held"
        return "ending" if self._ends_soon() else "connected"

    def _is_of_another_client(self):
        """The application was replaced: what the old one was granted is void."""
        application = self._google_application()
        return bool(application) and self.client_id_used != application.client_id

    def _ends_soon(self):
        soon = fields.Datetime.now() + ENDS_SOON
        return bool(self.grant_expires_at) and self.grant_expires_at < soon

    @api.depends("light")
    @api.depends_context("lang")
    def _compute_suspended_message(self):
        for account in self:
            rests = account.light == "suspended"
            account.suspended_message = rests and account._suspended_message()

    # -- before it breaks ------------------------------------------------------

    @api.model
    def _cron_announce_endings(self):
        """Tell the owners whose connection is about to end, once each."""
        soon = fields.Datetime.now() + ENDS_SOON
        ending = engine_rows(self.env, self._name).search(
            [
                ("state", "=", "connected"),
                ("ending_told", "=", False),
                ("grant_expires_at", "<", soon),
            ]
        )
        for account in ending:
            if account._is_owner_at_screen() and not account._is_suspended():
                account.ending_told = True
                account._tell_owner_of_ending()

    def _is_owner_at_screen(self):
        since = fields.Datetime.now() - AT_SCREEN
        presences = self.env["mail.presence"]
        seen = [("user_id", "=", self.user_id.id), ("last_poll", ">", since)]
        return bool(presences.search_count(seen, limit=1))

    def _tell_owner_of_ending(self):
        owner = self.user_id
        account = self.with_context(lang=owner.lang, tz=owner.tz)
        moment = format_datetime(account.env, self.grant_expires_at, dt_format="short")
        message = account.env._(
            "Google ends your connection on %s. Connect again before: everything stays "
            "linked.",
            moment,
        )
        account._offer_to_reconnect(message)
