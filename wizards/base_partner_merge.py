"""Merging contacts: their places on the lists for Google follow."""

from odoo import api, models

from ..models.tools.edge import engine_rows


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Before the merge in SQL, which deletes every link when two would clash."""
        # Everybody's links follow, as Odoo's own merge does it.
        links = engine_rows(self.env, "google.sync.contact.link")
        links._follow_merge(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)
