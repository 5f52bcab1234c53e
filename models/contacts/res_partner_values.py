"""Odoo's half of a contact's mapping: its canonical values, and writing them back."""

import base64
import re
from types import MappingProxyType

from odoo import models
from odoo.tools import SQL

from ...sync.contacts.archive import to_vcard
from ...sync.contacts.comment import comment_from_odoo, comment_to_odoo
from ...sync.contacts.mails import read_mails
from ...sync.contacts.values import ContactValues
from .photo import photo_for_google

#: How a picture begins that Odoo drew itself (initials on a coloured ground).
_DRAWN = re.compile(rb"<svg[^>]*>\s*<rect fill=.hsl\(")


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _google_sync_values(self):
        """{partner id: ContactValues}, read in bulk with the reader's own rights."""
        photos = self._google_sync_photo_hashes()
        return {
            partner.id: partner._google_sync_contact_values(photos.get(partner.id, ""))
            for partner in self
        }

    def _google_sync_contact_values(self, photo):
        self.ensure_one()
        country = self.country_id
        mails, whole = read_mails(_text(self.email))
        return ContactValues(
            name=_text(self.name),
            emails=mails,
            phone=_text(self.phone),
            mobile=_text(self.mobile),
            street=_text(self.street),
            street2=_text(self.street2),
            zip=_text(self.zip),
            city=_text(self.city),
            state=_text(self.state_id.name),
            country=_text(country.name),
            country_code=_text(country.code).upper(),
            company=self._google_sync_company(),
            function=_text(self.function),
            comment=comment_from_odoo(self.comment or ""),
            photo=photo,
            unread=MappingProxyType({} if whole else {"emails": _text(self.email)}),
            extra=MappingProxyType(self._google_sync_extra_values()),
        )

    def _google_sync_company(self):
        """The name of the company that the contact is, belongs to, or types."""
        if self.is_company:
            return _text(self.name)
        return _text(self.commercial_company_name or self.parent_id.name)

    def _google_sync_extra_fields(self):
        """{name of a registered field: Odoo's field, whose value is taken as it is}."""
        return {"website": "website"}

    def _google_sync_extra_values(self):
        """Values of fields that another addon registered, by field name."""
        own = self._google_sync_extra_fields().items()
        return {name: self[field] or "" for name, field in own}

    def _google_sync_extra_vals(self, changes):
        """Values to write for the registered fields among `changes`."""
        own = self._google_sync_extra_fields().items()
        return {field: changes[name] for name, field in own if name in changes}

    def _google_sync_vals(self, changes):
        """Values to write for the canonical `changes` that come from Google."""
        vals = self._google_sync_extra_vals(changes)
        if "comment" in changes:
            vals["comment"] = comment_to_odoo(changes["comment"])
        if "emails" in changes:
            vals["email"] = ", ".join(changes["emails"])
        vals |= {n: changes[n] for n in ("name", "phone", "mobile") if n in changes}
        return vals

    def _google_sync_new(self, values):
        """Values of a contact that a person has made of one in Google.

        The company stays a word: nobody is put under a company by its name alone.
        """
        names = ("name", "emails", "phone", "mobile")
        changes = {name: values.get(name) for name in names if values.get(name)}
        own = {"company_name": values.company, "function": values.function}
        return {
            **self._google_sync_vals(changes),
            **{name: text for name, text in own.items() if text},
        }

    def _google_sync_vcards(self):
        """These contacts as one text of vCards, photos included."""
        cards = []
        for partner_id, values in self._google_sync_values().items():
            partner = self.browse(partner_id)
            photo = photo_for_google(partner) if values.photo else b""
            cards.append(to_vcard(values, f"res.partner-{partner_id}", photo))
        return "".join(cards)

    def _google_sync_photo_hashes(self):
        """{partner id: hash} of real photos: of the stored file, without reading it."""
        if not self.ids:
            return {}
        self.env["ir.attachment"].flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT res_id, checksum, mimetype FROM ir_attachment"
                " WHERE res_model = 'res.partner' AND res_field = 'image_1920'"
                " AND res_id IN %s AND checksum IS NOT NULL",
                tuple(self.ids),
            )
        )
        drawn = self.browse(row[0] for row in rows if "svg" in (row[2] or ""))
        drawn = drawn.filtered(lambda partner: partner._google_sync_is_drawn())
        return {row[0]: row[1] for row in rows if row[0] not in drawn._ids}

    def _google_sync_is_drawn(self):
        """Its picture is not a person's: Odoo drew it of the initials."""
        stored = self.with_context(bin_size=False).image_1920 or b""
        return bool(_DRAWN.search(base64.b64decode(stored)[:1000]))


def _text(value):
    return (value or "").strip()
