"""The calendars of an account, as Google lists them, and the one that is chosen."""

from odoo import models
from odoo.exceptions import UserError

from ...google_api.calendar_list import CalendarListClient
from ...google_api.credentials import Tokens
from ...google_api.oauth import AGENDA_SCOPES
from ...sync.events.calendars import OFF
from ...sync.ports import AdminNeeded, Stop
from ..account.halves import EVENTS
from ..tools.plural import plural
from .client import BUTTON_TIMEOUT


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def action_refresh_calendars(self):
        """Fetch the list of calendars again."""
        self.ensure_one()
        account = self._check_may_manage()
        fetched = []
        try:
            application, tokens = account._check_ready()
            entries = fetch_calendars(
                self._endpoints(), application, tokens, fetched.append
            )
        except Stop as stop:
            raise UserError(self._explain(stop)) from stop
        for tokens in fetched:
            account._store_tokens(tokens)
        account._accept_calendars(entries)
        # No reload: it would close My Preferences, and the list is read when it opens.
        return self._notice(
            "success",
            plural(
                self.env,
                len(entries),
                self.env._("%s calendar in the list.", len(entries)),
                self.env._("%s calendars in the list.", len(entries)),
            ),
        )

    def _accept_list(self, entries, trouble):
        """As superuser: the calendars that came with a new grant, or why none came."""
        self.ensure_one()
        if isinstance(trouble, AdminNeeded):
            self._half_stopped(EVENTS, trouble, self._explain(trouble))
        elif trouble:
            self.last_message = self._explain(trouble)
            words = self._stored_words("last_message")
            self._note_trouble(EVENTS, trouble, words)
        elif entries:
            self._accept_calendars(entries)

    def _accept_calendars(self, entries):
        """As superuser: `calendar_ids` as Google lists them; the vanished, unlisted."""
        self.ensure_one()
        known = {calendar.google_id: calendar for calendar in self.calendar_ids}
        for entry in entries:
            values = {
                "google_id": entry.id,
                "name": entry.summary or entry.id,
                "time_zone": entry.time_zone,
                "access_role": self.calendar_ids._known_role(entry.access_role),
                "is_primary": entry.primary,
                "default_color": entry.background_color,
                "listed": True,
            }
            calendar = known.pop(values["google_id"], None)
            if calendar:
                on = calendar.mode != OFF
                calendar.write({**values, **({"replaced": False} if on else {})})
            else:
                values["account_id"] = self.id
                self.env["google.sync.calendar"].create(values)
        for calendar in known.values():
            calendar.listed = False
            # After a reset: of another Google account, whose events are not there.
            calendar.replaced = calendar.replaced or not self.calendar_id
        if not self.calendar_id:
            self._preset_calendar()

    def _preset_calendar(self):
        """The calendar whose name was typed, else the main one by its real id."""
        try:
            self.calendar_id = self._calendar_named(self.calendar_name or "")
        except UserError as error:
            self.last_message = str(error)


def fetch_calendars(endpoints, application, tokens, on_refresh):
    """Google's list of calendars; a Stop when it cannot be had. No database here."""
    client = CalendarListClient(
        endpoints, application, tokens, on_refresh=on_refresh, timeout=BUTTON_TIMEOUT
    )
    try:
        return client.list_calendars()
    finally:
        client.close()


def try_calendars(endpoints, application, grant):
    """(calendars, None) with a fresh grant, or ([], why not): it is kept anyway."""
    if not set(AGENDA_SCOPES) <= grant.scopes:
        return [], None
    tokens = Tokens(grant.access_token, grant.refresh_token, grant.expiry)
    try:
        # The access token is seconds old: nothing to refresh.
        return fetch_calendars(endpoints, application, tokens, lambda _new: None), None
    except Stop as stop:
        return [], stop
