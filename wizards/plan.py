"""One page for every plan: whoever opens one may leave out, carry out, look again."""

from odoo import Command, models


class GoogleSyncRun(models.Model):
    _inherit = "google.sync.run"

    def action_follow(self):
        """A preview is shown by the assistant, to those who may carry it out."""
        preview = self.mode == "preview" and self.state in ("planned", "running")
        if not preview or not self._is_for_me_to_run():
            return super().action_follow()
        assistant = self.env["google.sync.assistant"].create(
            {
                "account_ids": [Command.set(self.account_id.ids)],
                "agenda": self.scope != "contacts",
                "contacts": self.scope != "events",
                "mode": "preview",
                "run_ids": [Command.set(self.ids)],
                "step": "look",
            }
        )
        if self.state == "planned":
            assistant.runs_ended()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "google_sync.google_sync_assistant_action"
        )
        return {**action, "res_id": assistant.id}
