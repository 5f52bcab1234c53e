"""Before a reset: what it does, in numbers, and whether Google's copies go too."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..models.account.account import LIVE_STATES
from ..models.reset.counting import TO_CUT
from ..models.tools.edge import engine_rows


class GoogleSyncReset(models.TransientModel):
    _name = "google.sync.reset"
    _inherit = "google.sync.dialog"
    _description = "Reset of a Google account"

    google_email = fields.Char(related="account_id.google_email", related_sudo=False)
    what = fields.Selection(
        [("account", "Account"), ("calendar", "Calendar")], required=True, readonly=True
    )
    calendar_id = fields.Many2one(
        "google.sync.calendar",
        compute="_compute_calendar_id",
        store=True,
        readonly=False,
        domain="[('account_id', '=', account_id)]",
    )
    delete_in_google = fields.Boolean("Also delete in Google what Odoo made there")
    take_away = fields.Boolean("Also take away in Odoo what only came from there")
    delete_count = fields.Integer(
        "Events that Odoo made in Google", compute="_compute_counts"
    )
    delete_contact_count = fields.Integer(
        "Contacts that Odoo made in Google", compute="_compute_counts"
    )
    take_count = fields.Integer("Events that may go", compute="_compute_counts")
    event_count = fields.Integer("Events linked", compute="_compute_counts")
    contact_count = fields.Integer("Contacts linked", compute="_compute_counts")
    question_count = fields.Integer("Open questions", compute="_compute_counts")
    turns_off = fields.Boolean(compute="_compute_turns_off")
    may_delete = fields.Boolean(compute="_compute_may_delete")

    def _check_account(self):
        for dialog in self:
            dialog.account_id._origin._check_may_manage()

    def _checked_account(self):
        """The account, for whoever may manage it: to be counted, and worked on."""
        self._check_account()
        # sudo: after the check.
        return self.account_id._origin.sudo()

    @api.constrains("account_id", "calendar_id")
    def _check_calendar(self):
        for wizard in self:
            # sudo: whose calendar it is, also where it may not be read.
            chosen = wizard.sudo()
            owner = chosen.calendar_id.account_id
            if owner and owner != chosen.account_id:
                raise ValidationError(
                    self.env._("This calendar is not one of this account's.")
                )

    @api.depends("account_id")
    def _compute_calendar_id(self):
        """The one in use; or one used before, when that still holds events."""
        for wizard in self:
            account = wizard._checked_account()
            chosen = account.calendar_id
            links = engine_rows(self.env, "google.sync.event.link")
            behind = links.search(
                [
                    ("account_id", "=", account.id),
                    ("calendar_id", "!=", chosen.id),
                    ("state", "=", "linked"),
                ],
                limit=1,
            )
            here = links.search_count(
                [("calendar_id", "=", chosen.id), ("state", "in", TO_CUT)], limit=1
            )
            wizard.calendar_id = chosen if here or not behind else behind.calendar_id

    @api.depends("account_id", "what", "calendar_id")
    def _compute_counts(self):
        # Numbers only, of an account that was checked.
        links = engine_rows(self.env, "google.sync.event.link")
        contacts = engine_rows(self.env, "google.sync.contact.link")
        for wizard in self:
            account = wizard._checked_account()
            mine = [("account_id", "=", account.id)]
            where = [] if wizard.what == "account" else wizard._in_calendar()
            wizard.event_count = links.search_count(
                [*mine, *where, ("state", "in", TO_CUT)]
            )
            linked = [*mine, ("state", "=", "linked")]
            both = wizard.what == "account"
            wizard.contact_count = contacts.search_count(linked) if both else 0
            chosen = wizard.calendar_id.with_env(account.env)
            calendars = account.calendar_ids if both else chosen
            wizard.delete_count = calendars._count_made_in_google()
            made = account._count_contacts_made() if both else 0
            wizard.delete_contact_count = made
            wizard.question_count = account._count_ending(calendars.ids, both)
            wizard.take_count = calendars._count_to_take_away(
                account.user_id.partner_id
            )

    @api.depends("account_id", "what", "calendar_id")
    def _compute_turns_off(self):
        """A calendar beside the main one is not synchronised any more afterwards."""
        for wizard in self:
            main = wizard._checked_account().calendar_id
            beside = wizard.calendar_id and wizard.calendar_id._origin.id != main.id
            wizard.turns_off = wizard.what == "calendar" and beside

    def _in_calendar(self):
        return [("calendar_id", "=", self.calendar_id.id)]

    @api.depends("account_id")
    def _compute_may_delete(self):
        for wizard in self:
            account = wizard._checked_account()
            ready = account.state in LIVE_STATES
            wizard.may_delete = ready and not account._is_suspended()

    def _open(self):
        """The dialogue."""
        name = self.env._("Reset account")
        if self.what == "calendar":
            name = self.env._("Reset calendar")
        return self._open_as(name)

    def action_reset(self):
        """Begin it, and show its page: the bar, then the receipt."""
        self.ensure_one()
        run = self.account_id._reset(
            self.what,
            self.delete_in_google,
            self.calendar_id,
            take_away=self.take_away,
            seconds=0,
        )
        return run.action_follow()
