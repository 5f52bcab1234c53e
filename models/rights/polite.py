"""Who is refused reads whose it is and whom to ask, not the rule that refused."""

from odoo import models
from odoo.exceptions import AccessError


class GoogleSyncPolite(models.AbstractModel):
    _name = "google.sync.polite"
    _description = "Rows that say in words that they are somebody else's"

    def _check_access(self, operation):
        refused = super()._check_access(operation)
        if refused is None:
            return None
        records, _make_error = refused
        return records, self._somebody_elses

    def _somebody_elses(self):
        return AccessError(
            self.env._(
                "This belongs to somebody else's synchronisation. Its owner can give "
                "you the right, under Colleagues in the tab Synchronisation; otherwise "
                "ask a manager of the synchronisation."
            )
        )
