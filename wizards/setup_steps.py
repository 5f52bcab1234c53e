"""The steps of the set-up: how each stands, and what that was seen from."""

from odoo import models

from ..google_api import checks
from ..google_api.application import INSTALLED
from ..models.connection.client import BUTTON_TIMEOUT
from ..models.tools.edge import engine_rows
from ..models.tools.plural import plural
from .setup import DONE, UNKNOWN, WRONG

API_OFF = ("accessNotConfigured", "SERVICE_DISABLED")
STEPS = (
    *("project", "calendar_api", "people_api", "consent_screen"),
    *("scopes", "test_users", "client", "redirect", "key"),
)


class GoogleSyncSetup(models.TransientModel):
    _inherit = "google.sync.setup"

    def _steps(self):
        """What Google and our own accounts say of each step."""
        self.ensure_one()
        facts = self._facts()
        guide = {**self._guide_to_project(), **self._guide_to_client()}
        found = []
        for step in STEPS:
            status, message = getattr(self, f"_step_{step}")(facts)
            name, how = guide[step]
            found.append(
                {
                    "step": step,
                    "name": name,
                    "how": how,
                    "status": status,
                    "message": message,
                }
            )
        return found

    def _facts(self):
        company = self.company_id
        application = company._google_sync_application()
        # Accounts of the company, on a page of administrators.
        accounts = engine_rows(self.env, "google.sync.account")
        endpoints = accounts._endpoints()
        key = company._google_sync_api_key()
        return {
            "application": application,
            "client": application
            and checks.check_client(application, endpoints, BUTTON_TIMEOUT),
            "keys": {
                api: checks.check_key(key, endpoints, api, BUTTON_TIMEOUT)
                for api in ((checks.CALENDAR, checks.PEOPLE) if key else ())
            },
            # Of the client in force: what another one was granted says nothing of it.
            "accounts": company._google_sync_connected(application.client_id)
            if application
            else accounts,
        }

    def _is_accepted(self, facts):
        return facts["application"] and facts["client"] is None

    def _step_project(self, facts):
        if self._is_accepted(facts):
            return DONE, self.env._("Seen from the client: Google knows it.")
        return UNKNOWN, self.env._("Shows when a client is entered.")

    def _step_calendar_api(self, facts):
        return self._step_api(
            facts["keys"].get(checks.CALENDAR),
            facts["accounts"].filtered(
                lambda x: _since(x.last_success_at, x.connected_at)
            ),
            facts["accounts"].filtered(lambda x: x.events_reason in API_OFF),
        )

    def _step_people_api(self, facts):
        return self._step_api(
            facts["keys"].get(checks.PEOPLE),
            facts["accounts"].filtered(
                lambda x: _since(x.contacts_synced_at, x.connected_at)
            ),
            facts["accounts"].filtered(lambda x: x.contacts_reason in API_OFF),
        )

    def _step_api(self, said, working, refused):
        """A synchronisation tells of this client; a key perhaps of another project."""
        if refused:
            name = refused[0]._label()
            return WRONG, self.env._("Not enabled: seen when %s synchronised.", name)
        if working:
            return DONE, plural(
                self.env,
                len(working),
                self.env._("Enabled: seen when %s synchronised.", working[0]._label()),
                self.env._("Enabled: seen when %s users synchronised.", len(working)),
            )
        if said == checks.API_OFF:
            return WRONG, self.env._("The project of the API key has not enabled it.")
        if said == checks.ACCEPTED:
            return DONE, self.env._(
                "Enabled: seen from the API key, so for the key's project."
            )
        return UNKNOWN, self.env._(
            "Is checked as soon as there is an API key, or somebody is connected."
        )

    def _step_consent_screen(self, facts):
        if number := len(facts["accounts"]):
            return DONE, plural(
                self.env,
                number,
                self.env._("Seen from the consent of %s user.", number),
                self.env._("Seen from the consent of %s users.", number),
            )
        return UNKNOWN, self._nobody_yet()

    def _nobody_yet(self):
        return self.env._("Shows when somebody connects through this client.")

    def _step_scopes(self, facts):
        granted = facts["accounts"].filtered(
            lambda account: account.agenda_granted and account.contacts_granted
        )
        if number := len(granted):
            return DONE, plural(
                self.env,
                number,
                self.env._(
                    "Seen from the consent of %s user, who granted all.", number
                ),
                self.env._(
                    "Seen from the consent of %s users, who granted all.", number
                ),
            )
        return UNKNOWN, self._nobody_yet()

    def _step_test_users(self, facts):
        if facts["accounts"].filtered("grant_expires_at"):
            return DONE, self.env._(
                "The application is in testing: Google ends each connection after "
                "seven days. Publish it to spare your users that."
            )
        if facts["accounts"]:
            return DONE, self.env._(
                "Seen from the connections, which do not end: nothing to do."
            )
        return UNKNOWN, self._nobody_yet()

    def _step_client(self, facts):
        if not facts["application"]:
            return WRONG, self.env._("No client is entered in the settings yet.")
        if facts["client"]:
            # An account that is never stored, for its words.
            accounts = engine_rows(self.env, "google.sync.account")
            account = accounts.new({"user_id": self.env.uid})
            return WRONG, account._explain(facts["client"])
        if self.company_id._google_sync_source() == "server":
            return DONE, self.env._(
                "Your host offers one, and Google accepts it: you need none of your "
                "own."
            )
        return DONE, self.env._("Asked just now: Google accepts client id and secret.")

    def _step_redirect(self, facts):
        # sudo: a field closed for all, on a page of administrators.
        company = self.company_id.sudo()
        if facts["application"] and facts["application"].kind == INSTALLED:
            return DONE, self.env._(
                "Not needed by a client of type Desktop application."
            )
        known = (company.google_sync_client_redirects or "").split()
        if known and company._google_sync_source() == "own":
            if company._google_sync_return_uri() in known:
                return DONE, self.env._("Seen from the client's file, or a connection.")
            return WRONG, self.env._("The client's file has only: %s", ", ".join(known))
        if company._google_sync_connect_way() == "manual":
            return UNKNOWN, self.env._(
                "Google does not lead back to this Odoo, which has no public https "
                "address: users connect with the button Manual connection."
            )
        if facts["accounts"]:
            return DONE, self.env._("Seen from the connections: Google led back here.")
        return UNKNOWN, self.env._(
            "Google accepts an address of this kind. Whether it is entered to the "
            "letter shows when the first user connects."
        )

    def _step_key(self, facts):
        said = set(facts["keys"].values())
        if not said:
            return UNKNOWN, self.env._("Not set: only checks use it.")
        if checks.INVALID in said:
            return WRONG, self.env._("Google does not know this API key.")
        if checks.RESTRICTED in said:
            return WRONG, self.env._(
                "The key is restricted: Google refuses it to this server."
            )
        if checks.UNKNOWN in said:
            return UNKNOWN, self.env._("Google could not be asked about it now.")
        return DONE, self.env._("Google accepts the key.")


def _since(moment, start):
    """A success of this connection, not of one before."""
    return bool(moment) and (not start or moment >= start)
