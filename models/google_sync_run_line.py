"""The journal, lower half: one row per record written, refused or left, per run.

The title and the values of a private event are for the account's owner. They are
stored in fields that only the server reads (`title`, `before`, `after`); what others
see of them goes through the computed fields, which stay empty for them.
"""

import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from .google_sync_journal import shown


class GoogleSyncRunLine(models.Model):
    _name = "google.sync.run.line"
    _description = "Synchronisation Journal Line"
    _order = "run_id desc, id"

    run_id = fields.Many2one(
        "google.sync.run", required=True, ondelete="cascade", index=True, readonly=True
    )
    account_id = fields.Many2one(related="run_id.account_id", store=True, index=True)
    action = fields.Selection(
        [
            ("create", "Created"),
            ("update", "Changed"),
            ("delete", "Deleted"),
            ("adopt", "Paired"),
            ("decline", "Declined"),
            ("conflict", "Conflict"),
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
    google_id = fields.Char("Google Id", readonly=True)
    before = fields.Text("Stored values before", groups=fields.NO_ACCESS)
    after = fields.Text("Stored values after", groups=fields.NO_ACCESS)
    before_display = fields.Text(
        "Before", compute="_compute_values_display", compute_sudo=True
    )
    after_display = fields.Text(
        "After", compute="_compute_values_display", compute_sudo=True
    )
    error = fields.Char("What Google said", readonly=True)
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
        found = self.sudo().search([("title", operator, value), *shown])
        return [("id", "in", found.ids)]

    @api.model_create_multi
    def create(self, vals_list):
        """Callers give the title as `name`, the field that everybody reads."""
        vals_list = [
            {"title" if key == "name" else key: value for key, value in vals.items()}
            for vals in vals_list
        ]
        return super().create(vals_list)

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

    def _is_hidden_from_me(self):
        return self.private and self.account_id.user_id != self.env.user

    def _as_lines(self, values):
        """The stored JSON as one `field: value` per line, as a person reads it."""
        if not values:
            return False
        return "\n".join(
            f"{shown(self.env, 'label', name)}: {shown(self.env, name, value)}"
            for name, value in json.loads(values).items()
        )
