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
    ended = fields.Char(
        "Connect again themselves",
        compute="_compute_candidate_ids",
        help="They consented or disconnected before: nobody connects them again but "
        "they themselves",
    )
    result = fields.Text(readonly=True)

    @api.depends("company_id")
    def _compute_candidate_ids(self):
        for dialog in self:
            accounts = dialog._accounts_of(dialog.company_id._google_sync_users())
            ended = accounts.filtered(lambda account: account._is_its_owner_s())
            lacking = accounts.filtered(lambda account: account._lacks_connection())
            mine = lacking.filtered(lambda account: account._workspace_subject())
            dialog.candidate_ids = mine.user_id
            dialog.others = ", ".join((lacking - mine).mapped("user_id.name"))
            dialog.ended = ", ".join(ended.mapped("user_id.name"))

    @api.depends("company_id")
    def _compute_user_ids(self):
        for dialog in self:
            dialog.user_ids = dialog.candidate_ids

    def _accounts_of(self, users):
        """Their accounts; as they would be, of who has none yet."""
        rows = engine_rows(self.env, "google.sync.account")
        known = rows.search([("user_id", "in", users.ids)])
        missing = users - known.user_id
        return known.union(*(rows.new({"user_id": user.id}) for user in missing))

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
        users = self.user_ids & self.company_id._google_sync_users()
        # Requests before rows: nothing is held while Google is asked, and who is
        # refused has none.
        signed, refused = self._ask_google(users)
        connected = self.env["res.users"]
        # On what is stored by now: it may have taken long.
        rows = engine_rows(self.env, "google.sync.account")
        with rows._own_transaction() as fresh:
            for user, found in signed:
                try:
                    with fresh.env.cr.savepoint():
                        owner = fresh.env["res.users"].browse(user.id)
                        fresh._of_user(owner)._accept_delegated(*found)
                    connected += user
                except UserError as error:
                    refused.append((user, str(error)))
        self.result = self._result(connected, refused, len(users))
        self.invalidate_recordset(["candidate_ids", "others", "ended"])
        self.user_ids = self.candidate_ids - connected
        return self._open()

    def _ask_google(self, users):
        """([(user, what Google answered)], [(user, why not)]), of as many as fit."""
        accounts = self._accounts_of(users).with_env(self.env)
        accounts._check_may_manage()
        signed, refused, until = [], [], time.monotonic() + LONGEST
        for account in accounts:
            if time.monotonic() > until:
                break
            try:
                # sudo: whether, of an account that the caller may manage.
                account.sudo()._check_lacks_connection()
                signed.append((account.user_id, account._sign_in_delegated()))
            except UserError as error:
                refused.append((account.user_id, str(error)))
        return signed, refused

    def _result(self, connected, refused, asked):
        said = []
        if connected:
            names = ", ".join(connected.mapped("name"))
            said.append(
                self.env._(
                    "Connected: %s. Nothing is synchronised before each of them "
                    "presses Start.",
                    names,
                )
            )
        said += [
            self.env._("%(user)s: %(reason)s", user=user.name, reason=reason)
            for user, reason in refused
        ]
        if asked > len(connected) + len(refused):
            said.append(self.env._("Press Connect again for those who are left."))
        return "\n".join(said) or self.env._("Nobody was chosen.")
