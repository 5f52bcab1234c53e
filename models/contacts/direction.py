"""Which way the fields of contacts travel, in a company: their rows of the table."""

from odoo import api, fields, models, tools
from odoo.fields import Domain

from ...sync.contacts.fields import CONTACT_FIELDS, comes, extra_sections
from ...sync.contacts.values import ATTRIBUTES
from ...sync.contacts.ways import choices, fields_of, ways_of
from ...sync.directions import Direction
from ..account.halves import CONTACTS
from ..journal.contact_words import contact_labels
from ..tools.edge import engine_rows


class GoogleSyncDirection(models.Model):
    _inherit = "google.sync.direction"

    half = fields.Selection(
        selection_add=[(CONTACTS.name, "Contacts")],
        ondelete={CONTACTS.name: "cascade"},
    )

    def write(self, vals):
        """Contacts are looked at once: what does not travel is agreed on as it is."""
        result = super().write(vals)
        companies = self.filtered(lambda row: row.half == CONTACTS.name).company_id
        if "direction" in vals and companies:
            mine = Domain("account_id.company_id", "in", companies.ids)
            links = engine_rows(self.env, "google.sync.contact.link")
            links.search(mine & Domain("state", "=", "linked")).write({"dirty": True})
        return result

    @api.model
    def _choices(self, half):
        if half != CONTACTS.name:
            return super()._choices(half)
        # Those without a half in Odoo are another addon's to give one.
        mine = ATTRIBUTES.union(self.env["res.partner"]._google_sync_extra_fields())
        return {name: ways for name, ways in choices().items() if name in mine}

    @api.model
    def _labels(self, half):
        if half != CONTACTS.name:
            return super()._labels(half)
        return {
            **contact_labels(self.env),
            "street": self.env._("Address"),
            "company": self.env._("Company and job position"),
        }

    @tools.ormcache()
    def _contact_fields_both_ways(self):
        """Fields of contacts that some company has both ways, by the engine's name."""
        rows = engine_rows(self.env, self._name).search(
            Domain("half", "=", CONTACTS.name)
            & Domain("direction", "=", Direction.BOTH.value)
        )
        both = dict.fromkeys(rows.mapped("field_name"), Direction.BOTH)
        default = {n for n, field in CONTACT_FIELDS.items() if comes(field.direction)}
        return frozenset(default.union(ways_of(both)))


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _contact_ways(self):
        """The directions that its company chose for the contacts."""
        table = self.env["google.sync.direction"]
        return ways_of(table._chosen(self.company_id, CONTACTS.name))

    def _contact_fields(self):
        """The table of fields with the directions of its company."""
        return fields_of(self._contact_ways())

    def _more_sections(self):
        """Google's sections that fields of other addons need."""
        return extra_sections(self._contact_fields())
