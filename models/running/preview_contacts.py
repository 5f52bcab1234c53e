"""Preview of the contacts: what a run would do with them, beside the agenda's plan."""

from collections import Counter
from dataclasses import replace

from odoo import models

from ...sync.contacts.engine import sync_contacts
from ...sync.contacts.preview import PreviewPeople
from ...sync.ports import Stop
from ...sync.recorder import Recorder
from ...sync.report import Report
from ..contacts.store import OrmContactStore
from ..journal.words import count_vals
from ..tools.told import together
from .preview import by_attention


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _preview(self, run, owner):
        events, contacts = self._features(None)
        if not contacts:
            return super()._preview(run, owner)
        lines, vals = self._preview_contacts(run)
        if events:
            super()._preview(run, owner)
        self._add_to_plan(run, lines, vals, alone=not events)
        self._free_lease(owner)
        self._checkpoint()
        return run

    def _preview_contacts(self, run):
        """Values of the lines, and of the run; nothing else is written."""
        report, client = Report(), None
        try:
            client = self._people_client()
            lines = self._plan_contact_lines(run, client, report)
            vals = {"state": "planned", "message": self._plan_message(report)}
        except Stop as stop:
            self.env.cr.rollback()
            message = self._explain_contacts(stop)
            lines, vals = [], {"state": "failed", "message": message}
        finally:
            if client:
                client.close()
        vals["requests"] = client.requests if client else 0
        vals["skipped"] = dict(report.left_alone)
        return lines, vals

    def _plan_contact_lines(self, run, client, report):
        """Google is asked first, so that nothing is locked meanwhile."""
        settings = self._contact_settings(run)
        google = PreviewPeople(client)
        self._fill_from_rules()
        store = OrmContactStore(self, run, checkpoint=lambda: None)
        pull = replace(settings, push=False)
        for _page in sync_contacts(Recorder(store), google, pull, Report()):
            pass
        self.env.cr.rollback()
        self._fill_from_rules()
        store = OrmContactStore(self, run, checkpoint=lambda: None)
        for _step in sync_contacts(store, google, settings, report):
            pass
        self.env.cr.rollback()
        return store.lines

    def _add_to_plan(self, run, lines, vals, alone):
        """Beside the agenda's plan; `alone` when there is none."""
        counts = Counter() if alone else run._count_lines()
        more = Counter((line["side"], line["action"]) for line in lines)
        skipped = Counter({} if alone else run.skipped or {})
        skipped.update(vals["skipped"])
        states = {vals["state"]} | (set() if alone else {run.state})
        said = "" if alone else run._stored_words("message")
        run.write(
            {
                **count_vals(Counter(counts) + more),
                "state": "planned" if "planned" in states else "failed",
                "message": together(said, vals["message"]) or False,
                "skipped": dict(skipped),
                "skipped_count": sum(skipped.values()),
                "requests": run.requests + vals["requests"],
                "ended_at": self.env.cr.now(),
            }
        )
        self.env["google.sync.run.line"].create(by_attention(lines))
