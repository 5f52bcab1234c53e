"""Google's answer to a consent: through the browser, or pasted by hand.

By hand: the consent ends on an address of the person's own computer that nobody
answers; the address bar then holds what Google would have told us, and is pasted.
"""

from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...google_api.application import INSTALLED
from ...google_api.oauth import issuers
from ..tools.edge import engine_rows

WAYS = [
    ("automatic", "By itself"),
    ("manual", "By hand"),
    ("both", "By itself or by hand"),
]


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    connect_way = fields.Selection(WAYS, compute="_compute_connect_way")

    @api.depends("company_id")
    def _compute_connect_way(self):
        for account in self:
            account.connect_way = account.company_id._google_sync_connect_way()

    def _may_connect_automatically(self):
        """Google would send the browser back to Odoo."""
        return self.company_id._google_sync_connect_way() != "manual"

    def _connect_manually_message(self, application):
        if application.kind == INSTALLED:
            return self.env._(
                "The Google application of %s is of type “Desktop application”: use "
                "the button Manual connection. Or an administrator creates a client of "
                "type “Web application”.",
                self.company_id.name,
            )
        return self.env._(
            "Google does not lead back to %s: it accepts only https with a public "
            "name. Use the button Manual connection, or an administrator gives Odoo "
            "such an address.",
            self._redirect_uri(),
        )

    def _connect_by_hand(self, state_hash, pasted):
        """Take over what was pasted, and say what came of it; UserError if nothing.

        Each step in a transaction of its own: the consent is consumed and committed
        before Google is asked, and nothing is locked meanwhile.
        """
        self.ensure_one()
        with self._own_step() as account:
            consents = engine_rows(account.env, "google.sync.consent")
            consent = consents._take_hash(state_hash)
        account = self._of_consent(consent)
        account._check_answer(pasted.code, pasted.error, pasted.issuer)
        fetched = account._fetch_grant(consent, pasted.code)
        with self._own_step() as account:
            account._accept_consent(consent, *fetched)
            return account.last_message

    @contextmanager
    def _own_step(self):
        self.env.flush_all()
        with self.env.registry.cursor() as cr:
            yield self.with_env(self.env(cr=cr))
        self.env.invalidate_all()

    # -- what Google answered --------------------------------------------------

    @api.model
    def _of_consent(self, consent):
        """The account of a consumed consent, for the user who started it."""
        if not consent or consent["started_by_id"] != self.env.uid:
            raise UserError(
                self.env._(
                    "This answer of Google was already used, is older than half an "
                    "hour, or belongs to somebody else's session. Press Connect again."
                )
            )
        account = self.browse(consent["account_id"])
        account._check_is_mine()
        return account

    @api.model
    def _check_answer(self, code, error, issuer=None):
        """UserError when Google refused, or when it was not Google who answered."""
        if issuer and issuer not in issuers(self._endpoints()):
            raise UserError(
                self.env._(
                    "This answer does not come from Google: nothing was connected. "
                    "Press Connect again."
                )
            )
        if error or not code:
            raise UserError(self._refusal_message(error))

    def _refusal_message(self, error):
        if error == "access_denied":
            return self.env._(
                "Access was not allowed on Google's page: nothing was connected. Press "
                "Connect again if that was a mistake. If Google speaks of an "
                "application under test, an administrator adds your mail address to "
                "the test users in the Google console."
            )
        if error in ("admin_policy_enforced", "org_internal"):
            return self.env._(
                "Your organisation does not allow this application with Google: ask "
                "the administrator of your Google accounts."
            )
        if error in ("server_error", "temporarily_unavailable"):
            return self.env._(
                "Google has trouble of its own: nothing was connected. Press Connect "
                "again in a few minutes."
            )
        if error in ("invalid_scope", "unauthorized_client", "invalid_request"):
            return self.env._(
                "Google refused this server's application (%s): nothing was "
                "connected. An administrator checks it in Settings, Google Sync, and "
                "in the Google console.",
                error,
            )
        # Whatever else stands in the address is not Google's word to be repeated.
        return self.env._("Google did not connect the account. Press Connect again.")
