"""Preview: what a run would do, written down before anything is done."""

from collections import Counter

from odoo import models

from ...sync.attention import rank
from ...sync.ports import Stop
from ...sync.recorder import Recorder
from ...sync.report import Report
from ...sync.running.engine import sync_events
from ...sync.running.planned import PlanStore
from ...sync.running.preview import PreviewGoogle
from ...sync.running.pull import Pull
from ...sync.running.run import Run
from ..agenda.store.orm import OrmStore
from ..journal.words import count_vals


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _preview(self, run, owner):
        """Fill `run` with the lines of what a run would do now; write nothing else."""
        report, client = Report(), None
        try:
            client = self._paced_client(paced=False)
            lines = self._plan_lines(run, client, report)
            outcome = {"state": "planned", "message": self._plan_message(report)}
        except Stop as stop:
            self.env.cr.rollback()
            lines, outcome = [], {"state": "failed", "message": self._explain(stop)}
        finally:
            if client:
                client.close()
        left_alone = dict(report.left_alone)
        run.write(
            {
                **count_vals(Counter((x["side"], x["action"]) for x in lines)),
                **outcome,
                "skipped": left_alone,
                "skipped_count": sum(left_alone.values()),
                "requests": client.requests if client else 0,
                "mail_count": report.mails,
                "ended_at": self.env.cr.now(),
            }
        )
        self.env["google.sync.run.line"].create(by_attention(lines))
        self._free_lease(owner)
        self._checkpoint()
        return run

    def _plan_message(self, report):
        """Questions are no lines: they would be asked, not done."""
        if not report.questions:
            return False
        return self._say(lambda me: me._would_wait_message(report.questions))

    def _plan_lines(self, run, client, report):
        """Values of the lines of a run that is rolled back again."""
        settings, around = self._settings(run), self._surroundings()
        store = OrmStore(
            self, self.calendar_id, run, settings.window, checkpoint=lambda: None
        )
        google = PreviewGoogle(client, store)
        first = Run(Recorder(store), google, settings, around, Report())
        for _page in Pull(first).read():
            pass
        self.env.cr.rollback()
        plan = PlanStore(store)
        for _step in sync_events(plan, google, settings, around, report):
            pass
        self.env.cr.rollback()
        ids = {line["res_id"] for line in store.lines}
        known = set(store.events.browse(ids - {0}).exists().ids)
        return [_planned(line, known) for line in store.lines]


def by_attention(lines):
    """Values of lines, what a person should look at first before the rest."""
    return sorted(lines, key=lambda vals: rank(vals["action"]))


def _planned(line, known):
    """What a run would create in Odoo has no id yet, nor have its rows."""
    creates = line["action"] == "create" and line["side"] == "odoo"
    return {**line, "res_id": 0} if creates or line["res_id"] not in known else line
