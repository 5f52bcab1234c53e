"""An administrator's table: which way each field travels, company by company."""

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from ...sync.directions import Direction
from ...sync.events.ways import choices, ways_of
from ..account.halves import EVENTS
from ..journal.words import field_labels
from ..tools.edge import engine_rows


class GoogleSyncDirection(models.Model):
    _name = "google.sync.direction"
    _inherit = "google.sync.guard"
    _description = "Which way a field travels, in a company"
    _rec_name = "label"
    _order = "half, id"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade", index=True
    )
    half = fields.Selection(
        [(EVENTS.name, "Agenda")], required=True, readonly=True, default=EVENTS.name
    )
    field_name = fields.Char("Technical name", required=True, readonly=True)
    label = fields.Char("Field", compute="_compute_label")
    direction = fields.Selection(
        [
            (Direction.BOTH.value, "Both ways"),
            (Direction.TO_GOOGLE.value, "From Odoo to Google"),
            (Direction.FROM_GOOGLE.value, "From Google to Odoo"),
            (Direction.NONE.value, "Not synchronised"),
        ],
        required=True,
    )
    possible = fields.Char(
        compute="_compute_possible", help="Directions that it can have"
    )

    _field_unique = models.Constraint(
        "UNIQUE (company_id, half, field_name)",
        "Each field of a company has one direction.",
    )

    @api.depends("half", "field_name")
    @api.depends_context("lang")
    def _compute_label(self):
        for row in self:
            row.label = self._labels(row.half).get(row.field_name) or row.field_name

    @api.depends("half", "field_name")
    @api.depends_context("lang")
    def _compute_possible(self):
        words = dict(self._fields["direction"]._description_selection(self.env))
        for row in self:
            ways = self._choices(row.half).get(row.field_name, ())
            row.possible = ", ".join(words[way.value] for way in ways)

    @api.constrains("direction")
    def _check_direction(self):
        words = dict(self._fields["direction"]._description_selection(self.env))
        for row in self:
            ways = self._choices(row.half).get(row.field_name, ())
            if Direction(row.direction) in ways:
                continue
            raise ValidationError(
                self.env._(
                    "“%(field)s” cannot be “%(direction)s”. Possible: %(possible)s.",
                    field=row.label,
                    direction=words[row.direction],
                    possible=row.possible,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and not vals.keys() <= {"direction"}:
            raise AccessError(self.env._("Only the direction can be changed."))
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    def action_view_table(self):
        """The table of the company at hand, with every field that has a choice."""
        self.check_access("write")
        company = self.env.company
        rows = self._of_company(company)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Fields and directions: %s", company.name),
            "res_model": self._name,
            "view_mode": "list",
            "views": [(False, "list")],
            "domain": [("id", "in", rows.ids)],
        }

    def _of_company(self, company):
        """A row for each field that has a choice, made where there is none yet."""
        wanted = {
            (half, name): ways[0].value
            for half, _label in self._fields["half"].selection
            for name, ways in self._choices(half).items()
            if len(ways) > 1
        }
        rows = engine_rows(self.env, self._name).search(
            Domain("company_id", "=", company.id)
        )
        known = {(row.half, row.field_name) for row in rows}
        rows += rows.create(
            [
                {
                    "company_id": company.id,
                    "half": half,
                    "field_name": name,
                    "direction": direction,
                }
                for (half, name), direction in wanted.items()
                if (half, name) not in known
            ]
        )
        return rows.filtered(lambda row: (row.half, row.field_name) in wanted)

    @api.model
    def _choices(self, half):
        """By field of this half, its possible directions, its own one first."""
        return choices() if half == EVENTS.name else {}

    @api.model
    def _labels(self, half):
        return field_labels(self.env) if half == EVENTS.name else {}

    @api.model
    def _chosen(self, company, half):
        """{field: direction} of what this company has otherwise than by default."""
        return {
            name: Direction(direction)
            for name, direction in self._stored(company.id, half)
        }

    @tools.ormcache("company_id", "half")
    def _stored(self, company_id, half):
        default = {name: ways[0].value for name, ways in self._choices(half).items()}
        rows = engine_rows(self.env, self._name).search(
            Domain("company_id", "=", company_id) & Domain("half", "=", half)
        )
        return tuple(
            (row.field_name, row.direction)
            for row in rows
            if row.direction != default.get(row.field_name, row.direction)
        )


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _event_ways(self):
        """The directions that its company chose for the agenda."""
        table = self.env["google.sync.direction"]
        return ways_of(table._chosen(self.company_id, EVENTS.name))
