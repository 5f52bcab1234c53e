"""Contacts as vCard: the list, or some of it, as one file for any address book."""

import re
import tempfile

from werkzeug.wsgi import wrap_file

from odoo import http
from odoo.exceptions import AccessError
from odoo.http import content_disposition, request

CHUNK = 200
#: More than this is no id that PostgreSQL would take.
_LARGEST = 2**31 - 1


def _numbers(text):
    """The ids in an address, "4,8"; 404 for what is none."""
    words = [word for word in (text or "").split(",") if word]
    if not all(re.fullmatch(r"[0-9]{1,10}", word) for word in words):
        raise request.not_found()
    numbers = [int(word) for word in words]
    if not all(0 < number <= _LARGEST for number in numbers):
        raise request.not_found()
    return list(dict.fromkeys(numbers))


class GoogleSyncContacts(http.Controller):
    @http.route("/google_sync/contacts.vcf", type="http", auth="user", methods=["GET"])
    def contacts(self, account_id=None, ids="", **_kw):
        """All of an account's list, or the links `ids`, that the caller may see."""
        links = self._links(_numbers(account_id), _numbers(ids))
        links.account_id._check_may_manage()
        # A file, because photos of thousands need room; closed with the response.
        target = tempfile.TemporaryFile()  # noqa: SIM115 # pylint: disable=R1732
        partner_ids = links.partner_id._filtered_access("read").ids
        for start in range(0, len(partner_ids), CHUNK):
            partners = request.env["res.partner"].browse(
                partner_ids[start : start + CHUNK]
            )
            target.write(partners._google_sync_vcards().encode())
            request.env.invalidate_all()
        return self._download(target, request.env._("contacts.vcf"))

    @http.route(
        "/google_sync/archive/<int:line_id>.vcf",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def archive(self, line_id, **_kw):
        """The vCard that a line of the journal keeps, for who may read its values."""
        line = request.env["google.sync.run.line"].browse(_numbers(str(line_id)))
        if not line.exists():
            raise request.not_found()
        line.check_access("read")
        # sudo: a field closed for all; who may read it is decided just below.
        kept = line.sudo().archive
        if line._is_hidden_from_me() or line.res_model != "res.partner" or not kept:
            raise AccessError(request.env._("There is nothing here for you to read."))
        headers = self._headers(request.env._("contact.vcf"))
        return request.make_response(kept, headers=headers)

    def _links(self, account_id, ids):
        links = request.env["google.sync.contact.link"]
        if account_id:
            account = request.env["google.sync.account"].browse(account_id[:1])
            if not account.exists():
                raise request.not_found()
            account._check_may_manage()
            return links.search(account._contacts_domain("chosen"))
        links = links.browse(ids)
        if links != links.exists()._filtered_access("read"):
            raise AccessError(
                request.env._("These contacts are on somebody else's list.")
            )
        return links

    @staticmethod
    def _headers(name):
        return [
            ("Content-Type", "text/vcard; charset=utf-8"),
            ("Content-Disposition", content_disposition(name)),
        ]

    def _download(self, target, name):
        size = target.tell()
        target.seek(0)
        response = request.make_response(b"", headers=self._headers(name))
        response.response = wrap_file(request.httprequest.environ, target)
        response.direct_passthrough = True
        response.headers["Content-Length"] = str(size)
        return response
