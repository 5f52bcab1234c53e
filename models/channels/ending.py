"""Channels end with what they were for: a connection, an account, a reset."""

import logging
import time

from odoo import api, models
from odoo.tools import str2bool

from ...sync.ports import Stop
from ..tools.edge import engine_rows, parameter, wake

#: Said in Odoo's dialogue before the addon is removed.
REVOKE_PARAMETER = "google_sync.revoke_uninstalled"
#: Seconds that removing the addon waits for Google, whatever the number of accounts.
FAREWELL = 60.0

_logger = logging.getLogger(__name__)


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def disconnect(self, revoke=False):
        for account in self._check_may_manage():
            account._end_channels()
        return super().disconnect(revoke)

    def unlink(self):
        self.check_access("unlink")
        # sudo: the right was checked above; channels are the engine's.
        for account in self.sudo():
            account._end_channels()
        return super().unlink()

    def _begin_reset(self, todo):
        result = super()._begin_reset(todo)
        engine_rows(self.env, "google.sync.knock")._take(self)
        wake(self.env, cron="ir_cron_channels")
        return result

    def _forget_google(self):
        self._end_channels()
        return super()._forget_google()

    def _end_channels(self, until=None):
        """Forget them now, and tell Google once our own rows are written.

        The tokens are taken along: they may be erased by then.
        """
        ending = self._take_channels()
        client = ending and self._channel_client(lambda _fresh: None)
        if not client:
            return
        account_id = self.id

        @self.env.cr.postcommit.add
        def end():
            if until is None or time.monotonic() < until:
                end_at_google(client, ending, account_id)

    @api.model
    def _leave_google(self):
        """The addon is removed: end every channel, and each access if that was said."""
        revoke = str2bool(parameter(self.env, REVOKE_PARAMETER) or "", False)
        # Of everybody, by who may remove modules.
        accounts = engine_rows(self.env, self._name).search([("state", "!=", "off")])
        until = time.monotonic() + FAREWELL
        for account in accounts:
            account._end_channels(until)
            tokens = account._tokens()
            if revoke and tokens and not account._is_copied():
                account._revoke_after_commit(tokens, until)

    def _take_channels(self):
        """Forget the channels; (channel id, resource id) of those that are open."""
        channels = self._channels()
        ending = [(x.channel_id, x.resource_id) for x in channels if x.resource_id]
        channels.unlink()
        engine_rows(self.env, "google.sync.knock")._take(self)
        return ending


def end_at_google(client, ending, account_id):
    """Best effort: what Google does not hear of ends by itself within a week."""
    try:
        for channel_id, resource_id in ending:
            client.stop(channel_id, resource_id)
    except Stop as stop:
        _logger.info("Account %s: channels not ended (%s)", account_id, stop.reason)
    finally:
        client.close()
