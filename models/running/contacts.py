"""The contacts' half of a run: its client, its Store, its settings, its words."""

import json
from dataclasses import replace
from datetime import timedelta

from odoo import fields, models

from ...google_api.people import PeopleClient
from ...google_api.people_quota import LIMITS, PacedPeople
from ...sync.contacts.engine import sync_contacts
from ...sync.contacts.preview import PreviewPeople
from ...sync.contacts.settings import ContactSettings, refresh_after
from ...sync.events.values import UTC
from ...sync.ports import ScopeMissing
from ...sync.recorder import Recorder
from ...sync.report import Report
from ..account.halves import CONTACTS
from ..contacts.store import OrmContactStore
from ..tools.options import server_number
from .half import Work

#: Google has nothing to say by itself about contacts, and its lists lag by minutes.
LIST_EVERY = timedelta(minutes=20)
SWEEP_EVERY = timedelta(days=1)


class ContactsWork(Work):
    """The contacts' half; what kept it from its end last is gone on with."""

    half = CONTACTS

    def client(self, paced):
        return self.account._paced_people(paced)

    def keep_usage(self, client):
        self.account._keep_contact_usage(client)

    def steps(self, client, report, checkpoint):
        account = self.account
        if not account.contacts_unfinished:
            account._fill_from_rules()
        store = OrmContactStore(account, self.run, checkpoint)
        account._sweep_contacts(store)
        store = account._contacts_within_plan(self.run, store)
        settings = account._contact_settings(self.run)
        return sync_contacts(store, client, settings, report)

    def planned(self, client, report):
        """Google is asked first, so that nothing is locked meanwhile."""
        settings = self.account._contact_settings(self.run)
        google = PreviewPeople(client)
        pull = replace(settings, push=False)
        for _page in sync_contacts(Recorder(self._filled()), google, pull, Report()):
            self.watch()
        self.account.env.cr.rollback()
        self.watch()
        store = self._filled()
        for _step in sync_contacts(store, google, settings, report):
            pass
        self.account.env.cr.rollback()
        return store.lines

    def _filled(self):
        """The list with what the rules put on it, until it is rolled back."""
        self.account._fill_from_rules()
        return OrmContactStore(self.account, self.run, checkpoint=lambda: None)

    def done(self, now):
        next_at = now + LIST_EVERY + self.account._spread()
        return {
            "contacts_next_at": self.account.auto_pull and next_at,
            "contacts_synced_at": now,
        }

    def words(self, report):
        account = self.account
        if number := report.errors:
            return account._say(lambda me: me._contact_errors_message(number))
        if report.questions:
            number = account._count_waiting(about_contacts=True)
            return account._say(lambda me: me._contacts_wait_message(number))
        return ""

    def explain(self, stop, again_at=None):
        return self.account._explain_contacts(stop, again_at)


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    contacts_swept_at = fields.Datetime(readonly=True, copy=False)
    contact_usage = fields.Json(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="Units of Google's quotas used within the last minute, by kind",
    )

    # -- who may ---------------------------------------------------------------

    def _allowed_scope(self, scope):
        """A colleague with a right on the agenda has none on the contacts."""
        if self.env.su or self.user_id == self.env.user or self._is_managed_by_me():
            return scope
        if scope == "contacts":
            self._check_may_manage()
        return "events"

    # -- one run ---------------------------------------------------------------

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
            more=self._more_sections(),
        )

    def _contact_settings(self, run):
        company = self.company_id
        now = fields.Datetime.now()
        by_clock = not run.requested_by_id
        due = self.contacts_next_at and self.contacts_next_at <= now
        pull = not by_clock or due or not self._to_contact_cursor().sync_token
        resuming = self.contacts_unfinished and by_clock
        if run.queued:
            pull, resuming = True, run.contacts_begun
            if not run.contacts_begun:
                self._fill_from_rules()
            run.contacts_begun = True
        return ContactSettings(
            now.replace(tzinfo=UTC),
            region=company.country_id.code or "FR",
            marker_key=self._marker_key(),
            policy=self.conflict_policy,
            pull=pull,
            full=run.mode == "full",
            resuming=resuming,
            label=company.name if self.contact_label else "",
            propose=(self.contact_proposals or "").strip(),
            delete_dropped=self.contact_deletions == "delete",
            refresh_after=refresh_after(f"{self.env.cr.dbname}/{self.id}"),
            ways=self._contact_ways(),
        )

    # -- in words --------------------------------------------------------------
