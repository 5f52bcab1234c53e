"""Coming from google_calendar, Odoo's own module: its links kept, itself switched off.

That module is no dependency: its fields are looked for before they are used.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    neighbour_message = fields.Char(
        compute="_compute_neighbour_message",
        help="Said while Odoo's own Google Calendar synchronisation is active",
    )

    @api.depends("user_id")
    def _compute_neighbour_message(self):
        for account in self:
            account.neighbour_message = account._neighbour_message()

    def _neighbour_message(self):
        # sudo: only whether, of this account's user.
        if not self.sudo()._has_odoo_google_calendar():
            return False
        return self.env._(
            "Odoo's own Google Calendar synchronisation is active for %s. Two "
            "synchronisations of one agenda would duplicate every event: take over "
            "from it. It is then switched off for this user, and its events are "
            "recognised in Google, not doubled.",
            self._label(),
        )

    def action_take_over_google_calendar(self):
        """Switch Odoo's own synchronisation off for this user and keep its links."""
        self.ensure_one()
        account = self._check_may_manage()
        if "google_calendar_rtoken" not in self.env["res.users.settings"]._fields:
            raise UserError(
                self.env._(
                    "Odoo's own Google Calendar synchronisation is not installed: "
                    "there is nothing to take over."
                )
            )
        account._switch_neighbour_off()
        account._keep_neighbour_links()
        known = account.env["calendar.event"]
        count = known.search_count(account._neighbour_domain())
        message = self.env._(
            "Odoo's own Google Calendar synchronisation is switched off for %(user)s "
            "and its access to Google is erased in Odoo. Its events that will be "
            "recognised in Google: %(count)s.",
            user=account._label(),
            count=count,
        )
        if account.state == "off":
            message += " " + self.env._("Press Connect to go on.")
        return self._notice("success", message, reload=True)

    def _switch_neighbour_off(self):
        """As that module's own “Stop” and “Reset” do it; its events are untouched."""
        user = self.user_id
        user.stop_google_synchronization()
        settings = user.res_users_settings_id
        settings._set_google_auth_tokens(False, False, 0)
        settings.google_calendar_sync_token = False

    def _accept_consent(self, consent, grant, calendars, trouble):
        account = super()._accept_consent(consent, grant, calendars, trouble)
        account._keep_neighbour_links()
        return account

    def _effects(self, vals):
        chosen = [self._keep_neighbour_links] if vals.get("calendar_id") else []
        return [*super()._effects(vals), *chosen]

    # -- its links ---------------------------------------------------------------

    def _neighbour_domain(self):
        """That module's events in this agenda; it knows the main calendar only."""
        return [
            ("google_id", "!=", False),
            ("recurrency", "=", False),
            ("partner_ids", "in", self.user_id.partner_id.ids),
        ]

    def _keep_neighbour_links(self):
        """Links as after a reset: believed when Google shows their ids."""
        if "google_id" not in self.env["calendar.event"]._fields:
            return
        for account in self:
            calendar = account.calendar_id
            if calendar.is_primary and account.google_sub:
                account._keep_neighbour_links_of(calendar)

    def _keep_neighbour_links_of(self, calendar):
        links = self.env["google.sync.event.link"]
        there = links.search_fetch(
            [("calendar_id", "=", calendar.id)],
            ["google_id", "event_id", "recurrence_id"],
        )
        taken, linked = set(there.mapped("google_id")), set(there.event_id.ids)
        new = {}
        for event in self.env["calendar.event"].search(
            self._neighbour_domain(), order="id"
        ):
            if event.id not in linked and event.google_id not in taken:
                new.setdefault(event.google_id, event.id)
        links.create(
            [
                {
                    "calendar_id": calendar.id,
                    "event_id": event_id,
                    "google_id": google_id,
                    "state": "detached",
                }
                for google_id, event_id in new.items()
            ]
        )
        known = set(there.recurrence_id.ids)
        links.create(
            [
                {
                    "calendar_id": calendar.id,
                    "kind": "series",
                    "recurrence_id": recurrence.id,
                    "event_id": recurrence.base_event_id.id,
                    "google_id": google_id,
                    "state": "detached",
                }
                for google_id, recurrence in self._neighbour_recurrences().items()
                if google_id not in taken and recurrence.id not in known
            ]
        )

    def _neighbour_recurrences(self):
        """{Google id: recurrence} of the series that Odoo's own module linked."""
        recurrences = self.env["calendar.recurrence"]
        if "google_id" not in recurrences._fields:
            return {}
        found = recurrences.search(
            [
                ("google_id", "!=", False),
                ("calendar_event_ids.partner_ids", "in", self.user_id.partner_id.ids),
            ],
            order="id",
        )
        return {recurrence.google_id: recurrence for recurrence in found}


class ResUsers(models.Model):
    _inherit = "res.users"

    google_sync_neighbour_message = fields.Char(
        compute="_compute_google_sync_neighbour_message",
        compute_sudo=True,
        groups="google_sync.group_user",
    )

    @api.depends_context("uid")
    def _compute_google_sync_neighbour_message(self):
        """Before the account exists, too; to the user and those who may set it up."""
        reader = self.env.user
        for user in self:
            account = self.env["google.sync.account"].new({"user_id": user._origin.id})
            shown = user._origin == reader or account._is_managed_by_me()
            user.google_sync_neighbour_message = shown and account._neighbour_message()

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "google_sync_neighbour_message"]

    def action_google_sync_take_over(self):
        return self._google_sync_account().action_take_over_google_calendar()
