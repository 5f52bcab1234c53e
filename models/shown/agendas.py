"""The agendas shown in Odoo's calendar: their lights, and synchronising them."""

from odoo import api, models

from ..rights.sense import numbers


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
            for account in self._shown_agendas(numbers(self.env, partner_ids))
        ]

    @api.model
    def sync_agendas(self, partner_ids):
        """Have these agendas synchronised now, those the user may.

        Returns the ids of the accounts that were asked, and what to say of the others.
        """
        accounts = self._shown_agendas(numbers(self.env, partner_ids))
        allowed = accounts.filtered(lambda account: account._may_be_run_by_me())
        allowed = allowed.filtered("sync_events")
        answers = allowed._request_sync()
        waiting = [account_id for account_id, why in answers.items() if not why]
        return {"asked": waiting, "told": list(filter(None, answers.values()))}
