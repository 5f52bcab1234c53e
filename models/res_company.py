"""The Google application of a company: which client the consent is given to."""

from urllib.parse import urlsplit

from werkzeug.urls import url_join

from odoo import api, fields, models
from odoo.http import request
from odoo.tools import SQL

from ..google_api.oauth import Application
from .google_sync_options import server_option

CALLBACK_PATH = "/google_sync/oauth2/callback"


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
    google_sync_api_key = fields.Char(
        "Google API key", groups=fields.NO_ACCESS, copy=False
    )

    def _google_sync_application(self):
        """Own application, else the one that the server's options offer, or None."""
        company = self.sudo()
        if company.google_sync_client_id and company.google_sync_client_secret:
            return Application(
                client_id=company.google_sync_client_id,
                client_secret=company.google_sync_client_secret,
                kind=company.google_sync_client_kind or "web",
            )
        client_id = server_option("client_id")
        secret = server_option("client_secret")
        if client_id and secret:
            return Application(client_id=client_id, client_secret=secret, kind="web")
        return None

    def _google_sync_keep(self, name, value):
        """Store a secret; in SQL, as the ORM would log it when the statement fails."""
        self.ensure_one()
        assert name in ("google_sync_client_secret", "google_sync_api_key")
        self.flush_recordset([name])
        self.env.cr.execute(
            SQL(
                "UPDATE res_company SET %s = %s WHERE id = %s",
                SQL.identifier(name),
                value,
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
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url")
        if request and is_loopback(base) and is_loopback(request.httprequest.host_url):
            here = request.httprequest.host_url
            base = base if urlsplit(base).port == urlsplit(here).port else here
        return url_join(base, CALLBACK_PATH)


def is_loopback(url):
    return urlsplit(url).hostname in ("localhost", "127.0.0.1", "::1")
