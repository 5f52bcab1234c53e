"""A planned run: what a preview found, to be carried out or thrown away."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...sync.chosen import Chosen
from .fingerprint import of_row, of_vals


class GoogleSyncRun(models.Model):
    _inherit = "google.sync.run"

    plan_id = fields.Many2one(
        "google.sync.run", "Plan carried out", ondelete="set null", readonly=True
    )
    set_aside = fields.Boolean(
        readonly=True,
        groups=fields.NO_ACCESS,
        help="Some of what Google showed was not taken in: it must show it again",
    )
    cursor_before = fields.Json(readonly=True, groups=fields.NO_ACCESS)
    contact_cursor_before = fields.Json(readonly=True, groups=fields.NO_ACCESS)
    left_out_count = fields.Integer("Left out", readonly=True)
    mail_count = fields.Integer("Mails that Google sends", readonly=True)

    def action_apply_plan(self):
        """Do what the preview shows, if it still is what would be done."""
        return self._apply_plan().action_follow()

    def _apply_plan(self, left_out=()):
        """Queue a run that does the plan without the lines `left_out`."""
        self.ensure_one()
        self.check_access("read")
        account = self._accounts_for_me()
        account._check_may_run()
        # sudo: the right was checked just now; runs are the engine's to write.
        plan = self.sudo()
        self._check_whole_plan()
        going_on = account._queued_runs([("plan_id", "=", self.id)])
        if going_on:
            return going_on.with_env(self.env)
        if self.state != "planned":
            raise UserError(self.env._("This is not a plan, or it was carried out."))
        lines = plan.line_ids
        out = lines & lines.browse(left_out)
        # Several lines can be about one record; it is taken whole or not at all.
        out |= lines._beside(out)
        lines.left_out = False
        out.left_out = True
        run = account._queue_run(self.scope, "normal", plan=self)
        run.with_env(plan.env).write(
            {"expected": len(lines - out), "left_out_count": len(out)}
        )
        return run

    def _check_whole_plan(self):
        """Half of it would use it up: contacts are carried out by who may see them."""
        account = self._accounts_for_me()
        if self._has_contacts() and not account._may_run_contacts():
            raise AccessError(
                self.env._(
                    "This plan holds contacts, which are for %s: leave it to that "
                    "person, or make a preview of the agenda alone.",
                    account._label(),
                )
            )

    def _has_contacts(self):
        # sudo: only whether.
        return self.scope == "contacts" or (
            self.scope == "all"
            and "res.partner" in self.sudo().line_ids.mapped("res_model")
        )

    # -- comparing -------------------------------------------------------------

    def _chosen(self, res_model):
        """What of the plan is to be carried out, for the engine."""
        lines = self.line_ids.filtered(lambda x: x.res_model == res_model)
        out = lines.filtered("left_out")
        kept = lines - out
        return Chosen(
            frozenset(filter(None, kept.mapped("res_id"))),
            frozenset(filter(None, kept.mapped("google_id"))),
            frozenset(filter(None, out.mapped("google_id"))),
            frozenset(map(of_row, kept)),
        )

    def _missing_from(self, fresh):
        """Lines to be carried out that `fresh` (values of lines) has no longer."""
        there = {of_vals(vals) for vals in fresh}
        kept = self.line_ids.filtered(lambda line: not line.left_out)
        return kept.filtered(lambda line: of_row(line) not in there)


class GoogleSyncRunLine(models.Model):
    _inherit = "google.sync.run.line"

    left_out = fields.Boolean(
        readonly=True, help="Not carried out with its plan; it comes up again"
    )

    def _beside(self, others):
        """Those that are about the same records as `others`."""
        records = {(x.run_id, x.res_model, x.res_id) for x in others if x.res_id}
        in_google = {(x.run_id, x.google_id) for x in others if x.google_id}
        return self.filtered(
            lambda x: (
                (x.run_id, x.res_model, x.res_id) in records
                or (x.run_id, x.google_id) in in_google
            )
        )
