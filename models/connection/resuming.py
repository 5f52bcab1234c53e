"""An administrator says that this database is the live one, and not the copy."""

from odoo import models
from odoo.exceptions import AccessError, UserError

from ..tools.edge import parameter


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def action_resume(self):
        """An administrator says that this database is the live one, not the copy."""
        self.ensure_one()
        self._check_may_manage()
        administrator = self.env.su or self.env.user.has_group("base.group_system")
        # sudo: the account's company; the owner, too, may be an administrator.
        if not administrator or not (self.env.su or self.sudo()._is_managed_by_me()):
            raise AccessError(
                self.env._(
                    "Only an administrator can say that this database is the live one."
                )
            )
        if parameter(self.env, "database.is_neutralized"):
            raise UserError(
                self.env._("This database is neutralised: it never talks to Google.")
            )
        account = self.sudo()
        if account._is_of_outsider():
            raise UserError(self._outsider_message())
        state = "connected" if account._tokens() else "off"
        account.write({**self._current_database(), "state": state})
