"""The support bundle as a file, for who may manage the accounts that are in it."""

from odoo import fields, http
from odoo.http import content_disposition, request

from .contacts import _numbers


class GoogleSyncSupport(http.Controller):
    @http.route("/google_sync/support.zip", type="http", auth="user", methods=["GET"])
    def support(self, ids="", **_kw):
        """Of these accounts; without any, of all that an administrator manages."""
        accounts = request.env["google.sync.account"]
        numbers = _numbers(ids)
        if numbers:
            accounts = accounts.browse(numbers).exists()
            if not accounts:
                raise request.not_found()
        else:
            accounts = accounts._all_for_support()
        accounts._check_may_manage()
        day = fields.Date.today()
        return request.make_response(
            accounts._support_bundle(),
            headers=[
                ("Content-Type", "application/zip"),
                (
                    "Content-Disposition",
                    content_disposition(f"google_sync_{day}.zip"),
                ),
                ("Cache-Control", "no-store"),
            ],
        )
