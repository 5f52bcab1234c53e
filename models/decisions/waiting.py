"""The way to the questions that wait, from wherever they are spoken of."""

from odoo import api, fields, models

from ..tools.edge import engine_rows


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def action_decisions(self):
        """The questions of this account that wait for an answer."""
        self.ensure_one()
        self._check_may_manage()
        return self._show_decisions()

    def _show_decisions(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "google_sync.google_sync_decision_action"
        )
        action["domain"] = [("account_id", "=", self.id)]
        return action

    def _questions_for_me(self):
        """How many of the questions that wait the current user may answer.

        None, for the owner who is no internal user any more.
        """
        # Without more rights than the reader's own.
        decisions = self.env["google.sync.decision"].sudo(False)
        if not decisions.has_access("read"):
            return 0
        waiting = [("account_id", "in", self.ids), ("state", "=", "open")]
        return decisions.search_count(waiting)

    def _count_waiting(self, about_contacts):
        """Questions of one half that wait, also of earlier runs: what is said of a
        run and what the sign in the bar counts are one number.
        """
        # sudo: a number, for the words that a run leaves.
        return engine_rows(self.env, "google.sync.decision").search_count(
            [
                ("account_id", "in", self.ids),
                ("state", "=", "open"),
                ("about_contacts", "=", about_contacts),
            ]
        )

    def _in_step_message(self):
        """Nothing had to be done; what waits for a person is no less there."""
        # sudo: a number, for the words that a run leaves.
        waiting = engine_rows(self.env, "google.sync.decision").search_count(
            [("account_id", "in", self.ids), ("state", "=", "open")]
        )
        if not waiting:
            return self.env._("Everything was in step already.")
        said = self.env._("Everything else was in step already.")
        return f"{said} {self._wait_message(waiting)}"


class GoogleSyncRun(models.Model):
    _inherit = "google.sync.run"

    question_count = fields.Integer(
        "Questions waiting",
        compute="_compute_question_count",
        help="Of the account, now: those that the reader may answer",
    )

    def _quiet_summary(self):
        # sudo: numbers alone are said, of the run's own account.
        account = self.sudo().account_id
        return account._in_step_message() if account else super()._quiet_summary()

    @api.depends_context("uid")
    def _compute_question_count(self):
        for run in self:
            run.question_count = run.account_id._questions_for_me()

    def action_decisions(self):
        """The questions of the run's account that wait for an answer."""
        self.ensure_one()
        self.check_access("read")
        return self._accounts_for_me().action_decisions()
