"""The Synchronisation tab: a user's account, shown and edited on the user."""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ..connection.by_hand import WAYS
from ..rights.guard import check_named
from ..rights.sense import check_one, check_value, number
from ..tools.edge import engine_rows, is_portal
from .tab import MIRRORS, OPTIONS, PREFIX, USER

#: The account's calendars, whose lines are edited in place.
CALENDARS = f"{PREFIX}calendars"


class ResUsers(models.Model):
    _inherit = "res.users"

    google_sync_account_ids = fields.One2many(
        "google.sync.account", "user_id", "Google accounts", groups=fields.NO_ACCESS
    )
    google_sync_account_id = fields.Many2one(
        "google.sync.account",
        "Google Sync account",
        compute="_compute_google_sync_account_id",
        search="_search_google_sync_account_id",
        groups=USER,
    )
    google_sync_is_mine = fields.Boolean(
        compute="_compute_google_sync_is_mine", groups=USER
    )
    google_sync_connect_way = fields.Selection(
        WAYS, compute="_compute_google_sync_connect_way", groups=USER
    )
    google_sync_ready = fields.Boolean(
        compute="_compute_google_sync_connect_way", groups=USER
    )
    # One field for each line of the list, instead of the same list in other words.
    vars().update({mirror.field_name: mirror.field() for mirror in MIRRORS})
    google_sync_login = fields.Char(
        compute="_compute_google_sync_login",
        inverse="_inverse_google_sync_login",
        string="Login (email)",
        help="The mail address of the Google account to connect",
        groups=USER,
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [
            *super().SELF_READABLE_FIELDS,
            "google_sync_account_id",
            "google_sync_is_mine",
            "google_sync_connect_way",
            "google_sync_ready",
            *(mirror.field_name for mirror in MIRRORS),
        ]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, *OPTIONS, CALENDARS]

    @api.depends("google_sync_account_ids")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_google_sync_account_id(self):
        """Of the users as they are stored, whatever a form says of their account."""
        reader = self.env.user
        # Whose account it is decides here, before anything of it is read.
        accounts = engine_rows(self.env, "google.sync.account")
        found = accounts.search([("user_id", "in", self._origin.ids)])
        by_user = {account.user_id.id: account for account in found}
        for user in self:
            account = by_user.get(user._origin.id, accounts)
            account = account.with_env(self.env)
            shown = account and account._is_shown_in_tab(reader)
            user.google_sync_account_id = account if shown else False

    @api.depends_context("uid")
    def _compute_google_sync_is_mine(self):
        for user in self:
            user.google_sync_is_mine = user._origin == self.env.user

    @api.depends("company_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_google_sync_connect_way(self):
        """Also of a user who has no account yet: the tab shows what will work."""
        accounts = self.env["google.sync.account"]
        for user in self:
            company = user.company_id
            user.google_sync_connect_way = company._google_sync_connect_way()
            # Nothing of it is told to who could do nothing with it.
            tab = user._origin == self.env.user or accounts._manages(company)
            user.google_sync_ready = tab and bool(company._google_sync_application())

    @api.depends("google_sync_account_id.google_login", "email")
    @api.depends_context("uid")
    def _compute_google_sync_login(self):
        """Filled from the user's own mail until one is typed; not stored as typed."""
        for user in self:
            login = user.google_sync_account_id.google_login
            if not login and user.google_sync_is_mine:
                # sudo: one's own mail.
                login = email_normalize(user.sudo().email or "")
            user.google_sync_login = login

    def _inverse_google_sync_login(self):
        for user in self:
            user.google_sync_account_id.google_login = user.google_sync_login

    def _search_google_sync_account_id(self, operator, value):
        """For the ORM, which asks whose mirrors an edited account changes."""
        return [("google_sync_account_ids", operator, value)]

    @api.model
    def default_get(self, fields):
        """A context names nobody's account."""
        values = super().default_get(fields)
        return {name: x for name, x in values.items() if not name.startswith(PREFIX)}

    def onchange(self, values, field_names, fields_spec):
        """Of the tab, a form says the options and nothing else."""
        values = {name: x for name, x in values.items() if _is_said(name)}
        check_named(self, {name: values[name] for name in OPTIONS if name in values})
        field_names = [name for name in field_names if _is_said(name)]
        return super().onchange(values, field_names, fields_spec)

    def write(self, vals):
        """The account comes into being with the first option that is written."""
        mirrors = [name for name in vals if name.startswith(PREFIX)]
        for name in mirrors:
            if name in self._fields:
                check_value(self, name, vals[name])
        if mirrors:
            # sudo: the account's first row; the options are written by right.
            for user in self:
                engine_rows(self.env, "google.sync.account")._of_user(user)
        self._google_sync_write_calendars(vals.get(CALENDARS) or ())
        return super().write({k: v for k, v in vals.items() if k != CALENDARS})

    def _google_sync_write_calendars(self, commands):
        """The lines of the tab's list that were edited, by the reader's own right."""
        calendars = self.env["google.sync.calendar"]
        for command in commands:
            if command[0] == Command.UPDATE:
                calendars.browse(number(self.env, command[1])).write(command[2])

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

    def action_google_sync_first_day(self):
        return self._google_sync_account().action_first_day()

    def action_google_sync_disconnect(self):
        return self._google_sync_account().action_disconnect()

    def action_google_sync_pause(self):
        return self._google_sync_account().action_pause()

    def action_google_sync_go_on(self):
        return self._google_sync_account().action_go_on()

    def action_google_sync_support_bundle(self):
        return self._google_sync_account().action_support_bundle()

    def action_google_sync_refresh_calendars(self):
        return self._google_sync_account().action_refresh_calendars()

    def action_google_sync_calendar_rules(self):
        return self._google_sync_account().action_view_calendar_rules()

    def action_google_sync_filters(self):
        return self._google_sync_account().action_view_filters()

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

    def action_google_sync_decisions(self):
        return self._google_sync_account().action_decisions()

    def action_google_sync_journal(self):
        return self._google_sync_account().action_view_runs()

    def _google_sync_account(self):
        """The account of this user, for its owner or a manager."""
        check_one(self)
        # A portal user hears about the own kind only.
        if self == self.env.user and is_portal(self):
            raise UserError(
                self.env._("%s is not an internal user.", self.env.user.display_name)
            )
        accounts = engine_rows(self.env, "google.sync.account")
        # Who may not is told so before there is an account, or a word about one.
        accounts.sudo(False)._check_may_manage_for(self)
        return accounts._of_user(self).sudo(False)


def _is_said(name):
    return name in OPTIONS or not name.startswith(PREFIX)
