"""The buttons of an account, and the notice that answers them."""

from odoo import models

from ..tools.brief import brief


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def action_sync_now(self):
        """Synchronise here and now; say what came of it, with a link to the run."""
        self.ensure_one()
        account = self._check_may_run()
        if account._is_to_be_started():
            if account.user_id == self.env.user:
                return self.action_first_day()
            return self._notice("warning", account._not_started_message())
        run = self.run_sync()
        return self._notify_run(run)

    def action_preview(self):
        """Show what a synchronisation would do; nothing is written."""
        self.ensure_one()
        self._check_may_run()
        run = self.run_sync(mode="preview")
        if run.state != "planned":
            return self._notify_run(run)
        return run.action_follow()

    def action_view_runs(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "google_sync.google_sync_run_action"
        )
        action["domain"] = [("account_id", "=", self.id)]
        action["context"] = {}
        return action

    def _notify_run(self, run):
        kinds = {"done": "success", "running": "info", "partial": "warning"}
        kind = kinds.get(run.state, "danger")
        said, page = brief(run._summary())
        journal = {
            "label": self.env._("Journal"),
            "url": f"/odoo/google-sync-journal/{run.id}",
        }
        links = [journal]
        if page:
            links.insert(0, {"label": self.env._("Google's page"), "url": page})
        if self._questions_for_me():
            answer = self.env._("Answer")
            links.append({"label": answer, "url": "/odoo/google-sync-decisions"})
        # A percent sign of the text is no place for a link.
        text = said.replace("%", "%\u2060")
        message = f"{text} " + " · ".join(["%s"] * len(links))
        return self._notice(kind, message, links, reload=True)
