"""Test, second half: the checks of what Google holds, and of this server."""

import time
from datetime import timedelta

from odoo import fields, models
from odoo.tools import format_datetime

from ...google_api import checks
from ...google_api.quota import recent
from ...sync.events.colours import clash
from ...sync.ports import AdminNeeded
from ..account.account import UNTIL_ASKED
from ..account.calendar import WRITER_ROLES
from ..tools.edge import engine_rows
from ..tools.options import server_number
from .diagnose import ERROR, INFO, OK, WARNING

#: A clock that is further off than this is worth a word.
SKEW = timedelta(seconds=60)
#: The scheduled actions run every minute or two.
CRON_LATE = timedelta(minutes=15)
CRONS = ("ir_cron_synchronise", "ir_cron_synchronise_second")
_API_OFF = ("accessNotConfigured", "SERVICE_DISABLED")


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    # -- the two APIs ----------------------------------------------------------

    def _check_calendar_api(self, found):
        if not (self.sync_events and self.agenda_granted):
            return None
        name, stop = self.env._("Google Calendar API"), found.calendars_stop
        if not stop:
            return self._check_row("calendar_api", name, OK, self._answers("Calendar"))
        off = isinstance(stop, AdminNeeded) and stop.reason in _API_OFF
        advice = self.env._(
            "Check that the Google Calendar API is enabled in the application."
        )
        solution = f"{advice} {self._explain(stop)}" if off else self._explain(stop)
        message = self.env._("No calendar was found on the server")
        return self._check_row("calendar_api", name, ERROR, message, solution)

    def _check_people_api(self, found):
        if not found.asked_people:
            return None
        name, stop = self.env._("Google People API"), found.people_stop
        if not stop:
            return self._check_row("people_api", name, OK, self._answers("People"))
        message = self.env._("Google does not answer about contacts.")
        solution = self._explain_contacts(stop)
        return self._check_row("people_api", name, ERROR, message, solution)

    def _answers(self, api):
        return self.env._("Enabled: Google %s API answers.", api)

    # -- the calendar ----------------------------------------------------------

    def _check_calendars(self, found):
        """Found, may be edited, and its colour."""
        if found.calendars is None:
            return []
        name = self.env._("Calendar")
        if not found.calendars:
            message = self.env._("No calendar was found in the Google account")
            solution = self.env._(
                "Check that the Google Calendar API is enabled in the application, and "
                "open calendar.google.com once with this account."
            )
            return [self._check_row("calendar", name, ERROR, message, solution)]
        wanted = self.calendar_id.name or (self.calendar_name or "").strip()
        if not wanted:
            message = self.env._("The calendar name is not filled in")
            solution = self.env._(
                "Choose the Google calendar in the tab Synchronisation."
            )
            return [self._check_row("calendar", name, ERROR, message, solution)]
        entries = self._entries_wanted(found.calendars)
        if not entries:
            message = self.env._("The calendar searched for, “%s”, is unknown", wanted)
            solution = self.env._(
                "Check the name of the calendar in Google, or choose it from the list."
            )
            return [self._check_row("calendar", name, ERROR, message, solution)]
        if len(entries) > 1:
            message = self.env._("Google has several calendars named “%s”.", wanted)
            solution = self.env._("Choose the right one from the list.")
            return [self._check_row("calendar", name, ERROR, message, solution)]
        message = self.env._("“%s” is in the Google account.", wanted)
        return [
            self._check_row("calendar", name, OK, message),
            self._check_right(entries[0]),
            self._check_colour(entries[0]),
            *self._check_calendars_beside(found.calendars),
        ]

    def _entries_wanted(self, entries):
        if self.calendar_id:
            return [e for e in entries if e.id == self.calendar_id.google_id]
        wanted = self.calendar_name.strip().casefold()
        return [e for e in entries if e.summary.strip().casefold() == wanted]

    def _check_right(self, entry):
        name = self.env._("Right to edit")
        if entry.access_role in WRITER_ROLES:
            message = self.env._("Odoo may edit this calendar.")
            return self._check_row("writable", name, OK, message)
        message = self.env._("Google lets this account read “%s” only.", entry.summary)
        solution = self.env._(
            "Ask its owner for the right to edit, or choose another calendar."
        )
        return self._check_row("writable", name, ERROR, message, solution)

    def _check_colour(self, entry):
        """An event without a type has the calendar's colour in Google."""
        if not self.transfer_colors:
            return None
        name = self.env._("Colours")
        if not clash(entry.background_color):
            message = self.env._(
                "The calendar's own colour is none of the 11 of events."
            )
            return self._check_row("colour", name, OK, message)
        message = self.env._(
            "The calendar's own colour is one of the 11 event colours: events without "
            "a type look as if they had one."
        )
        solution = self.env._("Give the calendar another colour in Google.")
        return self._check_row("colour", name, WARNING, message, solution)

    # -- what came of it -------------------------------------------------------

    def _check_last_run(self):
        """What Google answers now may differ from what the last run met."""
        name = self.env._("Last synchronisation")
        if self.reset_todo:
            message = self._resetting_message()
            return self._check_row("last_run", name, INFO, message)
        if self.waits_for_person and self.state != "off":
            message = self.env._("On hold: nothing is synchronised by itself.")
            solution = self.env._("Press Synchronise now, or choose another calendar.")
            return self._check_row("last_run", name, WARNING, message, solution)
        status = {"error": ERROR, "partly": ERROR, "waiting": WARNING}.get(self.light)
        if not status or not (self.events_trouble or self.contacts_trouble):
            return None
        solution = self.env._("Press Synchronise now once the cause is mended.")
        solution = solution if status == ERROR else ""
        return self._check_row("last_run", name, status, self.last_message, solution)

    # -- clock and quota -------------------------------------------------------

    def _check_clock(self, found):
        if found.skew is None:
            return None
        name, seconds = self.env._("Clock"), round(found.skew.total_seconds())
        if abs(found.skew) <= SKEW:
            message = self.env._("The server's clock agrees with Google's.")
            return self._check_row("clock", name, OK, message)
        message = self.env._(
            "The server's clock differs from Google's by %s seconds.", abs(seconds)
        )
        solution = self.env._(
            "An administrator sets the server's clock (NTP). Which edit is the latest "
            "is judged by Google's clock meanwhile."
        )
        return self._check_row("clock", name, WARNING, message, solution)

    def _check_quota(self):
        name, now = self.env._("Requests to Google"), fields.Datetime.now()
        limit = server_number("user_quota")
        used = round(sum(units for _at, units in recent(self.usage or [], time.time())))
        # A sum over the account's runs.
        runs = engine_rows(self.env, "google.sync.run")
        today = [
            ("account_id", "=", self.id),
            ("started_at", ">", now - timedelta(days=1)),
        ]
        ((count,),) = runs._read_group(today, [], ["requests:sum"])
        message = self.env._(
            "Units in the last minute: %(used)s of %(limit)s. Requests in the last 24 "
            "hours: %(count)s.",
            used=used,
            limit=limit or "∞",
            count=count or 0,
        )
        if self.next_try and now < self.next_try < UNTIL_ASKED:
            moment = format_datetime(self.env, self.next_try, dt_format="short")
            solution = self.env._(
                "There is a pause until %s; it goes on by itself.", moment
            )
            return self._check_row("quota", name, WARNING, message, solution)
        if limit and used > limit * 0.8:
            solution = self.env._("Wait a minute before the next synchronisation.")
            return self._check_row("quota", name, WARNING, message, solution)
        return self._check_row("quota", name, OK, message)

    # -- the key and the server ------------------------------------------------

    def _check_key(self, found):
        name, said = self.env._("API key"), set(found.keys.values())
        if not found.keys:
            message = self.env._("Not set: the synchronisation does not need it.")
            return self._check_row("api_key", name, INFO, message)
        return self._check_row("api_key", name, *self._key_verdict(said))

    def _key_verdict(self, said):
        if checks.INVALID in said:
            return (
                ERROR,
                self.env._("Google does not know this API key."),
                self.env._(
                    "An administrator copies the key again from the Google console to "
                    "Settings, Google Sync."
                ),
            )
        if checks.API_OFF in said:
            return (
                WARNING,
                self.env._(
                    "The key's project has not enabled both the Calendar and the "
                    "People API."
                ),
                self.env._("An administrator enables them in the Google console."),
            )
        if checks.RESTRICTED in said:
            return (
                WARNING,
                self.env._("The key is restricted: Google refuses it to this server."),
                self.env._(
                    "The synchronisation does not need it. In the Google console the "
                    "restriction may allow this server and both APIs."
                ),
            )
        if checks.UNKNOWN in said:
            return INFO, self.env._("Set. Google could not be asked about it now."), ""
        return OK, self.env._("Google accepts the key."), ""

    def _check_crons(self):
        name, now = self.env._("Scheduled action"), fields.Datetime.now()
        crons = [self.env.ref(f"google_sync.{x}", False) for x in CRONS]
        alive = [cron for cron in crons if cron and cron.active]
        solution = self.env._(
            "An administrator looks at Settings, Technical, Scheduled Actions, “Google "
            "Sync”, and starts the server with at least one cron thread "
            "(max_cron_threads)."
        )
        if not alive:
            message = self.env._("Switched off: nothing is synchronised by itself.")
            return self._check_row("cron", name, ERROR, message, solution)
        last = max((cron.lastcall for cron in alive if cron.lastcall), default=None)
        if not last or last < now - CRON_LATE:
            shown = last and format_datetime(self.env, last, dt_format="short")
            message = (
                self.env._("It has not run since %s.", shown)
                if last
                else self.env._("It has never run yet.")
            )
            return self._check_row("cron", name, ERROR, message, solution)
        minutes = int((now - last).total_seconds() // 60)
        message = self.env._("Minutes since it last ran: %s.", minutes)
        if len(alive) < len(CRONS):
            message = self.env._("One of the two is switched off. %s", message)
            return self._check_row("cron", name, WARNING, message, solution)
        return self._check_row("cron", name, OK, message)
