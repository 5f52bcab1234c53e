"""What events and contacts do alike to say why they are in Google, or are not.

A sign on the form, and behind it a panel with one part for each account (`why`).
"""

from odoo import fields, models
from odoo.fields import Domain

from ..rights.sense import check_one, number


class GoogleSyncExplained(models.AbstractModel):
    """Odoo's models inherit it; each says what is its own in the methods that raise."""

    _name = "google.sync.explained"
    _description = "Record that says why it is in Google or not"

    google_sync_sign = fields.Selection(
        lambda self: self.env["google.sync.why"]._signs(),
        "Google sign",
        compute="_compute_google_sync_sign",
        groups="google_sync.group_user",
    )

    def _compute_google_sync_sign(self):
        raise NotImplementedError

    def google_sync_why(self):
        """What the panel shows: a part for each account that the user may see."""
        check_one(self)
        self.check_access("read")
        accounts = self._google_sync_concerned()
        mine = accounts.filtered(lambda x: x.user_id == self.env.user)
        parts = [self._google_sync_part(account) for account in mine | accounts]
        return {
            "title": self._google_sync_title_for_me(),
            "parts": parts,
            "connect": not mine and self._google_sync_would_be_mine(),
        }

    def google_sync_retry(self, account_id):
        """Try again what failed, at once; "" or why it has to wait."""
        check_one(self)
        self.check_access("read")
        account = self.env["google.sync.account"].browse(number(self.env, account_id))
        account = self._google_sync_check_may_retry(account)
        link = self._google_sync_links_of(account).get(self.id)
        return self._google_sync_try_again(account, link)

    def _google_sync_title_for_me(self):
        return self.display_name

    def _google_sync_would_be_mine(self):
        """Connected, the current user's own account would hold it."""
        return True

    def _google_sync_concerned(self):
        """The accounts that the panel tells the current user of, as superuser."""
        raise NotImplementedError

    def _google_sync_links_of(self, account):
        """{id of each of these records that has one: its link with the account}."""
        raise NotImplementedError

    def _google_sync_part(self, account):
        """What the panel says of one account (`google.sync.why._part`)."""
        raise NotImplementedError

    def _google_sync_check_may_retry(self, account):
        raise NotImplementedError

    def _google_sync_try_again(self, account, link):
        """Have it compared and sent again; "" or why that has to wait."""
        raise NotImplementedError

    def _google_sync_question(self, account, about):
        """The card of the open question about it, if the user may answer; or False."""
        mine = Domain("account_id", "=", account.id) & Domain("state", "=", "open")
        decision = self.env["google.sync.decision"].search(
            mine & about, order="google_id, id", limit=1
        )
        return decision.card if decision else False
