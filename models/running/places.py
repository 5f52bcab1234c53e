"""Which of an account's calendars a run is about, and what is known of each."""

from dataclasses import replace

from odoo import models

from ...sync.events.calendars import OFF
from ...sync.events.google_event import CalendarContext
from ...sync.running.settings import Surroundings


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _places_to_sync(self):
        """The calendars that are synchronised, the main one first.

        One that is lost is not asked for until Google lists it again; the main one is.
        """
        main = self.calendar_id
        others = self.calendar_ids.filtered(
            lambda place: place.mode != OFF and place.listed and place != main
        )
        return (main if main.mode != OFF else main.browse()) | others

    def _places_nearby(self):
        """Those that are not synchronised, and that may be asked for an event."""
        return self.calendar_ids.filtered(
            lambda place: (
                place.mode == OFF
                and place.listed
                and place.access_role not in ("freeBusyReader", "none", False)
            )
        )

    def _is_one_of_many(self):
        """What is not in one calendar may be in another one."""
        return len(self._places_to_sync() | self._places_nearby()) > 1

    def _client_of(self, place, client):
        """The client of the main calendar, or one beside it."""
        return client if place == self.calendar_id else client.beside(place.google_id)

    def _settings_of(self, place, settings, run):
        """The settings of a run as they are for one of its calendars."""
        known = place._to_cursor().sync_token
        return replace(
            settings,
            calendar=place.google_id,
            mode=place.mode,
            main=place == self.calendar_id,
            pull=run.trigger != "push" or not known,
        )

    def _note_lost(self, lost):
        """Calendars that are not there any more stay as they are, and say so.

        Of the main one the whole account says so. Returns them.
        """
        news = self.calendar_ids.browse()
        for place in self.calendar_ids:
            stop = lost.get(place.google_id)
            if stop and place == self.calendar_id:
                raise stop
            if stop:
                place.listed = False
                news |= place
        return news


class GoogleSyncCalendar(models.Model):
    _inherit = "google.sync.calendar"

    def _surroundings(self):
        """What is known of the calendar before a run."""
        account = self.account_id
        me = {account.google_email, account.user_id.email_normalized} - {False}
        return Surroundings(
            CalendarContext(
                time_zone=self.time_zone or "UTC",
                access_role=self.access_role or "owner",
                default_reminders=tuple(self.default_reminders or ()),
                mode=self.mode,
                # The main calendar of before may be a secondary one that is one's own.
                primary=self.is_primary,
                me=frozenset(address.lower() for address in me),
                free=self.busy == "free",
            )
        )
