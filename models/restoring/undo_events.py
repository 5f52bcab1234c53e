"""Undoing a run, the agenda's half: the journal read, the engine's undo driven."""

import json
from dataclasses import replace

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...sync.events.archive import from_ical
from ...sync.events.taking_away import Beside
from ...sync.recorder import Recorder
from ...sync.report import Report
from ...sync.running.planned import PlanStore
from ...sync.running.preview import PreviewGoogle
from ...sync.running.undoing.deeds import Past, Was
from ...sync.running.undoing.news import News
from ...sync.running.undoing.undo import undo_events
from ..agenda.event_link import typed_values
from ..journal.words import journal_vals
from ..running.events import EventsWork
from ..tools.edge import engine_rows
from .undo import IDLE
from .undo_words import left_message

#: Kinds of messages that people write; the others are Odoo's own notes.
_WRITTEN = ("comment", "email", "email_outgoing")


class UndoEventsWork(EventsWork):
    """The agenda's half of an undo."""

    def steps(self, client, report, checkpoint):
        for one in self._runs(client, report, checkpoint):
            yield from undo_events(one, Memory(self.run, one.store))

    def planned(self, client, report):
        runs = [
            replace(one, google=PreviewGoogle(one.google, one.store))
            for one in self._runs(client, report, self.watch)
        ]
        # Google is asked first, so that nothing is locked meanwhile.
        for one in runs:
            if Memory(self.run, one.store).next(1):
                News(replace(one, store=Recorder(one.store), report=Report())).read()
        self.account.env.cr.rollback()
        plans = [replace(one, store=PlanStore(one.store)) for one in runs]
        memories = [Memory(self.run, one.store) for one in runs]
        for one, memory in zip(plans, memories, strict=True):
            for _step in undo_events(one, memory):
                self.watch(sum(len(one.store.lines) for one in plans))
        self.account.env.cr.rollback()
        lines = [line for one in runs for line in one.store.lines]
        ids = {line["res_id"] for line in lines} - {0}
        known = set(self.account.env["calendar.event"].browse(ids).exists().ids)
        origins = {k: v for memory in memories for k, v in memory.origins.items()}
        return [_planned(line, known, origins) for line in lines]

    def done(self, now):
        """When the agenda was looked at last is another matter."""
        return {}

    def words(self, report):
        return super().words(report) or left_message(self.account, report)


def _planned(line, known, origins):
    """What would be created has no id yet; what goes to Google anew, its old one."""
    google_id = origins.get(line["google_id"], line["google_id"])
    new = line["action"] == "create" and line["side"] == "odoo"
    gone = new or line["res_id"] not in known
    return {**line, "google_id": google_id, "res_id": 0 if gone else line["res_id"]}


