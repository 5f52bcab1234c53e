"""Settings of the company's service account: a key goes in and never comes out."""

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...google_api.application import BadClientFile
from ...google_api.workspace import parse_key_file
from ..rights.sense import check_one
from .res_company import DELEGATED_SCOPES


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    google_sync_workspace_domain = fields.Char(
        related="company_id.google_sync_workspace_domain", readonly=False
    )
    google_sync_workspace_file = fields.Binary(
        "Key of the service account (JSON)",
        compute="_compute_google_sync_workspace_file",
        inverse="_inverse_google_sync_workspace_file",
        help="The file that the Google console offers when the key is created",
    )
    google_sync_workspace_filename = fields.Char(store=False)
    google_sync_workspace_account = fields.Char(
        related="company_id.google_sync_workspace_account"
    )
    google_sync_workspace_client = fields.Char(
        related="company_id.google_sync_workspace_client"
    )
    google_sync_workspace_scopes = fields.Char(
        "Scopes to delegate", compute="_compute_google_sync_workspace_file"
    )

    @api.depends("company_id")
    def _compute_google_sync_workspace_file(self):
        self.google_sync_workspace_file = False
        self.google_sync_workspace_scopes = ",".join(DELEGATED_SCOPES)

    def _inverse_google_sync_workspace_file(self):
        for settings in self.filtered("google_sync_workspace_file"):
            account = self._read_key_file(settings.google_sync_workspace_file)
            company = settings._google_sync_company()
            company._google_sync_take_service_account(account)

    @api.onchange("google_sync_workspace_file")
    def _onchange_google_sync_workspace_file(self):
        if self.google_sync_workspace_file:
            self._read_key_file(self.google_sync_workspace_file)

    def _read_key_file(self, content):
        """The service account in it (base64); UserError with what it is instead."""
        try:
            return parse_key_file(base64.b64decode(content).decode())
        except BadClientFile as error:
            code, name = error.code, error.name
        except ValueError:
            # Neither base64 nor text.
            code, name = "not_json", ""
        if code == "client_file":
            said = self.env._(
                "This is the file of an OAuth client: drop it above, in "
                "client_secret.json."
            )
        elif code == "missing_field":
            said = self.env._(
                "This key has no usable “%s”: the file was shortened.", name
            )
        else:
            said = self.env._("This is not the key of a service account.")
        raise UserError(
            self.env._(
                "%s Nothing was changed. In the Google console, open Service accounts, "
                "choose one, tab Keys, and create a key of type JSON.",
                said,
            )
        )

    def action_google_sync_workspace_forget(self):
        """Forget the service account; its users connect by a consent again."""
        check_one(self)
        self.check_access("write")
        self._google_sync_company()._google_sync_take_service_account(None)
        return {"type": "ir.actions.client", "tag": "reload"}

    def action_google_sync_workspace(self):
        """The dialogue that connects the users of the domain."""
        check_one(self)
        self.check_access("write")
        dialog = self.env["google.sync.workspace"]
        return dialog.create({"company_id": self.company_id.id})._open()
