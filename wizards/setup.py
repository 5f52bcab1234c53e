"""Step by step through Google's console; each step checked where that is possible."""

from markupsafe import Markup

from odoo import api, fields, models

from ..google_api.oauth import AGENDA_SCOPES, CONTACTS_SCOPES, IDENTITY_SCOPES
from ..models.connection.res_company import MANUAL_URI, is_redirect_allowed

CONSOLE = "https://console.cloud.google.com"
#: How a step stands: done, to do or wrong, or nobody can tell from here.
DONE, WRONG, UNKNOWN = "done", "wrong", "unknown"
_SIGNS = {
    DONE: ("fa-check-circle", "text-success"),
    WRONG: ("fa-times-circle", "text-danger"),
    UNKNOWN: ("fa-circle-o", "text-muted"),
}


class GoogleSyncSetup(models.TransientModel):
    _name = "google.sync.setup"
    _inherit = "google.sync.guard"
    _description = "Set-up of the Google application"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    redirect_uri = fields.Char("Redirect address", compute="_compute_to_paste")
    scopes = fields.Char(compute="_compute_to_paste")
    report = fields.Html(compute="_compute_report", sanitize=False)

    @api.depends("company_id")
    def _compute_to_paste(self):
        for setup in self:
            uri = setup.company_id._google_sync_redirect_uri()
            setup.redirect_uri = uri if is_redirect_allowed(uri) else MANUAL_URI
            wanted = (*IDENTITY_SCOPES, *AGENDA_SCOPES, *CONTACTS_SCOPES)
            setup.scopes = ", ".join(wanted)

    @api.depends("company_id")
    def _compute_report(self):
        for setup in self:
            steps = setup._steps()
            setup.report = self.env["ir.qweb"]._render(
                "google_sync.setup_report",
                {
                    "steps": steps,
                    "signs": _SIGNS,
                    "words": setup._words(),
                    "summary": self.env._(
                        "%(done)s of %(all)s steps are checked and done.",
                        done=sum(step["status"] == DONE for step in steps),
                        all=len(steps),
                    ),
                },
            )

    def _words(self):
        return {
            DONE: self.env._("Done"),
            WRONG: self.env._("To do"),
            UNKNOWN: self.env._("Cannot be checked from here"),
        }

    # -- what to click ---------------------------------------------------------

    @staticmethod
    def _link(path, label):
        return Markup('<a href="%s" target="_blank" rel="noopener">%s</a>') % (
            f"{CONSOLE}/{path}",
            label,
        )

    def _guide_to_project(self):
        """Name and instruction of the steps that make the project."""
        library = self.env._("its page in the library")
        return {
            "project": (
                self.env._("Project"),
                self.env._(
                    "Sign in to the %s with an account of the company, create a "
                    "project and give it a name, such as “Odoo”.",
                    self._link("projectcreate", self.env._("Google console")),
                ),
            ),
            "calendar_api": (
                self.env._("Google Calendar API"),
                self.env._(
                    "Open %s and press Enable.",
                    self._link("apis/library/calendar-json.googleapis.com", library),
                ),
            ),
            "people_api": (
                self.env._("Google People API (contacts)"),
                self.env._(
                    "Open %s and press Enable. Google may take some minutes.",
                    self._link("apis/library/people.googleapis.com", library),
                ),
            ),
            "consent_screen": (
                self.env._("Consent screen"),
                self.env._(
                    "Under %s enter a name and mail addresses. Under Audience choose "
                    "Internal when all users are in your Google Workspace, else "
                    "External.",
                    self._link("auth/branding", "Google Auth Platform, Branding"),
                ),
            ),
            "scopes": (
                self.env._("Scopes"),
                self.env._(
                    "Under %s press Add or remove scopes, and paste the list below "
                    "into the box for manual entries.",
                    self._link("auth/scopes", "Google Auth Platform, Data access"),
                ),
            ),
        }

    def _guide_to_client(self):
        """Name and instruction of the steps that let users in."""
        return {
            "test_users": (
                self.env._("Test users, for an External application in testing"),
                self.env._(
                    "Under %s add the Google mail address of every user; without it "
                    "Google says “403 access_denied”. Or press Publish application.",
                    self._link("auth/audience", "Google Auth Platform, Audience"),
                ),
            ),
            "client": (
                self.env._("OAuth client"),
                self.env._(
                    "Under %s press Create client and choose Web application. Download "
                    "its JSON file and drop it in the settings of Odoo. (Desktop "
                    "application, when Odoo has no public https address: users then "
                    "connect by hand.)",
                    self._link("auth/clients", "Google Auth Platform, Clients"),
                ),
            ),
            "redirect": (
                self.env._("Redirect address, for a Web application"),
                self.env._(
                    "In the client, under Authorised redirect URIs, paste the address "
                    "below, to the letter."
                ),
            ),
            "key": (
                self.env._("API key, if you want one"),
                self.env._(
                    "Under %s press Create credentials, API key, and copy it into the "
                    "settings of Odoo. The synchronisation itself does not need it.",
                    self._link("apis/credentials", self.env._("Credentials")),
                ),
            ),
        }

    # -- buttons ---------------------------------------------------------------

    def _open(self):
        """The dialogue; the checks are made as it opens."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Set up Google step by step"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_again(self):
        """Ask Google once more."""
        self.ensure_one()
        return self.create({"company_id": self.company_id.id})._open()
