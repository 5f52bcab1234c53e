"""In the list of meetings: whether each is in the reader's Google, or why not."""

from odoo import api, fields, models
from odoo.fields import Domain


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    google_sync_sign = fields.Selection(search="_search_google_sync_sign")
    google_sync_reason = fields.Char(
        "In Google, or why not",
        compute="_compute_google_sync_reason",
        groups="google_sync.group_user",
        help="In my own Google calendar",
    )

    @api.model
    def _search_google_sync_sign(self, operator, value):
        """Of the events of the reader's own agenda, computed one like the other."""
        if operator != "in":
            return NotImplemented
        if not self.env["google.sync.account"]._mine():
            return Domain.FALSE
        agenda = self.search([("partner_ids", "in", self.env.user.partner_id.ids)])
        found = agenda.filtered(lambda event: event.google_sync_sign in value)
        return Domain("id", "in", found.ids)

    @api.depends_context("uid", "lang")
    @api.depends("google_sync_sign")
    def _compute_google_sync_reason(self):
        account = self.env["google.sync.account"]._mine()
        labels = dict(self.env["google.sync.why"]._signs())
        for event in self:
            sign = event.google_sync_sign
            reason = labels.get(sign, False)
            if sign == "out" and account:
                reason = event._google_sync_why_out(account)[1]
            event.google_sync_reason = reason
