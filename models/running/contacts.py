"""Synchronising an account's contacts: after the agenda, in the same run.

Each feature stops by itself: what Google refuses to the agenda does not hold back the
contacts, nor the other way round.
"""

import json
import time
from datetime import date, datetime, timedelta

import psycopg2.errors

from odoo import api, fields, models
from odoo.tools import SQL

from ...google_api.people import PeopleClient
from ...google_api.people_quota import LIMITS, PacedPeople
from ...sync.contacts.engine import sync_contacts
from ...sync.contacts.fields import extra_sections
from ...sync.contacts.settings import ContactSettings, refresh_after
from ...sync.contacts.store import ContactCursor
from ...sync.events.values import UTC
from ...sync.ports import ScopeMissing, Stop
from ...sync.report import Report
from ..contacts.store import OrmContactStore
from ..tools.context import said
from ..tools.options import server_number

SWEEP_EVERY = timedelta(days=1)
_TRIES = 5
_COLLISIONS = (
    psycopg2.errors.SerializationFailure,
    psycopg2.errors.DeadlockDetected,
)
_MOMENTS = ("listing_at", "full_at")


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    contacts_next_at = fields.Datetime(
        "Next update of the contacts", readonly=True, copy=False
    )
    contacts_next_try = fields.Datetime(readonly=True, copy=False)
    contacts_swept_at = fields.Datetime(readonly=True, copy=False)
    contacts_failures = fields.Integer(readonly=True, copy=False)
    contacts_refusals = fields.Integer(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="Runs in a row that Google refused a renewed access to the contacts",
    )
    contacts_unfinished = fields.Boolean(readonly=True, copy=False)
    contact_usage = fields.Json(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="Units of Google's quotas used within the last minute, by kind",
    )
    contact_cursor = fields.Json(readonly=True, copy=False, groups=fields.NO_ACCESS)

    # -- when ------------------------------------------------------------------

    @api.model
    def _due(self, now):
        return SQL("((%s) OR (%s))", super()._due(now), self._contacts_due(now))

    @api.model
    def _contacts_due(self, now):
        return SQL(
            "state IN ('connected', 'error') AND sync_contacts AND contacts_granted"
            " AND (contacts_next_try IS NULL OR contacts_next_try <= %(now)s)"
            " AND (contacts_unfinished OR contacts_next_at <= %(now)s"
            " OR (auto_push AND EXISTS ("
            "SELECT 1 FROM google_sync_contact_pending AS pending"
            " WHERE pending.account_id = account.id)))",
            now=now,
        )

    def _allowed_scope(self, scope):
        """A colleague with a right on the agenda has none on the contacts."""
        if self.env.su or self.user_id == self.env.user or self._is_managed_by_me():
            return scope
        if scope == "contacts":
            self._check_may_manage()
        return "events"

    def _wants_contacts(self):
        """There is something to do: an account without a list makes no request."""
        mine = [("account_id", "=", self.id)]
        links = self.env["google.sync.contact.link"]
        return bool(
            self.sync_contacts
            and (
                self.contact_rule_ids
                or links.search_count([*mine, ("state", "!=", "off")], limit=1)
            )
        )

    def _features(self, time_limit):
        """What this run works on: "events", "contacts"."""
        scope = said(self.env, "google_sync_scope", "all")
        contacts = scope == "contacts" or (scope == "all" and self._wants_contacts())
        events = scope != "contacts" and (self.sync_events or not contacts)
        if not time_limit:
            return events, contacts
        now = fields.Datetime.now()
        resting = self.contacts_next_try and self.contacts_next_try > now
        ready = self.sync_events and self.agenda_granted and self.calendar_id
        events = events and ready and not (self.next_try and self.next_try > now)
        return events, contacts and self.contacts_granted and not resting

    # -- one run ---------------------------------------------------------------

    def _go(self, run, owner, started, time_limit):
        events, contacts = self._features(time_limit)
        result = None
        if events or not contacts:
            result = super()._go(run, owner, started, time_limit)
        if contacts:
            before = run.state if events else ""
            # What stopped the agenda stays noted when the contacts are stopped, too.
            self._checkpoint()
            self._go_contacts(run, owner, time_limit, before)
        return result

    def _go_contacts(self, run, owner, time_limit, before):
        """The contacts' half of a run; `before`: the state that the agenda's left."""
        for tries_left in reversed(range(_TRIES)):
            try:
                self._go_contacts_once(run, owner, time_limit, before)
                return
            except _COLLISIONS:
                self.env.cr.rollback()
                if not tries_left:
                    raise

    def _go_contacts_once(self, run, owner, time_limit, before):
        report, client, started = Report(), None, time.monotonic()
        try:
            client = self._paced_people(paced=bool(time_limit))
            finished = self._drive_contacts(run, owner, client, report, time_limit)
            outcome = self._contacts_settled(report, finished)
        except Stop as stop:
            self.env.cr.rollback()
            self._keep_contact_usage(client)
            outcome = self._contacts_stopped(stop)
        finally:
            requests = client.requests if client else 0
            if client:
                client.close()
        seconds = time.monotonic() - started
        self._note_contacts(run, report, outcome, before, requests, seconds)

    def _drive_contacts(self, run, owner, client, report, time_limit):
        """Step through the engine; False when the time is up before the end."""

        def checkpoint():
            self._renew_lease(owner)
            self._keep_contact_usage(client)
            self._checkpoint()

        if not self.contacts_unfinished:
            self._fill_from_rules()
        store = OrmContactStore(self, run, checkpoint)
        self._sweep_contacts(store)
        store = self._contacts_within_plan(run, store)
        end = time.monotonic() + time_limit if time_limit else None
        settings = self._contact_settings(run)
        for _step in sync_contacts(store, client, settings, report):
            if self._is_over(run, end):
                return False
        return True

    def _contacts_within_plan(self, _run, store):
        """The Store of a run; of one that is bound to a plan, bound to it."""
        return store

    def _sweep_contacts(self, store):
        """Once a day all are compared: what no hook sees is found (SQL, countries)."""
        now = fields.Datetime.now()
        if not self.contacts_swept_at or self.contacts_swept_at < now - SWEEP_EVERY:
            store.mark_all_dirty()
            self.contacts_swept_at = now

    def _paced_people(self, paced):
        """A client that a slice paces; who waits at the screen is not held back."""
        held = paced and server_number("user_quota")
        limits = LIMITS if held else dict.fromkeys(LIMITS, 0)
        client = self._people_client()
        return PacedPeople(client, self.contact_usage or {}, self._seconds, limits)

    def _keep_contact_usage(self, client):
        """JSON knows no tuples: compared as it will be read again."""
        usage = client and json.loads(json.dumps(dict(client.usage)))
        if usage and usage != self.contact_usage:
            self.contact_usage = usage

    def _people_client(self, timeout=30.0):
        """A client for the account's contacts, or the Stop that says why not."""
        if not self.sync_contacts:
            raise ScopeMissing("The contacts are switched off.", reason="off")
        if not self.contacts_granted:
            raise ScopeMissing(
                "The contacts were not granted.", reason="insufficientPermissions"
            )
        application, tokens = self._check_ready()
        return PeopleClient(
            self._endpoints(),
            application,
            tokens,
            on_refresh=self._store_tokens,
            timeout=timeout,
            more=extra_sections(),
        )

    def _contact_settings(self, run):
        company = self.company_id
        now = fields.Datetime.now()
        by_clock = not run.requested_by_id
        due = self.contacts_next_at and self.contacts_next_at <= now
        return ContactSettings(
            now.replace(tzinfo=UTC),
            region=company.country_id.code or "FR",
            marker_key=self._marker_key(),
            policy=self.conflict_policy,
            pull=not by_clock or due or not self._to_contact_cursor().sync_token,
            full=run.mode == "full",
            resuming=self.contacts_unfinished and by_clock,
            label=company.name if self.contact_label else "",
            delete_dropped=self.contact_deletions == "delete",
            refresh_after=refresh_after(f"{self.env.cr.dbname}/{self.id}"),
        )

    def _open_run(self, trigger, mode, requested_by):
        last = self.last_run_id
        if last.state == "running" and self.contacts_unfinished and not requested_by:
            return last
        return super()._open_run(trigger, mode, requested_by)

    # -- where the list stands -------------------------------------------------

    def _to_contact_cursor(self):
        self.ensure_one()
        data = dict(self.contact_cursor or {})
        for name in _MOMENTS:
            data[name] = data.get(name) and datetime.fromisoformat(data[name])
        known = ContactCursor.__dataclass_fields__
        return ContactCursor(**{k: v for k, v in data.items() if k in known})

    def _save_contact_cursor(self, cursor):
        self.ensure_one()
        data = {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in vars(cursor).items()
        }
        if data != self.contact_cursor:
            self.contact_cursor = data
