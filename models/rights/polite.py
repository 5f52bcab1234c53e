"""Who is refused reads whose it is and whom to ask, not the rule that refused.

Nor a fault, where what was asked for is no record, or not one.
"""

from odoo import api, models
from odoo.exceptions import AccessError

from .sense import check_context, check_ids, check_one


class GoogleSyncPolite(models.AbstractModel):
    _name = "google.sync.polite"
    _description = "Rows that say in words that they are somebody else's"

    @api.private
    def browse(self, ids=()):
        """Here every id comes in that a client names."""
        if self.env.su:
            return super().browse(ids)
        if isinstance(ids, str | float):
            ids = [ids]
        records = super().browse(ids)
        check_ids(records)
        return records

    @api.private
    def with_context(self, *args, **kwargs):
        """Here every context comes in that a client names."""
        if args and args[0] is not None and not self.env.su:
            check_context(self.env, args[0])
        return super().with_context(*args, **kwargs)

    def ensure_one(self):
        check_one(self)
        return self

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
