"""A user's Google account: its options and its state.

Who may do what with it is in `rights`, how it reaches Google, the consent and the
calendars in `connection`, a run in `running`.
"""

from datetime import datetime
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import clean_context

from ..tools.edge import is_portal
from .calendar import WRITER_ROLES

#: What the owner and managers may set; everything else is written by the server only.
OPTION_FIELDS = frozenset(
    {
        "google_login",
        "sync_events",
        "sync_contacts",
        "calendar_id",
        "calendar_name",
        "mode",
        "months_before",
        "months_after",
        "auto_push",
        "auto_pull",
        "pull_at_login",
        "confirm_deletions",
        "sync_series",
        "transfer_colors",
        "types_from_colors",
        "guests_as_contacts",
        "conflict_policy",
        "distribution",
        "delegate_ids",
        "contact_deletions",
        "contact_label",
        "contact_proposals",
    }
)
#: Of these, what says where a user's data go: the owner's word, nobody else's.
PLACE_FIELDS = frozenset({"google_login", "calendar_id", "calendar_name", "mode"})
STATES = [
    ("off", "Not connected"),
    ("connected", "Connected"),
    ("to_reconnect", "To reconnect"),
    ("error", "Error"),
    ("suspended", "Suspended"),
]
#: "Not before" of what waits until a person says go.
UNTIL_ASKED = datetime(9999, 1, 1)
#: States in which an account has Google asked.
LIVE_STATES = ("connected", "error")
#: States in which the queue of edits is kept and worked on.
QUEUE_STATES = ("connected", "to_reconnect", "error")


