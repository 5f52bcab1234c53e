"""The agendas shown in Odoo's calendar: their lights, and synchronising them."""

from odoo import api, fields, models
from odoo.fields import Domain

from ...sync.events.period import window
from ..tools.privacy import PRIVATE


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    @api.model
    def agenda_states(self, partner_ids):
        """Light and words of these people's agendas, of those the user may see."""
        return [
            {
                **account._light_state(),
                "may_sync": account._may_be_run_by_me(),
            }
            for account in self._shown_agendas(partner_ids)
        ]

    @api.model
    def sync_agendas(self, partner_ids):
        """Have these agendas synchronised now, those the user may.

        Returns the ids of the accounts that were asked, and what to say of the others.
        """
        accounts = self._shown_agendas(partner_ids)
        allowed = accounts.filtered(lambda account: account._may_be_run_by_me())
        allowed = allowed.filtered("sync_events")
        answers = allowed._request_sync()
        waiting = [account_id for account_id, why in answers.items() if not why]
        return {"asked": waiting, "told": list(filter(None, answers.values()))}

    @api.model
    def _shown_agendas(self, partner_ids):
        """As superuser: accounts of these people that the user may see."""
        wanted = [
            ("user_id.partner_id", "in", list(map(int, partner_ids))),
            ("state", "!=", "off"),
        ]
        return self.sudo().search(Domain.AND([wanted, self._seen_by_me()]))

    @api.model
    def _seen_by_me(self):
        if self._am_i_outside():
            return Domain.FALSE
        uid = self.env.uid
        shown = ["|", ("visible", "=", True), ("agenda", "=", True)]
        seen = Domain("user_id", "=", uid) | Domain(
            "delegate_ids", "any", [("user_id", "=", uid), *shown]
        )
        if self.env.user.has_group("google_sync.group_manager"):
            seen |= Domain("company_id", "in", self.env.user.company_ids.ids)
        return seen

    @api.model
    def _sees_other_agendas(self):
        others = [("user_id", "!=", self.env.uid), ("state", "!=", "off")]
        domain = Domain.AND([others, self._seen_by_me()])
        # sudo: the domain says whose the reader sees.
        return bool(self.sudo().search_count(domain, limit=1))

    def _may_be_run_by_me(self):
        """As `_check_may_run`, as an answer."""
        # sudo: it asks who may, so the reader's own rights cannot decide.
        account = self.sudo()
        mine = account.user_id == self.env.user and not self._am_i_outside()
        return mine or account._is_managed_by_me() or account._is_delegated_to_me()

    # -- what the panel of an event asks ---------------------------------------

    def _google_sync_window(self):
        """The period of this account around today, as a run would take it."""
        zone = self.user_id.tz or self.calendar_id.time_zone or "UTC"
        today = fields.Date.context_today(self.with_context(tz=zone))
        return window(today, self.months_before, self.months_after, zone)

    def _count_outside_period(self):
        """Single events of the owner's agenda that the period leaves out."""
        period = self._google_sync_window()
        first, last = (x.replace(tzinfo=None) for x in (period.start, period.end))
        outside = Domain("stop", "<=", first) | Domain("start", ">=", last)
        # sudo: how many, of the account's own user.
        account = self.sudo()
        mine = Domain("partner_ids", "in", account.user_id.partner_id.ids)
        single = Domain("recurrence_id", "=", False)
        linked = Domain("google_sync_link_ids.account_id", "=", account.id)
        events = self.env["calendar.event"].sudo()
        return events.search_count(mine & outside & single & ~linked)

    def _google_sync_kinds(self):
        """The kinds of links that a run of this account looks at."""
        return ("single", "series", "occurrence") if self.sync_series else ("single",)

    def _hides_by_default(self):
        """The owner's agenda is private by default: so is all that tells of it."""
        # sudo: a manager may not read the owner's settings.
        return self.sudo().user_id.calendar_default_privacy in PRIVATE
