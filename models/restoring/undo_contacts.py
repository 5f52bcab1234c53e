"""Undoing a run, the contacts' half: the journal read, the engine's undo driven."""

import json

from odoo import fields, models
from odoo.fields import Domain

from ...sync.contacts.preview import PreviewPeople
from ...sync.contacts.undo import Past, Was
from ...sync.contacts.undoing import undo_contacts
from ..contacts.store import OrmContactStore
from ..running.contacts import ContactsWork
from ..tools.edge import engine_rows
from .undo import IDLE
from .undo_words import left_message


class UndoContactsWork(ContactsWork):
    """The contacts' half of an undo."""

    def steps(self, client, report, checkpoint):
        store = OrmContactStore(self.account, self.run, checkpoint)
        return self._undo(store, client, report)

    def planned(self, client, report):
        store = OrmContactStore(self.account, self.run, lambda: None)
        for _step in self._undo(store, PreviewPeople(client), report):
            self.watch(len(store.lines))
        self.account.env.cr.rollback()
        return store.lines

    def _undo(self, store, people, report):
        settings = self.account._contact_settings(self.run)
        memory = ContactMemory(self.run, store)
        return undo_contacts(store, people, settings, report, memory)

    def done(self, now):
        """When the contacts were looked at last is another matter."""
        return {}

    def words(self, report):
        return super().words(report) or left_message(self.account, report)


class ContactMemory:
    """What the journal knows of the run that is undone, for the engine."""

    def __init__(self, undo, store):
        self.undo = undo
        self.store = store
        self.lines = engine_rows(undo.env, "google.sync.run.line")
        plan = undo.plan_id
        self.chosen = plan and plan._chosen("res.partner")
        self.left_out = set()
        if plan:
            out = plan.line_ids.filtered("left_out")
            self.left_out = set(out.mapped("res_id"))

    def next(self, limit):
        rows = self.lines.search(self._open(), order="id", limit=limit)
        ids = rows.mapped("res_id")
        rows = self.lines.search(self._open() & Domain("res_id", "in", ids), order="id")
        links = self.store._search([("partner_id", "in", ids)])
        known = {link.partner_id.id: link._to_link() for link in links}
        later, shared = self._later(ids, rows), self._shared(ids)
        hidden = self.undo.requested_by_id != self.undo.account_id.user_id
        return [
            Past(
                contact_id,
                tuple(map(_was, mine)),
                known.get(contact_id),
                mine[0].title or "",
                later=contact_id in later,
                hidden=hidden,
                shared=contact_id in shared,
            )
            for contact_id, mine in rows.grouped("res_id").items()
        ]

    def _open(self):
        domain = Domain(self.undo.undoes_id._undoable()) & Domain(
            [
                ("res_model", "=", "res.partner"),
                ("res_id", "!=", False),
                ("looked_at_by_id", "!=", self.undo.id),
            ]
        )
        if self.chosen:
            domain &= Domain("res_id", "in", list(self.chosen.record_ids))
            domain &= Domain("res_id", "not in", list(self.left_out))
        return domain

    def _later(self, ids, rows):
        """Those about which a later run has written, too."""
        since = self.lines.search(
            [
                ("account_id", "=", self.undo.account_id.id),
                ("res_model", "=", "res.partner"),
                ("res_id", "in", ids),
                ("id", ">", min(rows.ids, default=0)),
                ("run_id", "not in", (self.undo.undoes_id | self.undo).ids),
                ("run_id.mode", "!=", "preview"),
                ("action", "not in", IDLE),
            ]
        )
        return set(since.mapped("res_id"))

    def _shared(self, ids):
        """Those that another account has on its list, too."""
        others = self.store.link_model.search(
            [
                ("account_id", "!=", self.undo.account_id.id),
                ("partner_id", "in", ids),
                ("state", "not in", ("off", "dropped")),
            ]
        )
        return set(others.partner_id.ids)

    def looked_at(self, pasts, left, back, off):
        ids = [past.contact_id for past in pasts]
        rows = self.lines.search(self._open() & Domain("res_id", "in", ids))
        rows.looked_at_by_id = self.undo
        stays = {line.record_id for line in left}
        taken = rows.filtered(lambda row: row.res_id not in stays)
        taken.restored_at = fields.Datetime.now()
        for line in left:
            self.store.say(line)
        self._links(off)._note_off_list()
        self._links(back)._note_on_list()
        if back:
            kept = self.undo.contacts_to_push or []
            self.undo.contacts_to_push = [*kept, *back]

    def _links(self, contact_ids):
        return self.store._search([("partner_id", "in", list(contact_ids))])

    def touched(self):
        return frozenset(self.undo.contacts_to_push or ())


def _was(row):
    before = json.loads(row.before or "{}")
    return Was(row.action, row.side or "", before, row.archive or "")


class GoogleSyncContactLink(models.Model):
    _inherit = "google.sync.contact.link"

    def _note_off_list(self):
        """Taken off by an undo: no rule puts it back."""
        self.filtered("by_rule").write({"excluded": True})
        self.write({"chosen": False, "by_rule": False})

    def _note_on_list(self):
        """On the list again, as if it had been chosen."""
        self.filtered(lambda link: not (link.chosen or link.by_rule)).write(
            {"chosen": True, "excluded": False}
        )


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _undoing(self, work):
        if isinstance(work, ContactsWork):
            return UndoContactsWork(self, work.run)
        return super()._undoing(work)
