"""Consent with Google: the way out and the way back.

No page here may show a token, and no return is believed without its one-time state.
"""

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from ..models.connection.res_company import CALLBACK_PATH
from ..models.tools.edge import engine_rows


class GoogleSyncController(http.Controller):
    @http.route("/google_sync/connect", type="http", auth="user", methods=["GET"])
    def connect(self, user_id=None, **_kw):
        """Send the browser to Google's consent page."""
        try:
            account = self._account_of(user_id)
            url = account._start_consent()
        except (UserError, AccessError) as error:
            request.env.cr.rollback()
            return self._problem(error)
        # local=False: Odoo would keep the path and drop Google's host.
        return request.redirect(url, local=False)

    @http.route(CALLBACK_PATH, type="http", auth="user", methods=["GET"])
    def callback(self, state=None, code=None, error=None, iss=None, **_kw):
        """Google sends the browser back here with a code, or with a refusal."""
        consent = engine_rows(request.env, "google.sync.consent")._take(state)
        # A state is good for one return, also when what follows fails or is retried.
        request.env.cr.commit()  # pylint: disable=invalid-commit
        try:
            account = request.env["google.sync.account"]._of_consent(consent)
            account._check_answer(code, error, iss)
            fetched = account._fetch_grant(consent, code)
            # A new snapshot: the scheduled action may have written meanwhile, and the
            # code cannot be exchanged twice if this transaction had to be repeated.
            request.env.cr.commit()  # pylint: disable=invalid-commit
            account._accept_consent(consent, *fetched)
        except (UserError, AccessError) as problem:
            request.env.cr.rollback()
            return self._problem(problem, again="/google_sync/connect")
        return request.redirect(account._page_url())

    # -- steps -----------------------------------------------------------------------

    def _account_of(self, user_id):
        """The visitor's own account: `user_id` says for whom the link was meant.

        The same words for every other number: they tell neither who nor whether.
        """
        if user_id and user_id != str(request.env.uid):
            raise AccessError(
                request.env._(
                    "This link is for another user: everybody connects the own Google "
                    "account. Sign in to Odoo as that user, or connect your own in My "
                    "Preferences, tab Synchronisation."
                )
            )
        return request.env.user._google_sync_account()

    def _problem(self, error, again=False):
        """A page that says what happened and what to do, in the user's language.

        again: where the reader may try at once, after an answer of Google's.
        """
        return request.render(
            "google_sync.consent_problem",
            {
                "problem": str(error),
                "back_url": "/odoo/my-google-sync",
                "again_url": not isinstance(error, AccessError) and again,
            },
            status=403 if isinstance(error, AccessError) else 422,
        )
