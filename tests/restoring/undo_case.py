"""Undoing as a person does it: asked for in the journal, looked at, carried out."""

from ..reset.reset_case import ResetCase


class Undoes:
    """Ada undoes what her last run did. slice: seconds of a turn at work."""

    slice = 60.0

    def look(self, run, user=None):
        """The page of the plan: its assistant."""
        user = user or self.ada
        action = run.with_user(user).action_undo()
        page = self.env[action["res_model"]].with_user(user).browse(action["res_id"])
        self._work_on(page.run_ids)
        page.runs_ended()
        self.assertEqual(page.step, "plan", page.run_ids.mapped("message"))
        return page

    def carry_out(self, page):
        """The run that undoes, at its end."""
        page.action_apply()
        self._work_on(page.run_ids)
        page.runs_ended()
        self.assertEqual(page.step, "done")
        return page.run_ids

    def undo(self, run):
        return self.carry_out(self.look(run))

    def _work_on(self, runs):
        for _turn in range(20):
            for account in runs.account_id:
                account._work_on_queue(self.slice)
            if all(shown["state"] != "running" for shown in runs.progress()):
                return
        self.fail(runs.mapped("message"))

    def deeds(self, page):
        return sorted({(line.side or "", line.action) for line in page.line_ids})


class UndoCase(Undoes, ResetCase):
    """Events that are undone."""

    def assert_stays(self):
        """No later run brings anything again, in whatever mode."""
        before = self.state()
        for options in ({}, {"mode": "full"}, {}):
            run = self.sync(**options)
            self.assertFalse(run.line_ids, run.line_ids.mapped("deed"))
            self.assertEqual(self.state(), before)

    def state(self):
        google = sorted((x["summary"], x["etag"]) for x in self.in_google().values())
        odoo = sorted((x.name, x.location or "", x.start) for x in self.agenda())
        return google, odoo
