"""What saving an event does for the synchronisation: one queued row, no HTTP."""

from odoo import api, fields, models
from odoo.tools import SQL

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
        "videocall_location",
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
        # The engine's own writing is news to the other accounts only.
        others = set(accounts.values()) - {
            self.env.context.get("google_sync_account_id")
        }
        if not others or not self.ids:
            return []
        self.env["google.sync.event.link"].flush_model(["event_id", "state"])
        self.flush_model(["partner_ids"])
        self.env.cr.execute(
            SQL(
                "SELECT account_id, event_id FROM google_sync_event_link"
                " WHERE event_id IN %(events)s AND state <> 'detached'",
                events=tuple(self.ids),
            )
        )
        pairs = set(self.env.cr.fetchall())
        self.env.cr.execute(
            SQL(
                "SELECT res_partner_id, calendar_event_id"
                " FROM calendar_event_res_partner_rel"
                " WHERE calendar_event_id IN %(events)s"
                " AND res_partner_id IN %(partners)s",
                events=tuple(self.ids),
                partners=tuple(accounts),
            )
        )
        pairs |= {
            (accounts[partner], event) for partner, event in self.env.cr.fetchall()
        }
        return [pair for pair in pairs if pair[0] in others]

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
