"""The Google application of a company: which client the consent is given to."""

from urllib.parse import urlsplit

from werkzeug.urls import url_join

from odoo import api, fields, models
from odoo.http import request
from odoo.tools import SQL

from ...google_api.application import INSTALLED, Application
from ..account.account import LIVE_STATES
from ..rights.sense import check_ours
from ..tools.edge import engine_rows, parameter
from ..tools.options import server_option
from .token import decrypt, encrypt

CALLBACK_PATH = "/google_sync/oauth2/callback"
#: Where a manual connection ends: nobody listens there, the address bar is copied.
MANUAL_URI = "http://localhost:47813/google_sync"

_SECRETS = (
    "google_sync_client_secret",
    "google_sync_api_key",
    "google_sync_workspace_key",
)
_PRIVATE_NAMES = (".local", ".lan", ".internal", ".home", ".corp", ".localdomain")


class ResCompany(models.Model):
    _inherit = "res.company"

    google_sync_client_id = fields.Char(
        "Google client id", groups="base.group_system", copy=False
    )
    google_sync_client_secret = fields.Char(
        "Google client secret", groups=fields.NO_ACCESS, copy=False
    )
    google_sync_client_kind = fields.Selection(
        [("web", "Web application"), ("installed", "Desktop application")],
        "Google client type",
        default="web",
        groups="base.group_system",
        copy=False,
    )
    google_sync_client_redirects = fields.Text(
        "Redirect addresses of the Google client",
        groups="base.group_system",
        copy=False,
        help="As its file had them, and those that Google has led back to since",
    )
    google_sync_client_checked_at = fields.Datetime(
        "Google client accepted on", groups="base.group_system", copy=False
    )
    google_sync_api_key = fields.Char(
        "Google API key", groups=fields.NO_ACCESS, copy=False
    )

    def _google_sync_application(self):
        """Own application, else the one that the server's options offer, or None."""
        # sudo: the secret is for the server alone.
        company = self.sudo()
        if company.google_sync_client_id and company.google_sync_client_secret:
            own = company._google_sync_client_secret()
            kind = company.google_sync_client_kind or "web"
            if not own:
                # No key of this server opens it: it is to be entered again.
                return None
            return Application(company.google_sync_client_id, own, kind)
        client_id = server_option("client_id")
        secret = server_option("client_secret")
        if client_id and secret:
            return Application(client_id=client_id, client_secret=secret, kind="web")
        return None

    def _google_sync_source(self):
        """Whose application is in force: own, server or none."""
        # sudo: only which; the client itself is shown to nobody.
        company = self.sudo()
        if company.google_sync_client_id and company.google_sync_client_secret:
            return "own"
        return "server" if company._google_sync_application() else "none"

    def _google_sync_connect_way(self):
        """How users of this company connect: automatic, manual or both."""
        application = self._google_sync_application()
        uri = self._google_sync_redirect_uri()
        if application and application.kind == INSTALLED:
            return "both" if is_loopback(uri) else "manual"
        return "automatic" if is_redirect_allowed(uri) else "manual"

    def _google_sync_return_uri(self):
        """Where Google leads back to with this company's client."""
        if self._google_sync_connect_way() == "manual":
            return MANUAL_URI
        return self._google_sync_redirect_uri()

    def _google_sync_came_back(self, uri):
        """As superuser: Google has led back to `uri`, so the client has it."""
        known = self.google_sync_client_redirects
        if known and uri not in known.split():
            self.google_sync_client_redirects = f"{known}\n{uri}"

    def _google_sync_connected(self, client_id=None):
        """Accounts that are connected, through the client `client_id` or any."""
        domain = [("company_id", "in", self.ids), ("state", "in", LIVE_STATES)]
        if client_id:
            domain.append(("client_id_used", "=", client_id))
        # Accounts of the whole company, for who sets up its client.
        return engine_rows(self.env, "google.sync.account").search(domain)

    def _google_sync_client_secret(self):
        return self._google_sync_secret("google_sync_client_secret")

    def _google_sync_api_key(self):
        return self._google_sync_secret("google_sync_api_key") or server_option(
            "api_key"
        )

    def _google_sync_secret(self, name):
        """In clear; empty when there is none, or no key of this server opens it."""
        # sudo: secrets are closed for all; this one is for the server alone.
        return decrypt(self.sudo()[name])

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            check_ours(self, vals)
        return super().create([_encrypted(vals) for vals in vals_list])

    def write(self, vals):
        check_ours(self, vals)
        return super().write(_encrypted(vals))

    def _google_sync_keep(self, name, value):
        """Store a secret; in SQL, as the ORM would log it when the statement fails."""
        self.ensure_one()
        assert name in _SECRETS
        self.flush_recordset([name])
        self.env.cr.execute(
            SQL(
                "UPDATE res_company SET %s = %s WHERE id = %s",
                SQL.identifier(name),
                encrypt(value),
                self.id,
            ),
            log_exceptions=False,
        )
        self.invalidate_recordset([name])

    @api.model
    def _google_sync_redirect_uri(self):
        """The address to register in the Google console, to the letter.

        From the public address that is configured: a proxy hides the real one. But a
        new database says localhost:8069 until an administrator logs in, also where the
        server on this very computer listens on another port.
        """
        base = parameter(self.env, "web.base.url")
        if request and is_loopback(base) and is_loopback(request.httprequest.host_url):
            here = request.httprequest.host_url
            base = base if urlsplit(base).port == urlsplit(here).port else here
        return url_join(base, CALLBACK_PATH)


def _encrypted(vals):
    """The values with secrets as they are stored."""
    secrets = {name: encrypt(vals[name]) for name in _SECRETS if vals.get(name)}
    return {**vals, **secrets} if secrets else vals


def is_redirect_allowed(uri):
    """Google's rules for the redirect address of a web client."""
    parts = urlsplit(uri)
    host = parts.hostname or ""
    if is_loopback(uri):
        return True
    is_ip = ":" in host or host.replace(".", "").isdigit()
    public = "." in host and not is_ip and not host.endswith(_PRIVATE_NAMES)
    return parts.scheme == "https" and public


def is_loopback(url):
    return urlsplit(url).hostname in ("localhost", "127.0.0.1", "::1")
