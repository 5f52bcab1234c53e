"""Which half of an account works, the agenda or the contacts.

Each half keeps what stopped it last until it comes through again. The state and the
light are made of both: never green while one of them does not work.
"""

from odoo import fields, models

from ...sync.ports import RetryLater
from ..tools.edge import wake
from ..tools.told import together

HALVES = ("events", "contacts")
TROUBLES = [("waiting", "Waiting for Google"), ("failed", "Failed")]


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    events_trouble = fields.Selection(
        TROUBLES, "Trouble of the agenda", readonly=True, copy=False
    )
    events_reason = fields.Char(readonly=True, copy=False)
    events_told = fields.Char(translate=True, readonly=True, copy=False)
    contacts_trouble = fields.Selection(
        TROUBLES, "Trouble of the contacts", readonly=True, copy=False
    )
    contacts_reason = fields.Char(readonly=True, copy=False)
    contacts_told = fields.Char(translate=True, readonly=True, copy=False)

    def write(self, vals):
        """Another calendar: what was wrong with the one before is over."""
        # sudo: what went wrong is the engine's own note.
        others = self.sudo().filtered(
            lambda account: (
                vals.get("calendar_id")
                and account.calendar_id.id != vals["calendar_id"]
                and account.events_trouble == "failed"
            )
        )
        result = super().write(vals)
        others._try_anew()
        return result

    def _try_anew(self):
        """A person has changed what failed: no need to wait for the next try."""
        for account in self:
            account._note_trouble("events")
            account.next_try = False
            account._mark_connected()
        if self:
            wake(self.env)

    def _note_trouble(self, half, stop=None, message=False):
        """What stopped this half, and what was said; nothing when it came through."""
        kind = stop and ("waiting" if isinstance(stop, RetryLater) else "failed")
        found = {
            f"{half}_trouble": kind or False,
            f"{half}_reason": stop.reason if stop else False,
            f"{half}_told": message or False,
        }
        # sudo: what went wrong is the engine's own note.
        account = self.sudo()
        if any(account[name] != value for name, value in found.items()):
            account.write(found)

    def _half_stopped(self, half, stop, message):
        """Google refused: in error, unless the other half works."""
        self._note_trouble(half, stop, message)
        other = {"events": "contacts", "contacts": "events"}[half]
        if self._half(other) != "works":
            self._mark_error(message)

    def _keep_result(self, run):
        """What came of the run, for the light; with what still stops the other half."""
        troubled = [half for half in HALVES if self[f"{half}_trouble"]]
        still = [half for half in troubled if self._half(half) in dict(TROUBLES)]
        told = [self._stored_words(f"{half}_told") for half in still]
        more = [text for text in told if text and text not in (run.message or "")]
        quiet = more and run.state == "done" and not run.line_ids
        said = "" if quiet else run._say(lambda run: run._summary())
        self.last_message = together(said, *more)

    def _half(self, half):
        """works, idle (nothing to do), waiting, failed, refused (not granted), off."""
        if half == "events":
            wanted, granted = self.sync_events, self.agenda_granted
        else:
            wanted, granted = self.sync_contacts, self.contacts_granted
        if not wanted:
            return "off"
        if not granted:
            return "refused"
        if half == "contacts" and not self._wants_contacts():
            return "idle"
        if half == "events" and not self.calendar_id:
            return "failed"
        return self[f"{half}_trouble"] or "works"

    def _light_of_halves(self):
        """The light of a connected account, or nothing when both halves are well."""
        halves = {self._half("events"), self._half("contacts")} - {"off"}
        if halves <= {"works", "idle"}:
            return ""
        if "works" in halves or halves == {"idle", "refused"}:
            return "partly"
        return "waiting" if halves <= {"waiting", "idle"} else "error"
