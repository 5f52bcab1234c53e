"""How the connection of an account stands, and what is noted when that changes."""

from odoo import api, fields, models

from .account import LIVE_STATES, UNTIL_ASKED


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    connected_at = fields.Datetime("Connected since", readonly=True, copy=False)
    not_granted = fields.Char("Not allowed in Google", compute="_compute_not_granted")
    ending_told = fields.Boolean(readonly=True, copy=False)
    reset_todo = fields.Json(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="What is left to do of a reset: what, run, calendars, delete, contacts",
    )
    waits_for_person = fields.Boolean(
        compute="_compute_waits_for_person",
        help="After a reset nothing is synchronised by itself until a person says so",
    )

    @api.depends(
        "state", "sync_events", "sync_contacts", "agenda_granted", "contacts_granted"
    )
    @api.depends_context("lang")
    def _compute_not_granted(self):
        for account in self:
            agenda = account.sync_events and not account.agenda_granted
            contacts = account.sync_contacts and not account.contacts_granted
            asked = account.state in LIVE_STATES
            if not asked or not (agenda or contacts):
                account.not_granted = False
            elif agenda and contacts:
                account.not_granted = self.env._("the agenda and the contacts")
            elif agenda:
                account.not_granted = self.env._("the agenda")
            else:
                account.not_granted = self.env._("the contacts")

    @api.depends("next_try", "state")
    def _compute_waits_for_person(self):
        for account in self:
            waits = account.next_try and account.next_try >= UNTIL_ASKED
            account.waits_for_person = waits and account.state != "off"

    # -- what the engine notes -------------------------------------------------

    def _mark_connected(self):
        """Google answers again: green, and the next trouble is worth telling.

        An account that was disconnected or suspended during the run stays so.
        """
        for account in self:
            if account.state in ("error", "to_reconnect"):
                account.write({"state": "connected", "reconnect_told": False})

    def _mark_reconnect(self, message):
        """The grant is dead: orange, and the owner is told, once."""
        for account in self._not_switched_off():
            was_told = account.reconnect_told
            account.write(
                {
                    "state": "to_reconnect",
                    "last_message": message,
                    "reconnect_told": True,
                }
            )
            if not was_told:
                account._tell_owner_to_reconnect()

    def _mark_error(self, message):
        accounts = self._not_switched_off()
        accounts.write({"state": "error", "last_message": message})

    def _not_switched_off(self):
        """Those that were not disconnected or suspended, perhaps during the run."""
        return self.filtered(lambda account: account.state not in ("off", "suspended"))

    def _reconnect_message(self):
        if self.state == "off":
            return self._not_connected_message()
        return self.env._(
            "The connection of %s with Google has ended: press Connect in My "
            "Preferences, tab Synchronisation.",
            self._label(),
        )

    def _not_connected_message(self):
        return self.env._(
            "%s is not connected with Google: press Connect in My Preferences, tab "
            "Synchronisation.",
            self._label(),
        )
