"""What an administrator sends to the users who are not connected yet."""

from markupsafe import Markup

from odoo import api, fields, models


class GoogleSyncInvitation(models.TransientModel):
    _name = "google.sync.invitation"
    _inherit = "google.sync.guard"
    _description = "Invitation to connect"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    url = fields.Char("Link", compute="_compute_words")
    names = fields.Char("Not connected yet", compute="_compute_words")
    words = fields.Text("What to send", compute="_compute_words")

    @api.depends("company_id")
    @api.depends_context("lang")
    def _compute_words(self):
        for invitation in self:
            url = f"{invitation.get_base_url()}/odoo/my-google-sync"
            invitation.url = url
            invitation.names = ", ".join(invitation._users().mapped("name"))
            invitation.words = "\n".join([*invitation._sentences(), url])

    def _users(self):
        """Who could be connected and is not."""
        connected = self.company_id._google_sync_connected().user_id
        return self.company_id._google_sync_users() - connected

    def _sentences(self):
        return [
            self.env._(
                "Your agenda in Odoo and in Google can now be kept in step, and the "
                "contacts that you choose go to Google."
            ),
            self.env._(
                "Open this page, press Connect and allow the access on Google's page. "
                "You then choose what to synchronise; nothing is written before you "
                "press Start."
            ),
        ]

    def _open(self):
        """The dialogue, as it stands."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Invite your users"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_write_mail(self):
        """A mail to all of them, to be read over and sent in Odoo's own dialogue."""
        self.ensure_one()
        self.check_access("write")
        link = Markup('<p><a href="%s">%s</a></p>') % (self.url, self.url)
        text = Markup("").join(Markup("<p>%s</p>") % x for x in self._sentences())
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write a mail"),
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_composition_mode": "mass_mail",
                "default_model": "res.partner",
                "default_res_ids": self._users().partner_id.ids,
                "default_subject": self.env._("Your agenda in Odoo and in Google"),
                "default_body": text + link,
            },
        }
