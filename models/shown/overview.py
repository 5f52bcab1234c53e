"""What an administrator wants to know of each account: how old, what is wrong."""

from babel.dates import format_timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import babel_locale_parse

from ..tools.edge import engine_rows

#: Links in these states are over; a problem of theirs is nobody's any more.
_OVER = ("deleted", "detached", "off")
#: Not troubles: somebody has been asked, and answers in the decisions.
_ASKED = ("confirm", "missing", "ambiguous")
#: Lights that somebody has to act upon.
_TROUBLED = ("error", "partly", "to_reconnect", "suspended")


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    success_age = fields.Char("Age of the last success", compute="_compute_success_age")
    standing = fields.Selection(
        [
            ("well", "In order"),
            ("late", "No success for a day"),
            ("waits", "Waiting for Google"),
            ("paused", "Paused"),
            ("trouble", "To act upon"),
            ("off", "Not connected"),
        ],
        compute="_compute_standing",
        search="_search_standing",
    )
    decision_count = fields.Integer("Questions", compute="_compute_decision_count")
    problem_count = fields.Integer("Entries in trouble", compute="_compute_problems")
    requests_today = fields.Integer("Requests today", compute="_compute_requests")

    # -- how old ---------------------------------------------------------------

    @api.depends("last_success_at", "contacts_synced_at")
    @api.depends_context("lang")
    def _compute_success_age(self):
        now = fields.Datetime.now()
        locale = babel_locale_parse(self.env.lang)
        for account in self:
            last = account._last_success()
            account.success_age = last and format_timedelta(
                last - now, add_direction=True, locale=locale
            )

    def _last_success(self):
        """Of the agenda; of the contacts, for who synchronises these only."""
        return self.last_success_at or self.contacts_synced_at

    def _too_old(self):
        return fields.Datetime.subtract(fields.Datetime.now(), days=1)

    @api.depends("light", "problem_count", "last_success_at", "contacts_synced_at")
    def _compute_standing(self):
        """By the light, so that the two never contradict each other."""
        late = self._too_old()
        for account in self:
            last = account._last_success()
            if account.light in ("off", "paused"):
                account.standing = account.light
            elif account.light in _TROUBLED or account.problem_count:
                account.standing = "trouble"
            elif account.light == "waiting":
                account.standing = "waits"
            elif not last or last < late:
                account.standing = "late"
            else:
                account.standing = "well"

    def _search_standing(self, operator, value):
        """Computed for all that the reader sees: there are as many as users."""
        if operator != "in":
            return NotImplemented
        everybody = self.search([("user_id", "!=", False)])
        found = everybody.filtered(lambda account: account.standing in value)
        return Domain("id", "in", found.ids)

    # -- what is wrong ---------------------------------------------------------

    @api.depends_context("uid")
    def _compute_decision_count(self):
        """As superuser: the number of private ones is no secret, their content is.

        None for a colleague, whom they do not ask.
        """
        groups = engine_rows(self.env, "google.sync.decision")._read_group(
            [("account_id", "in", self.ids), ("state", "=", "open")],
            ["account_id"],
            ["__count"],
        )
        counts = {account.id: count for account, count in groups}
        for account in self:
            mine = account.may_manage
            account.decision_count = counts.get(account.id, 0) if mine else 0

    def _compute_problems(self):
        counts = dict.fromkeys(self.ids, 0)
        for model in ("google.sync.event.link", "google.sync.contact.link"):
            # A number of links, for all who see the account.
            groups = engine_rows(self.env, model)._read_group(
                Domain("account_id", "in", self.ids) & self._in_trouble(),
                ["account_id"],
                ["__count"],
            )
            for account, count in groups:
                counts[account.id] += count
        for account in self:
            account.problem_count = counts.get(account.id, 0)

    @api.model
    def _in_trouble(self):
        return Domain(
            [
                ("problem", "!=", False),
                ("problem", "not in", _ASKED),
                ("state", "not in", _OVER),
            ]
        )

    def action_view_errors(self):
        """What Google or Odoo refused, the latest first."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "google_sync.google_sync_run_line_action"
        )
        action["domain"] = [("account_id", "in", self.ids)]
        action["context"] = {
            "search_default_errors": 1,
            "search_default_carried_out": 1,
        }
        return action

    def action_view_usage(self):
        """Requests to Google, day by day."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "google_sync.google_sync_usage_action"
        )
        action["domain"] = [("account_id", "in", self.ids)]
        return action

    # -- how busy --------------------------------------------------------------

    def _compute_requests(self):
        groups = self.env["google.sync.usage"]._read_group(
            [("account_id", "in", self.ids), ("day", "=", fields.Date.today())],
            ["account_id"],
            ["requests:sum"],
        )
        counts = {account.id: count for account, count in groups}
        for account in self:
            account.requests_today = counts.get(account.id, 0)
