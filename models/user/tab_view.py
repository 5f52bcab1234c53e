"""The Synchronisation tab is one view, and stands in two places."""

from lxml import etree

from odoo import api, models

TAB = "google_sync.res_users_view_form_tab"


class IrUiView(models.Model):
    _inherit = "ir.ui.view"

    @api.model
    def apply_inheritance_specs(self, source, specs_tree, pre_locate=None):
        """Where a view of users calls the tab, its fields and buttons take that place.

        Before the view is applied: Odoo's checks, views that inherit from it and
        Studio see one form, as if the tab had been written there.
        """
        for place in specs_tree.findall(f".//t[@t-call='{TAB}']"):
            _put_in_place(place, self._google_sync_tab())
        return super().apply_inheritance_specs(source, specs_tree, pre_locate)

    def _google_sync_tab(self):
        """The tab with what other views add to it, in the reader's language."""
        # sudo: as Odoo reads the views that it combines, whoever opens the form.
        return self.env.ref(TAB).sudo()._get_combined_arch()


def _put_in_place(place, form):
    """What is in the form instead of the call, in its order."""
    for child in form.iterchildren(etree.Element):
        place.addprevious(child)
    place.getparent().remove(place)
