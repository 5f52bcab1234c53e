"""The Synchronisation tab: a user's account, shown and edited on the user.

A plain user may write nothing on users but a list of own fields; hence these mirrors.
Every user may read every user in Odoo, so the mirrors go through one computed account,
which is empty for all but its owner and managers.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .google_sync_account_answer import WAYS

USER = "google_sync.group_user"


def _mirror(field_class, name, **options):
    related = f"google_sync_account_id.{name}"
    return field_class(related=related, groups=USER, **options)


def _option(field_class, name):
    return _mirror(field_class, name, readonly=False)


class ResUsers(models.Model):
    _inherit = "res.users"

    google_sync_account_ids = fields.One2many(
        "google.sync.account", "user_id", "Google accounts", groups=fields.NO_ACCESS
    )
    google_sync_account_id = fields.Many2one(
        "google.sync.account",
        "Google Sync account",
        compute="_compute_google_sync_account_id",
        compute_sudo=True,
        search="_search_google_sync_account_id",
        groups=USER,
    )
    google_sync_light = _mirror(fields.Selection, "light")
    google_sync_email = _mirror(fields.Char, "google_email")
    google_sync_grant_expires_at = _mirror(fields.Datetime, "grant_expires_at")
    google_sync_not_granted = _mirror(fields.Char, "not_granted")
    google_sync_waits = _mirror(fields.Boolean, "waits_for_person")
    google_sync_left_behind = _mirror(fields.Integer, "left_behind")
    google_sync_connect_way = fields.Selection(
        WAYS, compute="_compute_google_sync_connect_way", groups=USER
    )
    google_sync_last_success_at = _mirror(fields.Datetime, "last_success_at")
    google_sync_last_message = _mirror(fields.Char, "last_message")
    google_sync_login = _option(fields.Char, "google_login")
    google_sync_events = _option(fields.Boolean, "sync_events")
    google_sync_contacts = _option(fields.Boolean, "sync_contacts")
    google_sync_calendar_id = _option(fields.Many2one, "calendar_id")
    google_sync_calendar_name = _option(fields.Char, "calendar_name")
    google_sync_months_before = _option(fields.Integer, "months_before")
    google_sync_months_after = _option(fields.Integer, "months_after")
    google_sync_auto_push = _option(fields.Boolean, "auto_push")
    google_sync_auto_pull = _option(fields.Boolean, "auto_pull")
    google_sync_pull_at_login = _option(fields.Boolean, "pull_at_login")
    google_sync_confirm_deletions = _option(fields.Boolean, "confirm_deletions")
    google_sync_series = _option(fields.Boolean, "sync_series")
    google_sync_transfer_colors = _option(fields.Boolean, "transfer_colors")
    google_sync_conflict_policy = _option(fields.Selection, "conflict_policy")

    @property
    def SELF_READABLE_FIELDS(self):
        return [
            *super().SELF_READABLE_FIELDS,
            "google_sync_account_id",
            "google_sync_light",
            "google_sync_email",
            "google_sync_grant_expires_at",
            "google_sync_not_granted",
            "google_sync_waits",
            "google_sync_left_behind",
            "google_sync_connect_way",
            "google_sync_last_success_at",
            "google_sync_last_message",
            *self._google_sync_option_fields(),
        ]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, *self._google_sync_option_fields()]

    @api.model
    def _google_sync_option_fields(self):
        return [
            name
            for name, field in self._fields.items()
            if name.startswith("google_sync_") and field.related and not field.readonly
        ]

    @api.depends("google_sync_account_ids")
    @api.depends_context("uid")
    def _compute_google_sync_account_id(self):
        reader = self.env.user
        for user in self:
            account = user.google_sync_account_ids[:1]
            mine = user._origin == reader or reader._is_superuser()
            shown = account and (mine or account._is_managed_by_me())
            user.google_sync_account_id = account if shown else False

    @api.depends("company_id")
    def _compute_google_sync_connect_way(self):
        """Also of a user who has no account yet: the tab shows what will work."""
        for user in self:
            user.google_sync_connect_way = user.company_id._google_sync_connect_way()

    def _search_google_sync_account_id(self, operator, value):
        """For the ORM, which asks whose mirrors an edited account changes."""
        return [("google_sync_account_ids", operator, value)]

    def write(self, vals):
        """The account comes into being with the first option that is written."""
        if any(name.startswith("google_sync_") for name in vals):
            for user in self:
                self.env["google.sync.account"].sudo()._of_user(user)
        return super().write(vals)

    # -- buttons of the tab: the account checks who presses them ---------------

    @api.model
    def action_google_sync_open(self):
        """My own tab, full page."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "google_sync.res_users_action_my_sync"
        )
        # The path is the menu's, which has this action made: so the page keeps it.
        return {**action, "res_id": self.env.uid, "path": "my-google-sync"}

    def action_google_sync_connect(self):
        return self._google_sync_account().action_connect()

    def action_google_sync_disconnect(self):
        return self._google_sync_account().action_disconnect()

    def action_google_sync_refresh_calendars(self):
        return self._google_sync_account().action_refresh_calendars()

    def action_google_sync_now(self):
        return self._google_sync_account().action_sync_now()

    def action_google_sync_preview(self):
        return self._google_sync_account().action_preview()

    def action_google_sync_test(self):
        return self._google_sync_account().action_test()

    def action_google_sync_connect_manually(self):
        return self._google_sync_account().action_connect_manually()

    def action_google_sync_reset_account(self):
        return self._google_sync_account().action_reset_account()

    def action_google_sync_reset_calendar(self):
        return self._google_sync_account().action_reset_calendar()

    def action_google_sync_journal(self):
        return self._google_sync_account().action_view_runs()

    def _google_sync_account(self):
        """The account of this user, for its owner or a manager."""
        self.ensure_one()
        if self.sudo().share:
            raise UserError(
                self.env._("%s is not an internal user.", self.sudo().display_name)
            )
        account = self.env["google.sync.account"].sudo()._of_user(self).sudo(False)
        account._check_may_manage()
        return account
