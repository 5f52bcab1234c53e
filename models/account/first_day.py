"""A first day that is led: who connects by button says first what to bring over.

Between the first consent and Start nothing is synchronised by itself, nor by a button
that synchronises at once. A run by the assistant or by RPC counts as Start; so does a
consent that no button of the addon began.
"""

from odoo import fields, models


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
        """As superuser: a person presses Connect who was not since a reset, or ever."""
        if not self.google_sub and self.first_day != "connecting":
            self.first_day = "connecting"

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
