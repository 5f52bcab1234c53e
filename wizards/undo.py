"""Undoing on the assistant's page: the same plan, the same ticks, the same progress."""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class GoogleSyncAssistant(models.TransientModel):
    _inherit = "google.sync.assistant"

    undoes = fields.Boolean(compute="_compute_undoes")
    may_undo = fields.Boolean(compute="_compute_may_undo")

    @api.depends("run_ids", "plan_ids")
    def _compute_undoes(self):
        for assistant in self:
            assistant.undoes = bool((assistant.run_ids | assistant.plan_ids).undoes_id)

    @api.depends("run_ids", "step")
    @api.depends_context("uid")
    def _compute_may_undo(self):
        for assistant in self:
            done = assistant.step == "done" and assistant.run_ids
            assistant.may_undo = bool(done and done.filtered("may_undo"))

    @api.depends_context("lang")
    @api.depends("step", "undoes")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        titles = {
            "look": self.env._("Undo: nothing is done yet"),
            "plan": self.env._("Undo: nothing is done yet"),
            "carry_out": self.env._("The undo is under way"),
        }
        for assistant in self.filtered("undoes"):
            assistant.display_name = titles.get(assistant.step, assistant.display_name)
        return result

    def action_undo(self):
        """Show what taking back what was done here would do."""
        self.ensure_one()
        self._look_at_undo(self.run_ids.filtered("may_undo"))

    def action_new_preview(self):
        """Of an undo: as it would be now."""
        self.ensure_one()
        if not self.undoes:
            return super().action_new_preview()
        return self._look_at_undo((self.run_ids | self.plan_ids).undoes_id)

    def _look_at_undo(self, runs):
        if not runs:
            raise UserError(self.env._("There is nothing here that could be undone."))
        undos = self.env["google.sync.run"].union(*(run._queue_undo() for run in runs))
        # sudo: lines of this very page are ours to clear.
        self.line_ids.sudo().unlink()
        self.write(
            {
                "run_ids": [Command.set(undos.ids)],
                "plan_ids": [Command.clear()],
                "mode": "preview",
                "step": "look",
            }
        )


class GoogleSyncAssistantLine(models.TransientModel):
    _inherit = "google.sync.assistant.line"

    advice = fields.Char(
        related="line_id.advice", string="What to do", related_sudo=False
    )
