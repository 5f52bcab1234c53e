"""Google's refusals that only an administrator can act upon, in words."""

import re

#: Where Google lets an application's API be switched on; no other address is repeated.
CONSOLE = re.compile(
    r"https://console\.(?:developers|cloud)\.google\.com/[\w./?=&%:-]*[\w/]"
)


class AdministratorWords:
    """Part of the teller: it gives `env`, `stop` and `names`."""

    def _api_off(self):
        what = self.env._(
            "%(api)s is not enabled in the Google application, so %(what)s. An "
            "administrator enables it in the Google console; it may take some minutes "
            "until Google follows. Nobody has to connect again.",
            api=self._api(),
            what=self._what_rests(),
        )
        where = CONSOLE.search(str(self.stop))
        if not where:
            return what
        return " ".join([what, self.env._("To enable it: %s", where[0])])

    def _is_about_people(self):
        said = str(self.stop).lower()
        return "people" in said and "calendar" not in said

    def _api(self):
        return "Google People API" if self._is_about_people() else "Google Calendar API"

    def _what_rests(self):
        if self._is_about_people():
            return self.env._("the contacts are not synchronised")
        return self.env._("the agenda is not synchronised")

    def _policy(self):
        return self.env._(
            "The organisation of %(account)s does not allow this application with "
            "Google. The administrator of its Google accounts allows it in the Google "
            "Admin console (Security, API controls).",
            **self.names,
        )

    def _service_account(self):
        return self.env._(
            "Google does not let the application of this server invite guests, because "
            "it signs in as a service account. An administrator creates a client of "
            "type “Web application” in the Google console and enters it in Settings, "
            "Google Sync."
        )

    def _no_google_calendar(self):
        return self.env._(
            "The Google account %(account)s has no Google Calendar. Open "
            "calendar.google.com with it once, or connect another Google account; in a "
            "company, the administrator of the Google accounts switches Calendar on.",
            **self.names,
        )

    def _unknown_client(self):
        return self.env._(
            "Google does not accept this server's application: its secret was changed, "
            "or its client was deleted in the Google console. An administrator enters "
            "client id and secret again in Settings, Google Sync. As long as the "
            "client id stays the same, nobody has to connect again."
        )

    def _wrong_client(self):
        return self.env._(
            "Google does not let this server's application use the connection of "
            "%(account)s: it was made with another client. An administrator checks the "
            "client id in Settings, Google Sync; if it was changed on purpose, press "
            "Connect again.",
            **self.names,
        )

    def _restricted_client(self):
        return self.env._(
            "Google has restricted this server's application: it may not be used as it "
            "is. An administrator reads what Google asks for in the Google console "
            "(Google Auth Platform, Verification centre)."
        )

    def _wrong_address(self):
        return self.env._(
            "Google does not know the address of this server: an administrator enters "
            "the redirect address shown in Settings, Google Sync, in the client of the "
            "Google console; then press Connect again."
        )

    def _not_delegated(self):
        return self.env._(
            "Google has not delegated the domain to the service account, or not all "
            "scopes. The administrator of Google Workspace enters client id and scopes "
            "as Settings, Google Sync, shows them (Google Admin console: Security, API "
            "controls, Domain-wide delegation); it may take a day until Google follows."
        )

    def _unknown_subject(self):
        return self.env._(
            "Google Workspace has no user %(account)s. An administrator corrects the "
            "login in Odoo, or the user connects by a consent.",
            **self.names,
        )

    def _key_gone(self):
        return self.env._(
            "Google does not accept the key of the service account: it was deleted in "
            "the Google console. An administrator enters a new key in Settings, Google "
            "Sync; nobody has to connect again."
        )

    def _clock_skew(self):
        return self.env._(
            "The clock of this server is wrong by minutes, so Google refuses to sign "
            "in. Whoever runs this server sets it."
        )

    def _setup(self):
        return self.env._(
            "The Google application is not set up rightly: an administrator checks it "
            "in Settings, Google Sync, and in the Google console. Google says: “%s”",
            self.stop,
        )
