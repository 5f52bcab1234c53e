"""What saving an event does for the synchronisation: one queued row, no HTTP."""

from odoo import api, fields, models

#: An edit of anything else concerns nobody's Google.
SYNCED_FIELDS = frozenset(
    {
        "name",
        "location",
        "description",
        "start",
        "stop",
        "start_date",
        "stop_date",
        "duration",
        "allday",
        "privacy",
        "show_as",
        "alarm_ids",
        "partner_ids",
        "attendee_ids",
        "user_id",
        "active",
        "recurrency",
        "recurrence_id",
        "categ_ids",
    }
)


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    google_sync_link_ids = fields.One2many(
        "google.sync.event.link", "event_id", "Google", copy=False, readonly=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        events._google_sync_queue()
        return events

    def write(self, vals):
        if SYNCED_FIELDS.isdisjoint(vals):
            return super().write(vals)
        before = self._google_sync_accounts()
        result = super().write(vals)
        self._google_sync_queue(before)
        return result

    def unlink(self):
        rows = self._google_sync_deletions()
        result = super().unlink()
        self.env["google.sync.pending"].sudo()._queue(rows)
        return result

    # -- the queue -------------------------------------------------------------

    def _google_sync_queue(self, before=()):
        """Queue these events for the accounts that have, had or get them.

        before: (account id, event id) pairs from before the change.
        """
        pairs = {*before, *self._google_sync_accounts()}
        rows = [(account, event, 0) for account, event in sorted(pairs)]
        self.env["google.sync.pending"].sudo()._queue(rows)

    def _google_sync_accounts(self):
        """(account id, event id) of every connected account that these concern."""
        accounts = self.env["google.sync.account"]._google_sync_by_partner()
        if not accounts or not self.ids:
            return []
        self.env["calendar.event"].flush_model(["partner_ids"])
        links = self.env["google.sync.event.link"].sudo()
        linked = links.search_fetch(
            [("event_id", "in", self.ids), ("state", "!=", "detached")],
            ["account_id", "event_id"],
        )
        pairs = {(link.account_id.id, link.event_id.id) for link in linked}
        for event in self.sudo():
            for partner_id in event.partner_ids.ids:
                if partner_id in accounts:
                    pairs.add((accounts[partner_id], event.id))
        mine = self.env.context.get("google_sync_account_id")
        known = set(accounts.values())
        return [pair for pair in pairs if pair[0] != mine and pair[0] in known]

    def _google_sync_deletions(self):
        """Rows for events about to be deleted: their links outlive them."""
        accounts = self.env["google.sync.account"]._google_sync_by_partner()
        if not accounts or not self.ids:
            return []
        links = self.env["google.sync.event.link"].sudo()
        linked = links.search_fetch([("event_id", "in", self.ids)], ["account_id"])
        mine = self.env.context.get("google_sync_account_id")
        return [
            (link.account_id.id, 0, link.id)
            for link in linked
            if link.account_id.id != mine
        ]
