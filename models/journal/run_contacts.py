"""The journal's words for contacts that were left alone."""

from odoo import api, models


class GoogleSyncRun(models.Model):
    _inherit = "google.sync.run"

    @api.model
    def _skip_labels(self):
        return {
            **super()._skip_labels(),
            "no_address": self.env._("Contacts without mail or phone"),
            "unreadable_mail": self.env._("Contacts whose mail cannot be read"),
            "archived": self.env._("Contacts archived in Odoo"),
            "not_visible": self.env._("Contacts that the user may not see"),
            "ambiguous": self.env._("Contacts that wait for an answer"),
            "unsure": self.env._("Contacts whose creation Google did not confirm"),
            "refused": self.env._("Contacts that Google refuses as they are"),
        }
