"""Users of the company's Google Workspace, connected in one go, each as themselves."""

import time

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.tools.edge import engine_rows

#: A press of the button lasts no longer (seconds); who is left is for the next one.
LONGEST = 40.0


class GoogleSyncWorkspace(models.TransientModel):
    _name = "google.sync.workspace"
    _inherit = "google.sync.guard"
    _description = "Connect the users of the Google Workspace"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    candidate_ids = fields.Many2many("res.users", compute="_compute_candidate_ids")
    user_ids = fields.Many2many(
        "res.users",
        string="Connect",
        domain="[('id', 'in', candidate_ids)]",
        compute="_compute_user_ids",
        store=True,
        readonly=False,
    )
    others = fields.Char(
        "By a consent of their own",
        compute="_compute_candidate_ids",
        help="Their login is no address of the domain",
    )
    result = fields.Text(readonly=True)

    @api.depends("company_id")
    def _compute_candidate_ids(self):
        for dialog in self:
            accounts = dialog._accounts_to_connect()
            mine = accounts.filtered(lambda account: account._workspace_subject())
            dialog.candidate_ids = mine.user_id
            dialog.others = ", ".join((accounts - mine).mapped("user_id.name"))

    @api.depends("company_id")
    def _compute_user_ids(self):
        for dialog in self:
            dialog.user_ids = dialog.candidate_ids

    def _accounts_to_connect(self):
        """Of users without a connection; also as they would be, of who has none yet."""
        users = self.company_id._google_sync_users()
        rows = engine_rows(self.env, "google.sync.account")
        known = rows.search([("user_id", "in", users.ids)])
        new = rows.union(
            *(rows.new({"user_id": user.id}) for user in users - known.user_id)
        )
        return new + known.filtered(lambda account: account._lacks_connection())

    def _open(self):
        """The dialogue, as it stands."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Connect the users of Google Workspace"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_connect(self):
        """Sign in as each of them; who is connected starts by themselves."""
        self.ensure_one()
        self.check_access("write")
        users = self.user_ids & self.candidate_ids
        # The account of each: made if there is none, in the manager's name.
        rows = engine_rows(self.env, "google.sync.account")
        accounts = rows.union(*(rows._of_user(user) for user in users))
        accounts = accounts.with_env(self.env)
        accounts._check_may_manage()
        # Requests before writes: nothing is locked while Google is asked.
        signed, refused, until = [], [], time.monotonic() + LONGEST
        for account in accounts:
            if time.monotonic() > until:
                break
            try:
                signed.append((account, account._sign_in_delegated()))
            except UserError as error:
                refused.append((account, str(error)))
        connected = self.env["google.sync.account"]
        for account, found in signed:
            try:
                account._accept_delegated(*found)
                connected += account
            except UserError as error:
                refused.append((account, str(error)))
        self.result = self._result(connected, refused, len(accounts))
        self.invalidate_recordset(["candidate_ids", "others"])
        self.user_ids = self.candidate_ids - connected.user_id
        return self._open()

    def _result(self, connected, refused, asked):
        said = []
        if connected:
            names = ", ".join(connected.mapped("user_id.name"))
            said.append(
                self.env._(
                    "Connected: %s. Nothing is synchronised before each of them "
                    "presses Start.",
                    names,
                )
            )
        said += [
            self.env._("%(user)s: %(reason)s", user=account.user_id.name, reason=reason)
            for account, reason in refused
        ]
        if asked > len(connected) + len(refused):
            said.append(self.env._("Press Connect again for those who are left."))
        return "\n".join(said) or self.env._("Nobody was chosen.")
