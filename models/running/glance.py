"""A poll that finds nothing: one question to Google, no run, no row but the moment.

Most polls are like that. What was read already is handed on to the run where there is
something after all.
"""

from dataclasses import replace

from psycopg2.extras import Json

from odoo import fields, models
from odoo.tools import SQL

from ...sync.ports import BATCH_SIZE, Stop
from ...sync.running.ahead import AlreadyRead
from ...sync.running.glance import ask_for_news, is_news
from ..account.halves import HALVES
from ..agenda.store.busy import Busy
from ..tools.edge import engine_rows
from .lease import LeaseLost

_ASKED = """
       EXISTS (SELECT FROM google_sync_request WHERE account_id = %(account)s)
        OR EXISTS (SELECT FROM google_sync_pending WHERE account_id = %(account)s)
        OR EXISTS (SELECT FROM google_sync_contact_pending
                    WHERE account_id = %(account)s)
        OR EXISTS (SELECT FROM google_sync_run WHERE account_id = %(account)s
                      AND state = 'running')
"""


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _is_over_at_a_glance(self, owner, at_hand):
        """Nothing is new: all is noted, the lease free, and committed.

        Else `at_hand` is given the client that has read the first pages, if one has.
        """
        try:
            return self._despite_collisions(self._glance, owner, at_hand)
        except LeaseLost:
            self.env.cr.rollback()
            return True

    def _glance(self, owner, at_hand):
        places = self._places_at_rest()
        if not places:
            return False
        asks = self._asks_for_news(places)
        if len(asks) < len(places) or self._is_asked() or self._is_busy(places):
            return False
        try:
            client = self._paced_client(paced=True)
        except Stop:
            # The run meets it again, and says so.
            return False
        pages = self._pages(client, asks)
        known = [place._surroundings().calendar for place in places]
        if not pages or any(map(is_news, pages, known)):
            at_hand.append(AlreadyRead(client, dict(zip(asks, pages, strict=False))))
            return False
        client.close()
        self._note_glance(places, pages, client, owner)
        return True

    # -- may it be one ---------------------------------------------------------

    def _places_at_rest(self):
        """The calendars, where a run would have nothing to do but to ask; else none."""
        ready = self.state == "connected" and self.sync_events and self.agenda_granted
        if not ready or any(map(self._is_stirring, HALVES)):
            return self.env["google.sync.calendar"]
        due = self.sync_contacts and self.contacts_next_at
        if due and due <= fields.Datetime.now():
            return self.env["google.sync.calendar"]
        if not self.last_success_at or self._is_sweep_due_by_clock():
            return self.env["google.sync.calendar"]
        places = self._places_to_sync()
        return places if len(places) <= BATCH_SIZE else places.browse()

    def _is_stirring(self, half):
        """Something is left of the last run, or went wrong then."""
        names = ("unfinished", "failures", "refusals", "next_try", "trouble")
        return any(self[getattr(half, name)] for name in names)

    def _asks_for_news(self, places):
        """One for each; fewer where something is left from before."""
        period = self._period_to_sync()
        if places[:1]._to_cursor().enrolled != period:
            return []
        asks = [
            ask_for_news(place._to_cursor(), place.google_id, period)
            for place in places
        ]
        return [ask for ask in asks if ask]

    def _is_asked(self):
        ((asked,),) = self.env.execute_query(SQL("SELECT %s", self._asked()))
        return asked

    def _asked(self):
        """Whether somebody asked, edited or waits: what a run would take up."""
        return SQL(_ASKED, account=self.id)

    def _is_busy(self, places):
        busy = Busy(places, self._period_to_sync())
        return any(place in busy for place in places)

    # -- the question and its answer -------------------------------------------

    def _pages(self, client, asks):
        """What Google answers; a refusal stands for the page that it was given for."""
        try:
            if len(asks) > 1:
                return client.lists(asks)
            return [client.list_events(sync_token=asks[0].sync_token)]
        except Stop as stop:
            return [stop] if len(asks) == 1 else []

    def _note_glance(self, places, pages, client, owner):
        """The moment, the new tokens, what it cost; and the lease is free again."""
        now = fields.Datetime.now()
        self._keep_quiet_result()
        for place, page in zip(places, pages, strict=True):
            cursor = place._to_cursor()
            place._save_cursor(replace(cursor, sync_token=page.next_sync_token))
        places.last_success_at = now
        self.env.flush_all()
        self._free_lease_with(
            owner,
            usage=Json(client.usage),
            next_pull_at=self._next_pull(now),
            last_success_at=now,
        )
        engine_rows(self.env, "google.sync.usage")._count(self, client.requests)
        self._checkpoint()

    def _free_lease_with(self, owner, **vals):
        """Free the lease and note these, in one statement. Raises LeaseLost."""
        noted = SQL(", ").join(
            SQL("%s = %s", SQL.identifier(name), value) for name, value in vals.items()
        )
        self.env.cr.execute(
            SQL(
                "UPDATE google_sync_account"
                " SET lease_owner = NULL, lease_until = NULL, %s"
                " WHERE id = %s AND lease_owner = %s",
                noted,
                self.id,
                owner,
            )
        )
        if not self.env.cr.rowcount:
            raise LeaseLost(self.id)
        self.invalidate_recordset(["lease_owner", "lease_until", *vals])

    def _keep_quiet_result(self):
        """As after a run that found nothing."""
        said = self._say(lambda me: me._in_step_message())
        if (self.last_message or "") != str(said):
            self.last_message = said
