"""An administrator says that this database is the live one, and not the copy."""

from odoo import models
from odoo.exceptions import AccessError, UserError

from ..tools.edge import parameter


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def action_resume(self):
        """An administrator says that this database is the live one, not the copy."""
        self.ensure_one()
        account = self._check_may_manage()
        administrator = self.env.user.has_group("base.group_system")
        # The owner, too, may be an administrator.
        if not self.env.su and not (administrator and account._is_managed_by_me()):
            raise AccessError(
                self.env._(
                    "Only an administrator can say that this database is the live one."
                )
            )
        if parameter(self.env, "database.is_neutralized"):
            raise UserError(
                self.env._("This database is neutralised: it never talks to Google.")
            )
        if account._is_of_outsider():
            raise UserError(self._outsider_message())
        state = "connected" if account._tokens() else "off"
        account.write({**self._current_database(), "state": state})
