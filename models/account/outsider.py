"""An account whose user is no internal user (any more): it rests.

Nothing is erased: made internal again, the user finds everything as it was, and what
was edited meanwhile goes on. Archived, the user loses the access to Google.
"""

from odoo import models
from odoo.tools import SQL

#: Of `account`, for what the scheduled action looks for.
OF_INTERNAL_USER = SQL(
    "EXISTS (SELECT 1 FROM res_users AS owner WHERE owner.id = account.user_id"
    " AND owner.active AND owner.share IS NOT TRUE)"
)


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _is_of_outsider(self):
        user = self.user_id
        return self.state != "off" and (user.share or not user.active)

    def _outsider_message(self):
        return self.env._(
            "%s is no internal user any more: nothing goes to Google and nothing is "
            "fetched until an administrator makes that user internal again, or "
            "archives the user.",
            self._label(),
        )
