"""Carrying out a plan: nothing but what it shows, and nothing when it is stale."""

from odoo import api, fields, models
from odoo.fields import Domain

from ...sync.contacts.planned import PlannedContactStore
from ...sync.ports import Stop
from ...sync.report import Report
from ...sync.running.planned import PlannedStore
from .fingerprint import of_line


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _within_plan(self, run, store):
        """The agenda's Store, bound to the plan that the run carries out."""
        if not run.plan_id:
            return store
        return PlannedStore(
            store,
            run.plan_id._chosen("calendar.event"),
            of_line,
            lambda: run.write({"set_aside": True}),
            confirm=self.confirm_deletions,
        )

    def _contacts_within_plan(self, run, store):
        """The contacts' Store, likewise."""
        if not run.plan_id:
            return store
        return PlannedContactStore(
            store,
            run.plan_id._chosen("res.partner"),
            of_line,
            lambda: run.write({"set_aside": True}),
        )

    # -- before ----------------------------------------------------------------

    def _is_out_of_date(self, run, watch):
        """Look once more, before anything is written; say what has changed."""
        if not run.plan_id or run.events_begun or run.contacts_begun:
            return False
        plan = run.plan_id
        try:
            fresh = self._fresh_lines(run, watch)
        except Stop as stop:
            self.env.cr.rollback()
            message = self._explain(stop)
        else:
            changed = plan._missing_from(fresh)
            if not changed:
                return False
            message = self._changed_message(run, changed)
        self.write({"unfinished": False, "contacts_unfinished": False})
        run.write(
            {"state": "failed", "message": message, "ended_at": fields.Datetime.now()}
        )
        self._keep_result(run)
        return True

    def _fresh_lines(self, run, watch):
        """Values of the lines of a preview made now; everything is rolled back."""
        lines = []
        for work in self._works(run):
            work.watch = watch
            client = work.client(paced=False)
            try:
                lines += work.planned(client, Report())
            finally:
                client.close()
        return lines

    def _changed_message(self, run, changed):
        """Whoever sees the account reads it: no private title, no contact in it."""
        named = changed.filtered(
            lambda line: line.res_model == "calendar.event" and not line.private
        )
        titles = sorted({line.title or "" for line in named})
        return self._say(lambda me: me._out_of_date_message(titles, named != changed))

    def _out_of_date_message(self, titles, more):
        shown = [*titles, self.env._("others")] if more else titles
        return self.env._(
            "The plan is out of date, nothing was done. Changed meanwhile: %s. "
            "Make a new preview.",
            ", ".join([*shown[:4], *shown[4:][-1:]]),
        )

    # -- after -----------------------------------------------------------------

    def _conclude_plan(self, run):
        """The plan is used up. What was set aside must come again from Google: its
        list is where it was before; what was taken in changes nothing then.
        """
        plan = run.plan_id
        if not plan:
            return
        done = run.state != "failed" or run.line_ids
        plan.state = "done" if done else "stopped"
        if not run.set_aside:
            return
        if run.events_begun:
            self._put_cursors_back(run.cursor_before)
        if run.contacts_begun:
            self.contact_cursor = run.contact_cursor_before


class GoogleSyncRunLine(models.Model):
    _inherit = "google.sync.run.line"

    @api.model
    def _hide(self, about):
        """Also where a plan that was out of date named what had changed."""
        open_to_all = Domain("private", "=", False)
        planned = self.search(
            about & open_to_all & Domain("run_id.mode", "=", "preview")
        )
        result = super()._hide(about)
        for plan, lines in planned.grouped("run_id").items():
            plan._hide_named({line.title or line.name or "" for line in lines} - {""})
        return result


class GoogleSyncRun(models.Model):
    _inherit = "google.sync.run"

    def _hide_named(self, titles):
        """Of the runs that were to carry out this plan, and said why they did not."""
        for run in self.search([("plan_id", "=", self.id), ("state", "=", "failed")]):
            account = run.account_id
            if not any(title in (run.message or "") for title in titles):
                continue
            run.message = account._say(lambda me: me._out_of_date_message([], True))
            if account.last_run_id == run:
                account._keep_result(run)
