"""Preview: what a run would do, written down before anything is done."""

from collections import Counter

from odoo import models

from ...sync.attention import rank
from ...sync.ports import Stop
from ...sync.report import Report
from ..journal.words import count_vals
from ..tools.told import together
from .half import Came
from .outcome import added


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _preview(self, run, owner):
        """Fill `run` with the lines of what a run would do now; write nothing else."""
        found = [self._planned(work) for work in self._works(run)]
        lines = [line for came in found for line in by_attention(came.lines)]
        skipped = {}
        for came in found:
            skipped = added(skipped, came.report.left_alone)
        states = {came.state for came in found}
        run.write(
            {
                **count_vals(Counter((x["side"], x["action"]) for x in lines)),
                "state": "planned" if "planned" in states else "failed",
                "message": together(*(came.message for came in found)) or False,
                "skipped": skipped,
                "skipped_count": sum(skipped.values()),
                "requests": sum(came.requests for came in found),
                "mail_count": sum(came.report.mails for came in found),
                "ended_at": self.env.cr.now(),
            }
        )
        self.env["google.sync.run.line"].create(lines)
        self._free_lease(owner)
        self._checkpoint()
        return run

    def _planned(self, work):
        """What one half of a run would do; everything is rolled back."""
        report, client, lines = Report(), None, []
        try:
            client = work.client(paced=False)
            lines = work.planned(client, report)
            state, message = "planned", self._plan_message(report)
        except Stop as stop:
            self.env.cr.rollback()
            state, message = "failed", work.explain(stop)
        finally:
            if client:
                client.close()
        requests = client.requests if client else 0
        return Came(state, message, report, requests, lines=tuple(lines))

    def _plan_message(self, report):
        """Questions are no lines: they would be asked, not done."""
        if not report.questions:
            return ""
        return self._say(lambda me: me._would_wait_message(report.questions))


def by_attention(lines):
    """Values of lines, what a person should look at first before the rest."""
    return sorted(lines, key=lambda vals: rank(vals["action"]))