class GoogleSyncAccount(models.Model):
    _name = "google.sync.account"
    _inherit = ["google.sync.guard", "google.sync.sentences"]
    _description = "Google Sync Account"
    _rec_name = "user_id"
    _order = "user_id"

    user_id = fields.Many2one(
        "res.users",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
    )
    company_id = fields.Many2one(related="user_id.company_id", store=True, index=True)
    state = fields.Selection(
        STATES, required=True, default="off", readonly=True, copy=False
    )
    google_login = fields.Char(
        "Login (email)", help="The mail address of the Google account to connect"
    )
    google_email = fields.Char("Google account", readonly=True, copy=False)
    google_sub = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    agenda_granted = fields.Boolean("May use the agenda", readonly=True, copy=False)
    contacts_granted = fields.Boolean("May use the contacts", readonly=True, copy=False)
    granted_scopes = fields.Char(readonly=True, copy=False)
    grant_expires_at = fields.Datetime(
        "Connection ends on",
        readonly=True,
        copy=False,
        help="Google ends the connection then; connect again before",
    )
    client_id_used = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    database_uuid = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    database_name = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    reconnect_told = fields.Boolean(readonly=True, copy=False)

    sync_events = fields.Boolean(
        "Agenda",
        default=True,
        help="Keeps your agenda in step with a Google calendar",
    )
    sync_contacts = fields.Boolean(
        "Contacts", default=True, help="Sends the contacts that you choose to Google"
    )
    calendar_ids = fields.One2many(
        "google.sync.calendar", "account_id", "Google calendars", readonly=True
    )
    calendar_id = fields.Many2one(
        "google.sync.calendar",
        ondelete="set null",
        copy=False,
        help="The Google calendar to synchronise, one that you may edit",
        domain="[('account_id', '=', id), ('listed', '=', True),"
        " ('access_role', 'in', ('owner', 'writer'))]",
    )
    calendar_name = fields.Char(
        "Calendar name",
        help="Name of the Google calendar to synchronise, when it is typed instead of "
        "chosen from the list. Empty: the main calendar.",
    )
    months_before = fields.Integer(
        "Agenda start",
        default=1,
        help="The period, in months before and after today: what is older is not taken "
        "over, what is later waits until it comes near. What is in step already stays "
        "so, wherever it moves.",
    )
    months_after = fields.Integer(
        "Agenda end",
        default=12,
        help="Number of months after today: what is later waits",
    )
    auto_push = fields.Boolean(
        "Automatic",
        default=True,
        help="Sends every change of the agenda to Google as soon as it is saved",
    )
    auto_pull = fields.Boolean(
        "Regular update",
        default=True,
        help="Fetches the changes made in Google every few minutes",
    )
    pull_at_login = fields.Boolean(
        "At start", help="Fetches the changes made in Google when the user logs in"
    )
    confirm_deletions = fields.Boolean(
        "Confirm deletions",
        compute="_compute_confirm_deletions",
        store=True,
        readonly=False,
        help="A deletion on one side waits for an answer before the other side follows",
    )
    sync_series = fields.Boolean(
        "Recurring events", default=True, help="Synchronises recurring events too"
    )
    transfer_colors = fields.Boolean(
        "Transfer colours",
        help="Gives the events in Google the colour nearest to their type's",
    )
    conflict_policy = fields.Selection(
        [
            ("newest", "The latest edit wins"),
            ("odoo", "Odoo wins"),
            ("google", "Google wins"),
            ("ask", "Ask me"),
        ],
        "Changed on both sides",
        required=True,
        default="newest",
        help="When the same field was changed in Odoo and in Google: which is kept. "
        "The other value stands in the journal. Changes of different fields go "
        "together.",
    )
    distribution = fields.Selection(
        [
            ("copies", "A copy for each participant, no mail"),
            ("invitation", "Google invitations from the organiser"),
        ],
        "Participants",
        required=True,
        default="copies",
        help="With invitations, Google mails the participants of the events that you "
        "organise in Odoo. Past 10 mails in one run you are asked first; the preview "
        "says their number.",
    )
    delegate_ids = fields.One2many("google.sync.delegate", "account_id", "Colleagues")

    last_run_id = fields.Many2one(
        "google.sync.run",
        "Last synchronisation",
        ondelete="set null",
        readonly=True,
        copy=False,
    )
    last_success_at = fields.Datetime("Last success", readonly=True, copy=False)
    last_message = fields.Char("Last result", translate=True, readonly=True, copy=False)
    run_ids = fields.One2many("google.sync.run", "account_id", "Journal")
    run_count = fields.Integer("Synchronisations", compute="_compute_run_count")
    is_mine = fields.Boolean(compute="_compute_is_mine")

    _user_uniq = models.UniqueIndex(
        "(user_id)", "This user already has a Google account: open that one."
    )
    _sub_uniq = models.UniqueIndex(
        "(google_sub) WHERE google_sub IS NOT NULL",
        "This Google account is connected by another user here.",
    )
    _months_in_range = models.Constraint(
        "CHECK(months_before BETWEEN 0 AND 1200 AND months_after BETWEEN 0 AND 1200)",
        "The agenda starts and ends 0 to 1200 months from today.",
    )

    # -- computes --------------------------------------------------------------

    @api.depends("pull_at_login")
    def _compute_confirm_deletions(self):
        for account in self:
            account.confirm_deletions = account.pull_at_login

    def _compute_run_count(self):
        groups = self.env["google.sync.run"]._read_group(
            [("account_id", "in", self.ids)], ["account_id"], ["__count"]
        )
        counts = {account.id: count for account, count in groups}
        for account in self:
            account.run_count = counts.get(account.id, 0)

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for account in self:
            account.is_mine = account.user_id == self.env.user

    # -- checks ----------------------------------------------------------------

    @api.constrains("user_id")
    def _check_internal(self):
        for account in self:
            if is_portal(account.user_id):
                raise ValidationError(
                    self.env._("%s is not an internal user.", account._label())
                )

    @api.constrains("calendar_id")
    def _check_calendar(self):
        for account in self:
            # sudo: a manager may write the account of a user whose calendars the rules
            # hide.
            calendar = account.sudo().calendar_id
            if not calendar:
                continue
            if calendar.account_id != account:
                raise ValidationError(
                    self.env._("This calendar is not one of %s's.", account._label())
                )
            if calendar.access_role not in WRITER_ROLES:
                raise ValidationError(
                    self.env._(
                        "Google lets %(user)s read “%(calendar)s”, not edit it: choose "
                        "a calendar that may be edited.",
                        user=account._label(),
                        calendar=calendar.name,
                    )
                )

    # -- create, write, unlink -------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        for vals in vals_list:
            self._check_only_options(vals, also=("user_id",))
        # A default in the context would set what the check above keeps out.
        clean = clean_context(self.env.context)
        clean_self = self.with_context(clean)  # pylint: disable=context-overridden
        accounts = super(GoogleSyncAccount, clean_self).create(vals_list)
        accounts._check_may_manage()
        for account, vals in zip(accounts, vals_list, strict=True):
            account._check_place(vals)
        return accounts

    def write(self, vals):
        self._check_only_options(vals)
        self._check_place(vals)
        # sudo: who may write an option has it take effect, on the engine's rows, too.
        effects = self.sudo()._effects(vals)
        if "calendar_name" in vals and "calendar_id" not in vals:
            typed = (vals["calendar_name"] or "").strip()
            for account in self.filtered("calendar_ids"):
                if not typed and not account.calendar_name:
                    continue
                calendar = account._calendar_named(typed)
                super(GoogleSyncAccount, account).write({"calendar_id": calendar.id})
        result = super().write(vals)
        if vals.get("calendar_id") and "calendar_name" not in vals:
            self._forget_other_name()
        for effect in effects:
            effect()
        return result

    def _effects(self, vals):
        """As superuser, before `vals` are written: what to call once they are."""
        if {"calendar_id", "calendar_name"}.isdisjoint(vals):
            return []
        return [partial(account._take_main, account.calendar_id) for account in self]

    def _take_main(self, before):
        """Another calendar may be the main one by now."""
        self.calendar_id._become_main(before)

    def _check_only_options(self, vals, also=()):
        """State, identity and grant come from Google, not from whoever can write."""
        if self.env.su:
            return
        forbidden = vals.keys() - OPTION_FIELDS - set(also)
        if forbidden:
            raise AccessError(
                self.env._(
                    "%s: set by the synchronisation itself, not by hand.",
                    ", ".join(sorted(forbidden)),
                )
            )
        self._check_named(vals)

    # -- the rest --------------------------------------------------------------

    @api.model
    def _of_user(self, user):
        """The account of `user`, created when missing: the tab is being used."""
        if is_portal(user):
            raise AccessError(
                self.env._("Only internal users have a Google account here.")
            )
        account = self.search([("user_id", "=", user.id)])
        return account or self.create({"user_id": user.id})

    def _label(self):
        return self.user_id.name
