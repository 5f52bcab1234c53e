"""Keeping channels: opened for each calendar that Google changes, renewed, ended.

A scheduled action of its own does it, once at a time in a database, so that no run has
to wait for it and no calendar gets two.
"""

import logging
from datetime import timedelta
from urllib.parse import quote, urljoin

from odoo import api, fields, models
from odoo.tools import config

from ...google_api.channels import ChannelClient
from ...sync.events.calendars import TO_GOOGLE
from ...sync.ports import RetryLater, Stop
from ..account.account import LIVE_STATES, UNTIL_ASKED
from ..connection.client import BUTTON_TIMEOUT
from ..connection.res_company import is_loopback, is_redirect_allowed
from ..tools.edge import engine_rows, parameter, wake
from ..tools.options import server_option
from ..tools.utc import naive_utc
from .channel import LIFE, REFUSED_FOR

NOTIFY_PATH = "/google_sync/notify"
#: After what may pass within the hour.
REST = timedelta(minutes=30)
#: An answer that did not come back within this is not coming.
OPENING = timedelta(minutes=10)
#: Options that say whether, and of which calendar, messages are wanted.
_READ = (
    *("account_id", "calendar_id", "channel_id", "resource_id", "address", "state"),
    *("reason", "opened_at", "expires_at", "renew_at", "heard_at", "message_number"),
)
CHOICES = frozenset(
    {
        *("auto_pull", "sync_events", "agenda_granted", "calendar_id", "state"),
        "first_day",
    }
)

_logger = logging.getLogger(__name__)


class GoogleSyncCalendar(models.Model):
    _inherit = "google.sync.calendar"

    def _effects(self, vals):
        watched = not {"mode", "listed"}.isdisjoint(vals)
        more = [self.account_id._watch_anew] if watched else []
        return [*super()._effects(vals), *more]


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _effects(self, vals):
        watched = not CHOICES.isdisjoint(vals)
        return [*super()._effects(vals), *([self._watch_anew] if watched else [])]

    def _watch_anew(self):
        """Other calendars are read, or none: polled until all of them are heard."""
        self.filtered("told_until").told_until = False
        wake(self.env, cron="ir_cron_channels")

    # -- what is wanted --------------------------------------------------------

    @api.model
    def _notify_address(self):
        """Where Google's messages reach this database, "" where none can.

        The database is named: several may stand behind one address.
        """
        if server_option("api_root"):
            # The sandbox is on this computer, and takes plain http.
            base = f"http://127.0.0.1:{config['http_port']}"
        else:
            base = parameter(self.env, "web.base.url")
            if is_loopback(base) or not is_redirect_allowed(base):
                return ""
        return f"{urljoin(base, NOTIFY_PATH)}?db={quote(self.env.cr.dbname, safe='')}"

    def _watched_calendars(self):
        """The calendars of which Google is to tell changes."""
        wants = (
            self.state in LIVE_STATES
            and self.sync_events
            and self.agenda_granted
            and self.auto_pull
            and self.first_day != "choosing"
            and not (self.next_try and self.next_try >= UNTIL_ASKED)
            and not self._is_suspended()
        )
        if not wants:
            return self.calendar_id.browse()
        return self._places_to_sync().filtered(lambda place: place.mode != TO_GOOGLE)

    def _calendars_to_watch(self, address):
        return self._watched_calendars() if address else self.calendar_id.browse()

    def _channels(self):
        rows = engine_rows(self.env, "google.sync.channel")
        return rows.search_fetch([("account_id", "in", self.ids)], _READ)

    # -- the scheduled action --------------------------------------------------

    @api.model
    def _cron_keep_channels(self):
        """Open what is missing, renew what ends, end what nobody wants any more."""
        everybody, now = engine_rows(self.env, self._name), fields.Datetime.now()
        address = self._notify_address()
        for account in everybody._to_look_after(address, now):
            account._keep_channels(address)
            if not self.env["ir.cron"]._commit_progress(1):
                break
        next_at = everybody._channels().mapped("renew_at")
        if soon := [at for at in next_at if at and at < now + timedelta(hours=1)]:
            wake(self.env, max(min(soon), now), cron="ir_cron_channels")

    @api.model
    def _to_look_after(self, address, now):
        """Accounts whose channels are not as they should be."""
        going = [
            ("state", "in", LIVE_STATES),
            ("sync_events", "=", True),
            ("auto_pull", "=", True),
        ]
        channels = engine_rows(self.env, "google.sync.channel")
        standing = channels.search(channels._standing(address, now))
        accounts = channels.search([("id", "not in", standing.ids)]).account_id
        covered = standing.grouped("account_id")
        for account in self.search(going) | standing.account_id:
            known = covered.get(account, channels).calendar_id
            if known != account._calendars_to_watch(address):
                accounts |= account
        return accounts

    def _keep_channels(self, address):
        """Bring this account's channels to where they should be. Commits."""
        now = fields.Datetime.now()
        wanted = self._calendars_to_watch(address)
        kept = self._channels().filtered_domain(
            [
                ("calendar_id", "in", wanted.ids),
                *self.env["google.sync.channel"]._standing(address, now),
            ]
        )
        fresh = []
        client = self._channel_client(fresh.append)
        if not client:
            # Nothing can be asked: what has ended is forgotten, what lives is not.
            self._forget(kept, now)
            return
        try:
            for calendar in wanted - kept.calendar_id:
                kept |= self._open_channel(client, calendar, address)
            self._stop_channels(client, self._channels() - kept)
        finally:
            client.close()
            for tokens in fresh:
                self._store_tokens(tokens)

    def _channel_client(self, on_refresh):
        """To end channels with, also of who may not use it any more; None without.

        A copied database leaves the channels of the live one alone.
        """
        application, tokens = self._google_application(), self._tokens()
        same = application and application.client_id == self.client_id_used
        if not (same and tokens) or self._is_copied():
            return None
        return ChannelClient(
            self._endpoints(),
            application,
            tokens,
            on_refresh=on_refresh,
            timeout=BUTTON_TIMEOUT,
        )

    def _open_channel(self, client, calendar, address):
        """A new channel of `calendar`, open or refused."""
        channels = engine_rows(self.env, "google.sync.channel")
        channel, token = channels._prepare(calendar, address)
        name, google_id = channel.channel_id, calendar.google_id
        self._checkpoint()
        try:
            opened = client.watch(
                google_id,
                channel_id=name,
                token=token,
                address=address,
                life=int(LIFE.total_seconds()),
            )
        except Stop as stop:
            _logger.info("Account %s: no channel (%s)", self.id, stop.reason)
            rest = REST if isinstance(stop, RetryLater) else REFUSED_FOR
            channel._refused(stop, rest)
        else:
            channel._opened(opened.resource_id, naive_utc(opened.expires))
        self._checkpoint()
        return channel

    def _stop_channels(self, client, channels):
        """End them at Google, then forget them."""
        now = fields.Datetime.now()
        for channel in channels:
            if channel.state == "opening" and channel.opened_at > now - OPENING:
                continue
            if channel.resource_id and channel.expires_at > now:
                try:
                    client.stop(channel.channel_id, channel.resource_id)
                except RetryLater:
                    continue
                except Stop as stop:
                    _logger.info("Account %s: not ended (%s)", self.id, stop.reason)
            channel.unlink()
            self._checkpoint()

    def _forget(self, kept, now):
        ended = (self._channels() - kept).filtered(
            lambda channel: not channel.expires_at or channel.expires_at <= now
        )
        ended.unlink()
