"""The link that a manager sends to the owner, who alone connects the account."""

from odoo import api, fields, models


class GoogleSyncOwnerLink(models.TransientModel):
    _name = "google.sync.owner.link"
    _inherit = "google.sync.dialog"
    _description = "Link to connect a Google account"

    url = fields.Char("Link", compute="_compute_url")

    def _check_account(self):
        for dialog in self:
            dialog.account_id._origin._check_may_manage()

    @api.depends("account_id")
    def _compute_url(self):
        for dialog in self:
            dialog._check_account()
            dialog.url = dialog.get_base_url() + dialog._path()

    def _path(self):
        """By hand, the owner begins in the own tab: the answer is pasted there."""
        if self.account_id.connect_way == "manual":
            return "/odoo/my-google-sync"
        return self.account_id._connect_path()

    def _open(self):
        """The dialogue, as it stands."""
        return self._open_as(self.env._("Link to connect"))
