"""A reset in the journal, worked on and shown like any run that a person follows."""

from odoo import fields, models

from ..running.run_followed import SLICE_SHOWN


class GoogleSyncRun(models.Model):
    _inherit = "google.sync.run"

    trigger = fields.Selection(
        selection_add=[("reset", "Reset")], ondelete={"reset": "cascade"}
    )

    def _title(self, when):
        if self.trigger == "reset" and self.scope == "events":
            return self.env._("Reset of a calendar, %s", when)
        if self.trigger == "reset":
            return self.env._("Reset of %s", when)
        return super()._title(when)

    def work_on(self):
        resets = self.filtered(lambda run: run.trigger == "reset")
        for run in resets.filtered(lambda run: run.state == "running"):
            account = run._accounts_for_me()
            account._check_may_manage()
            if account._work_on_reset_shown(SLICE_SHOWN):
                break
        return super().work_on()

    def progress(self):
        rows = super().progress()
        for run, shown in zip(self, rows, strict=True):
            shown["may_stop"] = run.trigger != "reset"
        return rows