class Memory:
    """What the journal knows of the run that is undone, for the engine.

    origins: the former Google ids of events that get a new one.
    """

    def __init__(self, undo, store):
        self.undo = undo
        self.store = store
        self.env = undo.env
        self.lines = engine_rows(undo.env, "google.sync.run.line")
        self.origins = {}
        plan = undo.plan_id
        self.chosen = plan and plan._chosen("calendar.event")

    # -- what the run did ------------------------------------------------------

    def next(self, limit):
        ids = self._next_ids(limit)
        rows = self.lines.search(
            Domain(self._open()) & Domain("google_id", "in", ids), order="id"
        )
        rows = rows.sorted(lambda row: (ids.index(row.google_id), row.id))
        later, shared = self._later(ids, rows), self._shared(ids)
        edited = self._edited(ids)
        return [
            self._past(google_id, mine, later, shared, edited)
            for google_id, mine in rows.grouped("google_id").items()
        ]

    def _open(self):
        return [
            *self.undo.undoes_id._undoable(),
            ("res_model", "=", "calendar.event"),
            ("google_id", "!=", False),
            ("calendar_id", "in", self._calendars()),
            ("looked_at_by_id", "!=", self.undo.id),
        ]

    def _calendars(self):
        """Lines of before there were several are of the main one."""
        calendar = self.store.calendar
        main = calendar == self.undo.account_id.calendar_id
        return [calendar.id, False] if main else [calendar.id]

    def _next_ids(self, limit):
        """Google ids of the next events; the dates of series after all others."""
        self.env.flush_all()
        query = self.lines._search(self._open())
        kept = SQL("TRUE")
        if self.chosen:
            kept = SQL(
                "google_id = ANY(%s) AND NOT google_id = ANY(%s)",
                list(self.chosen.google_ids),
                list(self.chosen.left_out),
            )
        found = self.env.execute_query(
            SQL(
                "SELECT google_id FROM google_sync_run_line WHERE id IN %s AND %s"
                " GROUP BY google_id"
                " ORDER BY bool_and(kind = 'occurrence') IS TRUE, min(id) LIMIT %s",
                query.subselect(),
                kept,
                limit,
            )
        )
        return [row[0] for row in found]

    def _past(self, google_id, rows, later, shared, edited):
        first = rows[0]
        private = any(row.private for row in rows)
        owner = self.undo.account_id.user_id
        return Past(
            google_id,
            tuple(map(_was, rows)),
            next((row.res_id for row in rows if row.res_id), 0),
            first.title or "",
            private,
            later=google_id in later,
            hidden=private and self.undo.requested_by_id != owner,
            edited=google_id in edited,
            shared=google_id in shared,
        )

    def _later(self, ids, rows):
        """Those about which a later run has written, too."""
        if not rows:
            return set()
        since = self.lines.search(
            [
                ("account_id", "=", self.undo.account_id.id),
                ("google_id", "in", ids),
                ("id", ">", min(rows.ids)),
                ("run_id", "not in", (self.undo.undoes_id | self.undo).ids),
                ("run_id.mode", "!=", "preview"),
                ("action", "not in", IDLE),
            ]
        )
        return set(since.mapped("google_id"))

    def _shared(self, ids):
        """Those that another account's link holds on to."""
        links = self.store.link_model.search(
            [
                ("account_id", "!=", self.undo.account_id.id),
                ("google_id", "in", ids),
                ("state", "not in", ("new", "deleted", "detached", "taken_back")),
            ]
        )
        return set(links.mapped("google_id"))

    def _edited(self, ids):
        """Those that a person has edited in Odoo since Google made them there."""
        links = self.store.link_model.search(
            [
                ("calendar_id", "=", self.store.calendar.id),
                ("google_id", "in", ids),
                ("only_google", "=", False),
            ]
        )
        return set(links.mapped("google_id"))

    # -- what else there is ----------------------------------------------------

    def beside(self, links, seen):
        rows = {link.google_id: self._rows(link, seen) for link in links}
        events = self.store.link_model.env["calendar.event"].union(*rows.values())
        worked_on, linked = self._worked_on(events), self._linked(links, events)
        owner = self.store.user
        return {
            google_id: Beside(
                others=google_id in seen
                and not seen[google_id].sole
                or bool(mine.user_id - owner),
                linked=bool(set(mine.ids) & linked),
                worked_on=bool(set(mine.ids) & worked_on),
            )
            for google_id, mine in rows.items()
        }

    def _rows(self, link, seen):
        """Odoo's records of it: all of a series."""
        events = self.store.link_model.env["calendar.event"]
        odoo = seen.get(link.google_id)
        if odoo is None:
            return events
        ids = {odoo.event_id}
        if odoo.series is not None:
            ids |= {row.event_id for row in odoo.series.source.rows}
        return events.with_context(active_test=False).browse(ids).exists()

    def _worked_on(self, events):
        """Ids of those in which people wrote, filed or planned something."""
        env = self.store.link_model.env
        here = [("res_model", "=", "calendar.event"), ("res_id", "in", events.ids)]
        written = [
            ("model", "=", "calendar.event"),
            ("res_id", "in", events.ids),
            ("message_type", "in", _WRITTEN),
        ]
        return {
            *(event.id for event in events if event.res_id and event.res_model),
            *env["mail.message"].search(written).mapped("res_id"),
            *env["ir.attachment"].search(here).mapped("res_id"),
            *env["mail.activity"].search(here).mapped("res_id"),
        }

    def _linked(self, links, events):
        """Ids of those that another calendar knows, too."""
        about = Domain("event_id", "in", events.ids)
        about |= Domain("recurrence_id", "in", events.recurrence_id.ids)
        over = ("deleted", "detached", "taken_back")
        others = self.store.link_model.search(
            about
            & Domain("calendar_id", "!=", self.store.calendar.id)
            & Domain("state", "not in", over)
        )
        rows = others.recurrence_id.calendar_event_ids
        return {*others.event_id.ids, *rows.ids}

    # -- what came of it -------------------------------------------------------

    def looked_at(self, pasts, left, touched):
        ids = [past.google_id for past in pasts]
        rows = self.lines.search(Domain(self._open()) & Domain("google_id", "in", ids))
        rows.looked_at_by_id = self.undo
        stays = {line.google_id for line in left}
        taken = rows.filtered(lambda row: row.google_id not in stays)
        taken.restored_at = fields.Datetime.now()
        here = {"calendar_id": self.store.calendar.id}
        lines = [
            {**journal_vals(self.undo, line, line.record_id), **here} for line in left
        ]
        self.lines.create(lines)
        self.store.lines += lines
        self.origins |= touched
        if touched:
            self.undo.to_push = [*(self.undo.to_push or []), *touched]

    def touched(self):
        return frozenset(self.undo.to_push or ())


def _was(row):
    return Was(
        row.action,
        row.side or "",
        typed_values(json.loads(row.before or "{}")),
        typed_values(json.loads(row.after or "{}")),
        from_ical(row.archive) if row.archive else None,
        row.reason or "",
    )


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _undoing(self, work):
        if isinstance(work, EventsWork):
            return UndoEventsWork(self, work.run)
        return super()._undoing(work)
