"""Settings that check: Google is asked about a client before it is kept.

What is wrong is refused at once, with nothing changed; who would have to connect again
is counted first. All of it comes before any write: nothing is locked meanwhile.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...google_api import checks
from ...google_api.application import INSTALLED, Application
from ...sync.ports import RetryLater
from ..rights.sense import check_ours
from ..tools.edge import wake
from ..tools.plural import plural
from .client import BUTTON_TIMEOUT
from .client_file import read_client_file

_ASKED = ("google_sync_client_id", "google_sync_new_secret", "google_sync_client_file")


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    google_sync_may_replace = fields.Boolean("Replace the client all the same")
    google_sync_replaced_message = fields.Char(
        compute="_compute_google_sync_replaced_message"
    )
    google_sync_redirect_message = fields.Char(
        compute="_compute_google_sync_redirect_message"
    )
    google_sync_client_said = fields.Char(compute="_compute_google_sync_client_said")

    # -- while the form is filled ----------------------------------------------

    @api.onchange("google_sync_client_file")
    def _onchange_google_sync_client_file(self):
        """A wrong file is refused as it is dropped; a right one fills the fields."""
        if not self.google_sync_client_file:
            return None
        try:
            application = read_client_file(self.env, self.google_sync_client_file)
        except UserError as error:
            self.google_sync_client_file = False
            self.google_sync_client_filename = False
            title = self.env._("Not the file of a client")
            return {"warning": {"title": title, "message": str(error)}}
        self.google_sync_client_id = application.client_id
        self.google_sync_client_kind = application.kind
        return None

    @api.depends("google_sync_client_id", "company_id")
    def _compute_google_sync_replaced_message(self):
        for settings in self:
            number = settings._google_sync_to_reconnect(settings.google_sync_client_id)
            settings.google_sync_replaced_message = (
                settings._google_sync_replaces(number) if number else False
            )

    @api.depends("google_sync_client_file", "google_sync_client_id", "company_id")
    def _compute_google_sync_redirect_message(self):
        for settings in self:
            company = settings._google_sync_company()
            known, kind = company.google_sync_client_redirects or "", ""
            if content := settings.google_sync_client_file:
                try:
                    application = read_client_file(self.env, content)
                except UserError:
                    application = Application("", "")
                known, kind = "\n".join(application.redirect_uris), application.kind
            elif settings.google_sync_client_id == company.google_sync_client_id:
                kind = company.google_sync_client_kind
            settings.google_sync_redirect_message = (
                self._google_sync_elsewhere(known.split())
                if kind and kind != INSTALLED
                else False
            )

    def _google_sync_elsewhere(self, addresses):
        """The client leads back to other addresses than ours, as far as is known."""
        wanted = self.env.company._google_sync_redirect_uri()
        if not addresses or wanted in addresses:
            return False
        return self.env._(
            "This client's file has other redirect addresses (%(there)s): Google will "
            "refuse connections with “redirect_uri_mismatch” until %(wanted)s stands "
            "among the client's Authorised redirect URIs in the Google console.",
            there=", ".join(addresses),
            wanted=wanted,
        )

    @api.depends("google_sync_client_id", "company_id")
    def _compute_google_sync_client_said(self):
        for settings in self:
            company = settings._google_sync_company()
            kept = company.google_sync_client_id
            if not kept or kept != settings.google_sync_client_id:
                settings.google_sync_client_said = False
                continue
            number = len(company._google_sync_connected(kept))
            settings.google_sync_client_said = " ".join(
                [settings._google_sync_accepted(), settings._google_sync_used(number)]
            )

    def _google_sync_accepted(self):
        at = self._google_sync_company().google_sync_client_checked_at
        if not at:
            return self.env._("Google could not be asked about this client yet.")
        shown = fields.Datetime.context_timestamp(self, at)
        day = self.env["ir.qweb.field.datetime"].value_to_html(
            shown.replace(tzinfo=None), {"tz_name": "UTC", "format": "short"}
        )
        return self.env._("Google accepted id and secret on %s.", day)

    def _google_sync_used(self, number):
        return plural(
            self.env,
            number,
            self.env._("%s person is connected through it.", number),
            self.env._("%s people are connected through it.", number),
        )

    # -- before anything is kept -----------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            check_ours(self, vals)
        accepted = [self._google_sync_check(vals) for vals in vals_list]
        settings = super().create(vals_list)
        for one, checked_at in zip(settings, accepted, strict=True):
            if checked_at is not None:
                one._google_sync_client_is_new(checked_at)
        return settings

    def write(self, vals):
        check_ours(self, vals)
        return super().write(vals)

    def _google_sync_check(self, vals):
        """UserError unless Google takes what is to be kept.

        None when nothing changes; when Google took it, False when it does not answer.
        """
        if not any(vals.get(name) is not None for name in _ASKED):
            return None
        # sudo: secrets are closed for all; settings are administrators'.
        company = self.env["res.company"].browse(vals.get("company_id"))
        company = (company or self.env.company).sudo()
        kept = company._google_sync_client_secret() or False
        before = (company.google_sync_client_id, kept)
        application = self._google_sync_given(company, vals)
        after = (application.client_id or False, application.client_secret or False)
        if after == before or not (before[0] or after[0]):
            return None
        if after[0] and not after[1]:
            raise UserError(
                self.env._(
                    "The client secret is missing: it stands beside the client id in "
                    "the Google console. Nothing was changed."
                )
            )
        asked = self._google_sync_ask(application) if after[0] else False
        number = self.with_company(company)._google_sync_to_reconnect(after[0])
        if number and not vals.get("google_sync_may_replace"):
            raise UserError(
                self.env._(
                    "%s Nothing was changed. Tick “Replace the client all the same” "
                    "and save again, if that is meant.",
                    self._google_sync_replaces(number),
                )
            )
        if not vals.get("google_sync_client_file") and after[0] != before[0]:
            company.google_sync_client_redirects = False
        return asked

    def _google_sync_given(self, company, vals):
        """The application that these values make."""
        if content := vals.get("google_sync_client_file"):
            return read_client_file(self.env, content)
        kept = company.google_sync_client_id or ""
        client_id = vals.get("google_sync_client_id", kept) or ""
        secret = (
            vals.get("google_sync_new_secret") or company._google_sync_client_secret()
        )
        return Application(client_id.strip(), (secret or "").strip())

    def _google_sync_ask(self, application):
        """When Google took it, False when out of reach, UserError if it refuses."""
        endpoints = self.env["google.sync.account"]._endpoints()
        stop = checks.check_client(application, endpoints, BUTTON_TIMEOUT)
        if stop is None:
            return fields.Datetime.now()
        if isinstance(stop, RetryLater):
            return False
        raise UserError(" ".join([self._google_sync_refusal(stop), f"[{stop.reason}]"]))

    def _google_sync_refusal(self, stop):
        """Google says which of the two it does not know, where it says anything."""
        said = str(stop).lower()
        if stop.reason == "deleted_client" or "not found" in said:
            return self.env._(
                "Google does not know this client id: it is mistyped, or the client "
                "was deleted in the Google console. Nothing was changed."
            )
        if "secret" in said or "unauthorized" in said:
            return self.env._(
                "Google knows this client, but not with this client secret: copy the "
                "secret again from the Google console. Nothing was changed."
            )
        return self.env._(
            "Google does not accept this client id with this client secret: copy both "
            "again from the Google console. Nothing was changed."
        )

    def _google_sync_to_reconnect(self, client_id):
        """How many people are connected through another client than this one."""
        company = self._google_sync_company()
        now = company._google_sync_application()
        if not now or not client_id or client_id.strip() == now.client_id:
            return 0
        return len(company._google_sync_connected(now.client_id))

    def _google_sync_replaces(self, number):
        return plural(
            self.env,
            number,
            self.env._(
                "%s person is connected through the client in force and will have to "
                "connect again.",
                number,
            ),
            self.env._(
                "%s people are connected through the client in force and will have to "
                "connect again.",
                number,
            ),
        )

    def _google_sync_client_is_new(self, checked_at):
        """Those of another client hear of it by their next run, which is now."""
        company = self._google_sync_company()
        company.google_sync_client_checked_at = checked_at
        for account in company._google_sync_connected():
            account._tell_owner()
        wake(self.env)
