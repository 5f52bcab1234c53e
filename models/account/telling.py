"""What people are told of an account on the screen, while it happens.

What a page shows of an account is made in `shown/`, which says how it is told.
"""

from odoo import models


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _notice(self, kind, message, links=(), reload=False):
        """A notice on the screen, as the answer of a button.

        reload: the record with the button is read again, in a dialogue too.
        """
        return {
            "type": "ir.actions.client",
            "tag": "google_sync_notice",
            "params": {
                "type": kind,
                "title": self.env._("Synchronisation"),
                "message": message,
                "links": list(links),
                "reload": reload,
            },
        }

    def _tell_owner_to_reconnect(self):
        """A notice on the owner's screen; no mail, no activity. The tab says it too."""
        account = self.with_context(lang=self.user_id.lang)
        self._offer_to_reconnect(account._reconnect_message())

    def _offer_to_reconnect(self, message):
        """Show the owner `message`, with a button that leads to Google and back."""
        owner = self.user_id
        account = self.with_context(lang=owner.lang)
        owner._bus_send(
            "google_sync_reconnect",
            {
                "title": account.env._("Synchronisation"),
                "message": message,
                "button": account.env._("Connect again"),
                "url": f"/google_sync/connect?user_id={owner.id}",
            },
        )

    def _tell_owner(self):
        """Show each owner's open pages how the account stands now."""

    def _tell_end(self, run, asked_by):
        """A run came to its end: tell the owner, and who asked for it.

        run: empty when it was not worth a place in the journal.
        """
