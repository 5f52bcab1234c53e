"""What an account reaches Google with: application, tokens, the right database.

A token goes from Google to `google.sync.token` and from there to the client, no
further: never to a log, a page or a message.
"""

import logging

from odoo import models

from ...google_api.calendar import CalendarClient
from ...google_api.endpoints import Endpoints
from ...sync.ports import AdminNeeded, ReconnectNeeded
from ..tools.options import server_option

#: A person waits for the answer of a button no longer than this (seconds).
BUTTON_TIMEOUT = 10.0

_logger = logging.getLogger(__name__)


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    # -- what the account works with -------------------------------------------

    def _google_application(self):
        """The application in force (company's own, else the server's), or None."""
        self.ensure_one()
        return self.company_id._google_sync_application()

    def _endpoints(self):
        return Endpoints(server_option("api_root"))

    def _redirect_uri(self):
        return self.env["res.company"]._google_sync_redirect_uri()

    def _calendar_client(self, calendar, timeout=BUTTON_TIMEOUT, ready=None):
        """A client for `calendar`, or a Stop that says why there can be none.

        ready: what `_check_ready` gave just now.
        """
        application, tokens = ready or self._check_ready()
        return CalendarClient(
            self._endpoints(),
            application,
            tokens,
            calendar_id=calendar.google_id,
            on_refresh=self._store_tokens,
            timeout=timeout,
        )

    def _check_ready(self):
        """(application, tokens) that may be used now, else the Stop that fits.

        As superuser: tokens are the engine's.
        """
        self.ensure_one()
        if self._is_suspended():
            raise AdminNeeded(self._suspended_message(), reason="suspended")
        application = self._google_application()
        if not application:
            raise AdminNeeded(self._no_application_message(), reason="noApplication")
        tokens = self._tokens()
        if not tokens or self.client_id_used != application.client_id:
            # Google gives a refresh token to one application; another one's is void.
            raise ReconnectNeeded(self._reconnect_message(), reason="noTokens")
        return application, tokens
