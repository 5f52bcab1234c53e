"""Preview: what a run would do, written down before anything is done."""

import logging
from collections import Counter

from odoo import fields, models

from ...sync.attention import rank
from ...sync.ports import Stop
from ...sync.report import Report
from ..journal.words import count_vals
from ..tools.edge import engine_rows
from ..tools.reference import new_reference
from ..tools.sentences import together
from .half import Came
from .lease import LeaseLost
from .outcome import added
from .watch import StopAsked, Watch

_logger = logging.getLogger(__name__)


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _preview(self, run, owner):
        """Fill `run`; the lease is free then, and all is committed."""
        try:
            self._despite_collisions(self._fill_preview, run, Watch(self, run, owner))
        except LeaseLost:
            self.env.cr.rollback()
            return run
        except StopAsked:
            self.env.cr.rollback()
            self._note_stopped_preview(run)
        except Exception:  # pylint: disable=broad-except # noqa: BLE001
            # As for any run: a fault of ours must not be met again and again.
            self.env.cr.rollback()
            self._note_fault_of_preview(run)
        self._free_lease(owner)
        self._checkpoint()
        engine_rows(self.env, "google.sync.usage")._count(self, run.requests)
        self._checkpoint()
        return run

    def _fill_preview(self, run, watch):
        """The lines of what a run would do now; nothing else is written."""
        if run.stop_requested:
            raise StopAsked(run.id)
        found = [self._planned(work, watch) for work in self._works(run)]
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

    def _note_stopped_preview(self, run):
        message = self._say(lambda me: me.env._("Stopped: nothing was written."))
        now = fields.Datetime.now()
        run.write({"state": "stopped", "message": message, "ended_at": now})

    def _note_fault_of_preview(self, run):
        reference = new_reference()
        _logger.exception("Account %s: fault %s: no preview", self.id, reference)
        message = self._say(
            lambda me: me.env._(
                "A fault of this addon stopped the preview; nothing was written. "
                "Give an administrator the reference %s: the server's log has the "
                "details under it.",
                reference,
            )
        )
        run.write(
            {
                "state": "failed",
                "message": message,
                "ended_at": fields.Datetime.now(),
            }
        )

    def _planned(self, work, watch):
        """What one half of a run would do; everything is rolled back."""
        work.watch = watch
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
