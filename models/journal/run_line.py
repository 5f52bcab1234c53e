"""The journal, lower half: one row per record written, refused or left, per run.

The title and the values of a private event are for the account's owner. They are
stored in fields that only the server reads (`title`, `before`, `after`); what others
see of them goes through the computed fields, which stay empty for them.
"""

import json
import re

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.edge import engine_rows
from ..tools.labelled import labelled
from .words import shown

#: What a person reads first; the rest follows by name.
_ORDER = {
    name: rank for rank, name in enumerate(("title", "period", "place", "description"))
}
#: Kept for the merge; of the event itself they say nothing.
_NOT_SHOWN = {"mail_reminders"}
#: Google's word at the end of what it said, or ours.
_REASON = re.compile(r"\(([\w.]+)\)$")


class GoogleSyncRunLine(models.Model):
    _name = "google.sync.run.line"
    _inherit = "google.sync.polite"
    _description = "Synchronisation Journal Line"
    # Not by the run: along it, Odoo would turn its order about.
    _order = "started_at desc, id"

    run_id = fields.Many2one(
        "google.sync.run", required=True, ondelete="cascade", index=True, readonly=True
    )
    account_id = fields.Many2one(related="run_id.account_id", store=True, index=True)
    user_id = fields.Many2one(
        related="run_id.account_id.user_id", string="User", store=True
    )
    company_id = fields.Many2one(related="run_id.company_id", store=True)
    started_at = fields.Datetime(related="run_id.started_at", string="When", store=True)
    action = fields.Selection(
        [
            ("create", "Created"),
            ("update", "Changed"),
            ("delete", "Deleted"),
            ("adopt", "Paired"),
            ("decline", "Declined"),
            ("conflict", "Conflict"),
            ("move", "Moved"),
            ("put_back", "Put back"),
            ("skip", "Left alone"),
            ("error", "Error"),
        ],
        required=True,
        readonly=True,
    )
    side = fields.Selection(
        [("odoo", "Odoo"), ("google", "Google")],
        "Written in",
        readonly=True,
    )
    res_model = fields.Char("Model", readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True)
    title = fields.Char("Stored title", groups=fields.NO_ACCESS)
    name = fields.Char(
        "Title", compute="_compute_name", compute_sudo=True, search="_search_name"
    )
    openable = fields.Boolean(
        compute="_compute_openable", help="There is a record to open in Odoo"
    )
    google_id = fields.Char("Google Id", readonly=True)
    calendar_id = fields.Many2one(
        "google.sync.calendar",
        "Google calendar",
        ondelete="set null",
        readonly=True,
        index="btree_not_null",
    )
    before = fields.Text("Stored values before", groups=fields.NO_ACCESS)
    after = fields.Text("Stored values after", groups=fields.NO_ACCESS)
    before_display = fields.Text(
        "Before", compute="_compute_values_display", compute_sudo=True
    )
    after_display = fields.Text(
        "After", compute="_compute_values_display", compute_sudo=True
    )
    error = fields.Char(
        readonly=True,
        help="Of a private entry the reason only: what was said may quote it",
    )
    said = fields.Char("Stored words", groups=fields.NO_ACCESS)
    error_display = fields.Char(
        "What Google said", compute="_compute_error_display", compute_sudo=True
    )
    reason = fields.Char(readonly=True)
    advice = fields.Char("What to do", readonly=True)
    private = fields.Boolean(readonly=True)

    @api.depends("title", "private", "account_id.user_id")
    @api.depends_context("uid")
    def _compute_name(self):
        for line in self:
            hidden = line._is_hidden_from_me()
            line.name = self.env._("Private") if hidden else line.title

    @api.depends("before", "after", "private", "account_id.user_id")
    @api.depends_context("uid")
    def _compute_values_display(self):
        for line in self:
            hidden = line._is_hidden_from_me()
            line.before_display = not hidden and line._as_lines(line.before)
            line.after_display = not hidden and line._as_lines(line.after)

    @api.depends("error", "said", "private", "account_id.user_id")
    @api.depends_context("uid")
    def _compute_error_display(self):
        for line in self:
            hidden = line._is_hidden_from_me()
            line.error_display = (not hidden and line.said) or line.error

    @api.depends("name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.name or line.google_id or ""

    def _search_name(self, operator, value):
        """By title, among what the searcher is shown: a search must not reveal."""
        shown = [
            "|",
            ("private", "=", False),
            ("account_id.user_id", "=", self.env.uid),
        ]
        lines = engine_rows(self.env, self._name)
        found = lines.search([("title", operator, value), *shown])
        return [("id", "in", found.ids)]

    @api.model_create_multi
    def create(self, vals_list):
        """Callers give the title as `name`, the field that everybody reads."""
        return super().create([_stored(vals) for vals in vals_list])

    @api.depends("res_model", "res_id")
    @api.depends_context("uid")
    def _compute_openable(self):
        self.openable = False
        for model, lines in self.grouped("res_model").items():
            if model in self.env and self.env[model].has_access("read"):
                there = self.env[model].browse(lines.mapped("res_id")).exists()
                there = set(there._filtered_access("read").ids)
                for line in lines:
                    line.openable = line.res_id in there

    def action_open_record(self):
        """Open the record that the line is about, with the reader's own rights."""
        self.ensure_one()
        self.check_access("read")
        if not self.env[self.res_model].browse(self.res_id).exists():
            raise UserError(
                self.env._("“%s” does not exist any more in Odoo.", self.display_name)
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    def action_open_run(self):
        """The synchronisation that the line is of."""
        self.ensure_one()
        return self.run_id.action_follow()

    def _is_hidden_from_me(self):
        return self.private and self.account_id.user_id != self.env.user

    def _as_lines(self, values):
        """The stored JSON as one `field: value` per line, as a person reads it."""
        if not values:
            return False
        values = json.loads(values)
        shown_names = values.keys() - _NOT_SHOWN
        names = sorted(
            shown_names, key=lambda name: (_ORDER.get(name, len(_ORDER)), name)
        )
        return "\n".join(
            labelled(
                self.env,
                shown(self.env, "label", name),
                shown(self.env, name, values[name]),
            )
            for name in names
        )


def _stored(vals):
    """The values of a line, with what a private entry could be known by kept apart."""
    stored = {"title" if key == "name" else key: x for key, x in vals.items()}
    said = stored.get("error")
    if said:
        found = _REASON.search(said)
        stored["reason"] = found[1] if found else False
        if stored.get("private"):
            stored.update(kept_apart(said))
    return stored


def kept_apart(said):
    """The words for the owner, the reason for everybody."""
    found = _REASON.search(said)
    return {"said": said, "error": found[0] if found else "…"}
