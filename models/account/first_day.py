"""A first day that is led: who connects by button says first what to bring over.

Between the first consent and Start nothing is synchronised by itself, nor by a button
that synchronises at once. A run by the assistant or by RPC counts as Start; so does a
consent that no button of the addon began.
"""

from odoo import api, fields, models


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    first_day = fields.Selection(
        [
            ("connecting", "Connecting"),
            ("choosing", "Connected, to be started"),
            ("started", "Started"),
        ],
        readonly=True,
        copy=False,
        help="How far the owner has come who is led; empty: without being led",
    )

    def _begin_first_day(self):
        """A person presses Connect who never was connected, or not since a reset."""
        # sudo: how far the owner has come is the engine's own note.
        account = self.sudo()
        if not account.google_sub and account.first_day != "connecting":
            account.first_day = "connecting"

    def action_first_day(self):
        """What is to be chosen before the first synchronisation; of oneself alone."""
        self.ensure_one()
        self._check_is_mine()
        return self.env["google.sync.first.day"].action_open_mine()

    def _is_to_be_started(self):
        """Connected by a person who has yet to say what to synchronise."""
        return self.first_day == "choosing" and self.state != "off"

    def _not_started_message(self):
        """What to bring over is its owner's word, whoever pressed a button."""
        if self.user_id == self.env.user:
            return self.env._(
                "Nothing is synchronised yet: press First synchronisation, choose what "
                "to bring over, and start it there."
            )
        return self.env._(
            "%s is connected, but has yet to start the first synchronisation.",
            self._label(),
        )

    # -- the way in ------------------------------------------------------------

    @api.model
    def _way_in(self):
        """How the current user, who is not connected, can be: automatic, manual, both.

        "setup" for an administrator who has yet to enter the application; "" for who
        can do nothing, or is connected.
        """
        user = self.env.user
        if not user.has_group("google_sync.group_user") or self._mine():
            return ""
        if user.company_id._google_sync_application():
            return user.company_id._google_sync_connect_way()
        return "setup" if user.has_group("base.group_system") else ""
