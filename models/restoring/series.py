"""Journal lines of series and of their occurrences: what they are, and putting back."""

from odoo import fields, models

from ...sync.events.google_event import GoogleEvent
from ...sync.events.links import Kind, Link
from ...sync.events.steps import CreateEvent, Step
from ...sync.running.settle_series import written
from ...sync.series.rows import changed
from ..agenda.store.orm import OrmStore
from .events import _EDITS


class GoogleSyncRunLine(models.Model):
    _inherit = "google.sync.run.line"

    kind = fields.Selection(
        [("single", "Event"), ("series", "Series"), ("occurrence", "Occurrence")],
        readonly=True,
        help="Whether the line is about an event, a series or one of its occurrences",
    )

    def _put_back(self, values):
        link = self._event_link()
        # A row that a changed series lost is an event of its own.
        whole = link.kind == "series" and self.action in _EDITS
        if (values.recurrence or whole) and self.account_id.sync_series:
            return self._put_back_series(values, link)
        if link.kind == "occurrence" and self._is_gone():
            return self._put_back_occurrence(values, link)
        return super()._put_back(values)

    def _event_link(self):
        """The link of the event that the line is about, in a calendar in use."""
        links = self.env["google.sync.event.link"].search(
            [
                ("account_id", "=", self.account_id.id),
                ("calendar_id.replaced", "!=", True),
                ("google_id", "=", self.google_id),
                ("state", "!=", "following"),
            ]
        )
        here = links.filtered(lambda link: link.calendar_id == self.calendar_id)
        return (here or links)[:1]

    def _is_gone(self):
        """Odoo's record of the line was deleted."""
        return not self.env["calendar.event"].browse(self.res_id).exists()

    def _store(self):
        """The calendar as the engine sees it, to write as the owner, row by row."""
        account = self.account_id
        window = account._settings(self.run_id).window
        place = self._event_link().calendar_id or account.calendar_id
        return OrmStore(account, place, self.run_id, window, None)

    def _put_back_series(self, values, link):
        """All of it: the rows there are take the values, or new ones are made."""
        store = self._store()
        (known,) = link._to_links() or [Link(self.google_id, kind=Kind.SERIES)]
        odoo = store.observe([known]).get(known.event_id)
        if odoo is None or not odoo.mine:
            google = GoogleEvent(self.google_id, "", gone=False)
            step = Step(
                Link(self.google_id, kind=Kind.SERIES), CreateEvent(google, values)
            )
            step = written(step, None, {}, store.window)
            self.res_id, _rows = store._create_all([step])[0]
            self._queue_restored(self.res_id, 0)
            return
        children = store.children([known]).get(known.id, {})
        differing = {
            name: value
            for name, value in self._changed(values).items()
            if odoo.values.get(name) != value
        }
        write, span = changed(odoo, differing, store.window, children)
        store._write_series(write, known)
        if span:
            link.write({"span_first": span.first, "span_last": span.last})
        self._queue_restored(0, link.id)

    def _put_back_occurrence(self, values, link):
        """Into its series, which Google is told of as of an occurrence again."""
        store = self._store()
        (known,) = link._to_links()
        google = GoogleEvent(self.google_id, "", gone=False)
        step = Step(known, CreateEvent(google, values))
        self.res_id, _rows = store._create_all([step])[0]
        if link.state != "void":
            link.event_id = self.res_id
            self._queue_restored(0, link.id)
        else:
            self._queue_restored(self.res_id, 0)

    def _queue_restored(self, event_id, link_id):
        """Whoever has it is told, the owner as well."""
        row = (self.account_id.id, event_id, link_id)
        self.env["google.sync.pending"]._queue([row])
