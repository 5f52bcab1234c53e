"""Which half of an account works, the agenda or the contacts.

Each half keeps what stopped it last until it comes through again. The state and the
light are made of both: never green while one of them does not work.
"""

from dataclasses import dataclass

from odoo import fields, models

from ...sync.ports import RetryLater
from ..tools.edge import wake


@dataclass(frozen=True)
class Half:
    """The fields in which an account keeps one of its halves.

    next_try: not before. refusals: runs in a row that were refused a good access.
    """

    name: str
    wanted: str
    granted: str
    next_try: str
    unfinished: str
    failures: str
    refusals: str

    @property
    def trouble(self):
        """What stopped it last: `TROUBLES`."""
        return f"{self.name}_trouble"

    @property
    def reason(self):
        """Google's word for that trouble."""
        return f"{self.name}_reason"

    @property
    def told(self):
        """What people were told of that trouble."""
        return f"{self.name}_told"


EVENTS = Half(
    "events",
    wanted="sync_events",
    granted="agenda_granted",
    next_try="next_try",
    unfinished="unfinished",
    failures="failures",
    refusals="access_refusals",
)
CONTACTS = Half(
    "contacts",
    wanted="sync_contacts",
    granted="contacts_granted",
    next_try="contacts_next_try",
    unfinished="contacts_unfinished",
    failures="contacts_failures",
    refusals="contacts_refusals",
)
HALVES = (EVENTS, CONTACTS)
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
    next_try = fields.Datetime("Not before", readonly=True, copy=False)
    unfinished = fields.Boolean(
        readonly=True, copy=False, help="A run goes on in the next slice"
    )
    failures = fields.Integer(readonly=True, copy=False)
    access_refusals = fields.Integer(readonly=True, copy=False, groups=fields.NO_ACCESS)
    next_pull_at = fields.Datetime("Next regular update", readonly=True, copy=False)
    contacts_next_try = fields.Datetime(readonly=True, copy=False)
    contacts_unfinished = fields.Boolean(readonly=True, copy=False)
    contacts_failures = fields.Integer(readonly=True, copy=False)
    contacts_refusals = fields.Integer(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="Runs in a row that Google refused a renewed access to the contacts",
    )
    contacts_next_at = fields.Datetime(
        "Next update of the contacts", readonly=True, copy=False
    )

    def _effects(self, vals):
        """Another calendar: what was wrong with the one before is over."""
        others = self.filtered(
            lambda account: (
                vals.get("calendar_id")
                and account.calendar_id.id != vals["calendar_id"]
                and account.events_trouble == "failed"
            )
        )
        return [*super()._effects(vals), others._try_anew]

    def _try_anew(self):
        """A person has changed what failed: no need to wait for the next try."""
        for account in self:
            account._note_trouble(EVENTS)
            account.next_try = False
            account._mark_connected()
        if self:
            wake(self.env)

    def _rests_ended(self):
        """Values, after a new consent: what was refused before may be granted now.

        A pause that Google asked for stands.
        """
        ours = [half for half in HALVES if self[half.trouble] != "waiting"]
        return {half.next_try: False for half in ours}

    def _note_trouble(self, half, stop=None, message=False):
        """What stopped this half, and what was said; nothing when it came through."""
        kind = stop and ("waiting" if isinstance(stop, RetryLater) else "failed")
        found = {
            half.trouble: kind or False,
            half.reason: stop.reason if stop else False,
            half.told: message or False,
        }
        if any(self[name] != value for name, value in found.items()):
            self.write(found)

    def _half_stopped(self, half, stop, message):
        """Google refused: in error, unless the other half works."""
        self._note_trouble(half, stop, message)
        [other] = set(HALVES) - {half}
        if self._standing_of(other) != "works":
            self._mark_error(message)

    def _standing_of(self, half):
        """works, idle (nothing to do), waiting, failed, refused (not granted), off."""
        if not self[half.wanted]:
            return "off"
        if not self[half.granted]:
            return "refused"
        if half is CONTACTS and not self._wants_contacts():
            return "idle"
        if half is EVENTS and not self.calendar_id:
            return "failed"
        return self[half.trouble] or "works"

    def _wants_contacts(self):
        """There is something to do: an account without a list makes no request."""
        return self.sync_contacts

    def _light_of_halves(self):
        """The light of a connected account, or nothing when both halves are well."""
        halves = {self._standing_of(half) for half in HALVES} - {"off"}
        if halves <= {"works", "idle"}:
            return ""
        if "works" in halves or halves == {"idle", "refused"}:
            return "partly"
        return "waiting" if halves <= {"waiting", "idle"} else "error"
