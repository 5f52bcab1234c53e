"""Settings of the company's Google application.

The secret and the key go in and never come out: their fields are not stored here and
always read empty; what is shown is whether they are set.
"""

from odoo import api, fields, models

from ..rights.sense import check_one
from .client_file import read_client_file
from .res_company import MANUAL_URI


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    google_sync_client_id = fields.Char(
        related="company_id.google_sync_client_id", readonly=False
    )
    google_sync_client_kind = fields.Selection(
        related="company_id.google_sync_client_kind", readonly=False
    )
    google_sync_new_secret = fields.Char(
        "Google client secret",
        compute="_compute_google_sync_blank",
        inverse="_inverse_google_sync_new_secret",
    )
    google_sync_new_api_key = fields.Char(
        "Google API key",
        compute="_compute_google_sync_blank",
        inverse="_inverse_google_sync_new_api_key",
    )
    google_sync_client_file = fields.Binary(
        "client_secret.json",
        compute="_compute_google_sync_blank",
        inverse="_inverse_google_sync_client_file",
        help="The file that the Google console offers when the client is created",
    )
    google_sync_client_filename = fields.Char(store=False)
    google_sync_secret_hint = fields.Char(compute="_compute_google_sync_set")
    google_sync_api_key_hint = fields.Char(compute="_compute_google_sync_set")
    google_sync_redirect_uri = fields.Char(
        "Redirect address", compute="_compute_google_sync_set"
    )
    google_sync_manual_uri = fields.Char(
        "Redirect address of manual connections", compute="_compute_google_sync_set"
    )
    google_sync_in_force = fields.Selection(
        [
            ("own", "This company's own"),
            ("server", "The host's"),
            ("none", "None: nobody can connect"),
        ],
        "Application in force",
        compute="_compute_google_sync_set",
    )

    def _compute_google_sync_blank(self):
        self.google_sync_new_secret = False
        self.google_sync_new_api_key = False
        self.google_sync_client_file = False

    @api.depends("company_id", "google_sync_client_id", "google_sync_client_file")
    def _compute_google_sync_set(self):
        for settings in self:
            company = settings._google_sync_company()
            secret = company.google_sync_client_secret
            key = company._google_sync_api_key()
            settings.google_sync_secret_hint = (
                self.env._("From the file")
                if settings.google_sync_client_file
                else self._google_sync_hint(secret)
            )
            settings.google_sync_api_key_hint = self._google_sync_hint(key)
            settings.google_sync_redirect_uri = company._google_sync_redirect_uri()
            manual = company._google_sync_connect_way() == "manual"
            settings.google_sync_manual_uri = manual and MANUAL_URI
            settings.google_sync_in_force = company._google_sync_source()

    def _google_sync_company(self):
        """Whose Google client it is: its secrets are closed for all."""
        # sudo: settings are administrators'; a page gets hints of secrets only.
        return (self.company_id or self.env.company).sudo()

    def _google_sync_hint(self, value):
        return self.env._("Set") if value else self.env._("Not set")

    def _inverse_google_sync_new_secret(self):
        for settings in self.filtered("google_sync_new_secret"):
            secret = settings.google_sync_new_secret.strip()
            company = settings._google_sync_company()
            company._google_sync_keep("google_sync_client_secret", secret)

    def _inverse_google_sync_new_api_key(self):
        for settings in self.filtered("google_sync_new_api_key"):
            key = settings.google_sync_new_api_key.strip()
            company = settings._google_sync_company()
            company._google_sync_keep("google_sync_api_key", key)

    def _inverse_google_sync_client_file(self):
        for settings in self.filtered("google_sync_client_file"):
            application = read_client_file(self.env, settings.google_sync_client_file)
            company = settings._google_sync_company()
            company.google_sync_client_id = application.client_id
            company.google_sync_client_kind = application.kind
            company.google_sync_client_redirects = "\n".join(application.redirect_uris)
            secret = application.client_secret
            company._google_sync_keep("google_sync_client_secret", secret)

    def action_google_sync_setup(self):
        """The walk through Google's console."""
        check_one(self)
        self.check_access("write")
        setup = self.env["google.sync.setup"]
        return setup.create({"company_id": self.company_id.id})._open()

    def action_google_sync_forget(self):
        """Forget the company's own application and key."""
        check_one(self)
        self.check_access("write")
        self._google_sync_company().write(
            {
                "google_sync_client_id": False,
                "google_sync_client_secret": False,
                "google_sync_client_kind": "web",
                "google_sync_client_redirects": False,
                "google_sync_client_checked_at": False,
                "google_sync_api_key": False,
            }
        )
        return {"type": "ir.actions.client", "tag": "reload"}
