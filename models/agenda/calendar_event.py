"""What saving an event does for the synchronisation: one queued row, no HTTP."""

from collections import Counter
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.calendar.models.calendar_recurrence import MAX_RECURRENT_EVENT

from ..rights.sense import check_value
from ..tools.context import said
from ..tools.edge import engine_rows

#: Where the cursor keeps what the running save concerns.
_GATHERED = "google_sync_gathered"

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

    @api.model
    def default_get(self, fields):
        """What a page's new events lack is asked for once, not once for each."""
        known = said(self.env, "google_sync_defaults")
        if known is None:
            return super().default_get(fields)
        asked = frozenset(fields)
        if asked not in known:
            known[asked] = super().default_get(fields)
        return dict(known[asked])

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("recurrence_id") for vals in vals_list):
            # Copies of a series' rows: Odoo would name the organiser in each once more.
            self = self.with_context(skip_contact_description=True)
        with self._google_sync_gathering() as gathered:
            events = super().create(vals_list)
            gathered.seen.update(events.ids)
        return events

    def write(self, vals):
        self._google_sync_check_chosen(vals)
        if self._google_sync_fields().isdisjoint(vals):
            return super().write(vals)
        with self._google_sync_gathering():
            return super().write(vals)

    def _google_sync_check_chosen(self, vals):
        if chosen := vals.get("google_sync_calendar_id"):
            check_value(self, "google_sync_calendar_id", chosen)

    @api.model
    def _google_sync_fields(self):
        """Fields whose edit concerns Google; another addon adds its own."""
        return SYNCED_FIELDS.union(self._google_sync_extra_fields().values())

    def unlink(self):
        with self._google_sync_gathering() as gathered:
            self._google_sync_outlived(gathered)
            return super().unlink()

    # -- the queue -------------------------------------------------------------

    @contextmanager
    def _google_sync_gathering(self, recurrences=None):
        """Around a change of these events (or recurrences): whom it concerns is queued.

        Once for all that Odoo changes inside: a series rebuilt, its rows archived. What
        they belonged to before counts as much as what they belong to then.
        """
        data = self.env.cr.precommit.data
        known = data.get(_GATHERED)
        gathered = data.setdefault(_GATHERED, Gathered())
        try:
            self._google_sync_note(gathered, recurrences)
            yield gathered
        finally:
            if known is None:
                data.pop(_GATHERED, None)
        if known is None:
            self.browse(gathered.seen)._google_sync_queue(gathered)

    def _google_sync_queue(self, gathered=None):
        """Queue these events for the accounts that have or get them, and `gathered`."""
        running = self.env.cr.precommit.data.get(_GATHERED)
        if running is not None:
            running.seen.update(self.ids)
            return
        gathered = gathered or Gathered()
        if self.ids and self._google_sync_others():
            self._google_sync_linked(gathered)
            self._google_sync_invited(gathered)
        engine_rows(self.env, "google.sync.pending")._queue(gathered.as_rows())

    def _google_sync_others(self):
        """{partner id: account id} of connected accounts.

        The engine's own writing is news to the other accounts only.
        """
        mine = said(self.env, "google_sync_account_id")
        accounts = self.env["google.sync.account"]._google_sync_by_partner()
        if mine in accounts.values():
            return {p: account for p, account in accounts.items() if account != mine}
        return accounts

    def _google_sync_note(self, gathered, recurrences):
        """What these events and recurrences are linked to before they change."""
        if not self._google_sync_others():
            return
        new = set(self.ids) - gathered.seen
        gathered.seen |= new
        self.browse(new)._google_sync_linked(gathered, recurrences)

    def _google_sync_linked(self, gathered, recurrences=None):
        """Note the links of these events and of the series that they belong to."""
        rules = set(recurrences.ids if recurrences else ()) - gathered.recurrences
        gathered.recurrences |= rules
        if not self.ids and not rules:
            return
        links = self.env["google.sync.event.link"]
        links.flush_model(["event_id", "recurrence_id", "state", "kind"])
        self.flush_model(["recurrence_id"])
        events, rules = tuple(self.ids) or (0,), tuple(rules) or (0,)
        self.env.cr.execute(
            SQL(
                """
                SELECT account_id, event_id, 0, 0 FROM google_sync_event_link
                 WHERE event_id IN %(events)s AND state <> 'detached'
                   AND (kind <> 'series' OR recurrence_id IS NULL)
                 UNION
                SELECT account_id, 0, id, recurrence_id FROM google_sync_event_link
                 WHERE kind = 'series' AND state <> 'detached' AND recurrence_id IN (
                       SELECT recurrence_id FROM calendar_event
                        WHERE id IN %(events)s AND recurrence_id IS NOT NULL
                        UNION SELECT id FROM calendar_recurrence WHERE id IN %(rules)s)
                 UNION
                SELECT 0, 0, 0, recurrence_id FROM calendar_event
                 WHERE id IN %(events)s AND recurrence_id IS NOT NULL
                """,
                events=events,
                rules=rules,
            )
        )
        others = set(self._google_sync_others().values())
        for account, event, link, recurrence in self.env.cr.fetchall():
            if not account:
                gathered.touched.add(recurrence)
            elif account in others:
                gathered.add(account, event, link, recurrence)

    def _google_sync_invited(self, gathered):
        """Note these events for the users who take part; of a series, one of them.

        Of a series that nobody has linked yet it must be one that is left.
        """
        accounts = self._google_sync_others()
        series = gathered.unlinked(set(accounts.values()))
        self.flush_model(["partner_ids", "recurrence_id", "active"])
        self.env.cr.execute(
            SQL(
                """
                SELECT rel.res_partner_id, event.recurrence_id, MIN(event.id)
                  FROM calendar_event_res_partner_rel rel
                  JOIN calendar_event event ON event.id = rel.calendar_event_id
                 WHERE (event.id IN %(events)s OR event.recurrence_id IN %(series)s)
                   AND event.active
                   AND rel.res_partner_id IN %(partners)s
              GROUP BY rel.res_partner_id, event.recurrence_id,
                       CASE WHEN event.recurrence_id IS NULL THEN event.id END
                """,
                events=tuple(self.ids),
                series=tuple(series) or (0,),
                partners=tuple(accounts),
            )
        )
        for partner, recurrence, event in self.env.cr.fetchall():
            account = accounts[partner]
            if not recurrence or not gathered.has_series(account, recurrence):
                gathered.add(account, event, 0, 0)

    def _google_sync_outlived(self, gathered):
        """Note the links of events about to be deleted: they outlive them."""
        others = set(self._google_sync_others().values())
        if not others or not self.ids:
            return
        # Links of everybody whose event this is; they are only queued.
        links = engine_rows(self.env, "google.sync.event.link")
        linked = links.search_fetch([("event_id", "in", self.ids)], ["account_id"])
        for link in linked:
            if link.account_id.id in others:
                gathered.add(link.account_id.id, 0, link.id, 0)

    # -- series that Odoo takes apart ------------------------------------------

    def _rewrite_recurrence(self, values, time_values, recurrence_values):
        recurrence = self.recurrence_id
        base = recurrence.base_event_id or recurrence._get_first_event()
        self._google_sync_hand_on(recurrence, base)
        self = recurrence._google_sync_in_own_weeks(self)
        return super()._rewrite_recurrence(values, time_values, recurrence_values)

    def _update_future_events(self, values, time_values, recurrence_values):
        self._google_sync_hand_on(self.recurrence_id, self)
        if self._google_sync_is_endless():
            # Odoo would end what follows after the rows that there were.
            recurrence_values = {"end_type": "forever", **recurrence_values}
        self = self.recurrence_id._google_sync_in_own_weeks(self)
        return super()._update_future_events(values, time_values, recurrence_values)

    def _break_recurrence(self, future=True):
        for event in self:
            event._google_sync_hand_on(event.recurrence_id, event)
        return super()._break_recurrence(future=future)

    def _google_sync_is_endless(self):
        """Part of a linked series without end, which Odoo stores as 720 times."""
        gathered = self.env.cr.precommit.data.get(_GATHERED)
        recurrence = self.recurrence_id
        endless = recurrence.end_type == "forever" or (
            recurrence.end_type == "count" and recurrence.count == MAX_RECURRENT_EVENT
        )
        return endless and gathered is not None and gathered.knows(recurrence.id)

    def _google_sync_hand_on(self, recurrence, event):
        """`event` goes on as what is linked with the recurrence, should that end."""
        gathered = self.env.cr.precommit.data.get(_GATHERED)
        if gathered is not None and recurrence:
            gathered.heirs[recurrence.id] = event.id


class Gathered:
    """Whom one save concerns, from its first change to its last."""

    def __init__(self):
        self.seen = set()
        self.recurrences = set()
        self.touched = set()
        self.heirs = {}
        self._events = set()
        self._series = {}

    def add(self, account, event, link, recurrence):
        """An event or the link of a series, for an account."""
        if link:
            self._series[account, link] = recurrence
        else:
            self._events.add((account, event))

    def unlinked(self, accounts):
        """Recurrences that were touched, and that not all of these accounts link."""
        linked = Counter(self._series.values())
        return {r for r in self.touched if linked[r] < len(accounts)}

    def knows(self, recurrence):
        """Some account has a link for the recurrence."""
        return recurrence in self._series.values()

    def has_series(self, account, recurrence):
        """The account has a link for the recurrence."""
        return any(
            known == recurrence and owner == account
            for (owner, _link), known in self._series.items()
        )

    def as_rows(self):
        """(account, event, link) rows to queue."""
        rows = {(account, event, 0) for account, event in self._events}
        rows |= {
            (account, self.heirs.get(recurrence, 0), link)
            for (account, link), recurrence in self._series.items()
        }
        return sorted(rows)
