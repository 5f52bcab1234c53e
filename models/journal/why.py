"""Why a record is in Google or is not: one part for each account that concerns it.

What stands on the sign of a form, and in the panel behind it. Nothing is asked of
Google: the links and the journal know. Values of private records are for the owner.
"""

from base64 import urlsafe_b64encode
from urllib.parse import urlencode

from odoo import api, models
from odoo.tools import format_datetime

from ..tools.options import server_option

#: The signs of a record, the one that wants attention most first.
SIGNS = ("problem", "question", "waiting", "linked", "out")


class GoogleSyncWhy(models.AbstractModel):
    _name = "google.sync.why"
    _description = "Why a record is in Google or not"

    @api.model
    def _signs(self):
        labels = {
            "problem": self.env._("Not in step with Google"),
            "question": self.env._("Waits for your answer"),
            "waiting": self.env._("On its way to Google"),
            "linked": self.env._("In Google"),
            "out": self.env._("Not in Google"),
        }
        return list(labels.items())

    @api.model
    def _part(self, account, sign, text, **more):
        """One account's part of the panel, for the current user."""
        mine = account.user_id == self.env.user
        return {
            "account_id": account.id,
            "name": account._label(),
            "mine": mine,
            "sign": sign,
            "sign_label": dict(self._signs())[sign],
            "text": text,
            "facts": [],
            "advice": "",
            "differences": [],
            "url": False,
            "retry": False,
            "card": False,
            "last_run": self._last_run(account),
            **more,
        }

    @api.model
    def _last_run(self, account):
        run = account.last_run_id
        if not run:
            return False
        when = self._moment(run.started_at)
        return {"id": run.id, "when": when, "what": run._summary()}

    @api.model
    def _moment(self, moment):
        zone = self.env.user.tz
        return format_datetime(self.env, moment, tz=zone, dt_format="short")

    @api.model
    def _fact(self, label, value):
        return {"label": label, "value": value}

    @api.model
    def _connection_trouble(self, account):
        """(text, advice) of what keeps the whole account from Google, or None."""
        if account._is_suspended():
            return account._suspended_message(), ""
        if account.state == "off":
            return (
                self.env._("%s has no connected Google account.", account._label()),
                self.env._("Connect it in My Preferences, tab Synchronisation."),
            )
        if account.state == "to_reconnect":
            return (
                self.env._("The connection to Google has ended."),
                self.env._("Connect again in My Preferences, tab Synchronisation."),
            )
        if account._is_to_be_started():
            return (
                self.env._(
                    "%s is connected, but nothing is synchronised yet.",
                    account._label(),
                ),
                self.env._(
                    "Start the first synchronisation in My Preferences, tab "
                    "Synchronisation."
                ),
            )
        return None

    # -- where it is in Google -------------------------------------------------

    @api.model
    def _event_url(self, calendar, google_id):
        """The event on Google's page; the sandbox has a page of its own."""
        account = calendar.account_id
        root = server_option("api_root")
        if root:
            return f"{root}/?{urlencode({'account': account.google_email or ''})}"
        # What Google itself puts into htmlLink.
        known = f"{google_id} {calendar.google_id}".encode()
        code = urlsafe_b64encode(known).decode().rstrip("=")
        return f"https://www.google.com/calendar/event?eid={code}"

    @api.model
    def _contact_url(self, account, resource_name):
        root = server_option("api_root")
        if root:
            query = {"account": account.google_email or "", "view": "contacts"}
            return f"{root}/?{urlencode(query)}"
        name = resource_name.removeprefix("people/")
        return f"https://contacts.google.com/person/{name}"
