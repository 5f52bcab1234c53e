"""Guests of events made in Google: whether unknown ones become contacts."""

from odoo import fields, models


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    guests_as_contacts = fields.Boolean(
        "Unknown guests become contacts",
        help="Guests of events made in Google take part in Odoo's event when Odoo "
        "knows their mail address. With this option a contact is created for the "
        "others. Nobody is mailed.",
    )
