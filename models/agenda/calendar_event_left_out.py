"""Why an event of Odoo has no copy in an account's Google calendar."""

from odoo import models

from ..tools.edge import engine_rows

_REASONS = (
    "stranger",
    "archived",
    "declined",
    "series",
    "outside_period",
    "filter",
)


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    def _google_sync_left_out(self, account):
        """Of these events without a link, those that get none; in two queries."""
        if not self or self.env["google.sync.why"]._connection_trouble(account):
            return self
        return self._google_sync_declined(account) | self.filtered(
            lambda event: (
                event._google_sync_out_archived(account)
                or event._google_sync_out_series(account)
                or event._google_sync_out_outside_period(account)
                or event._google_sync_out_filter(account)
            )
        )

    def _google_sync_declined(self, account):
        """Of these events, those that the account's user declined."""
        # sudo: only what the account's user answered.
        attendees = self.env["calendar.attendee"].sudo()
        declined = [
            ("event_id", "in", self.ids),
            ("partner_id", "=", account.user_id.partner_id.id),
            ("state", "=", "declined"),
        ]
        ids = set(attendees.search(declined).event_id.ids)
        return self.filtered(lambda event: event._origin.id in ids)

    def _google_sync_why_out(self, account):
        """(reason, text, what to do) of an event without a link."""
        why = self.env["google.sync.why"]
        trouble = why._connection_trouble(account)
        if trouble:
            return "connection", *trouble
        if not account.sync_events:
            return "off", *self._google_sync_off(account)
        labels = self.env["google.sync.run"]._skip_labels()
        for reason in _REASONS:
            found = getattr(self, f"_google_sync_out_{reason}")(account)
            if found:
                text, advice = found
                return reason, text or labels[reason], advice
        return self._google_sync_waits(account)

    def _google_sync_off(self, account):
        return (
            self.env._("The agenda of %s is switched off.", account._label()),
            self.env._("Switch it on in My Preferences, tab Synchronisation."),
        )

    def _google_sync_out_stranger(self, account):
        if account.user_id.partner_id in self.partner_ids:
            return None
        return (
            self.env._("%s does not take part in it.", account._label()),
            self.env._("An agenda holds the events in which its owner takes part."),
        )

    def _google_sync_out_archived(self, _account):
        return None if self.active else (self.env._("Archived in Odoo."), "")

    def _google_sync_out_declined(self, account):
        if not self._google_sync_declined(account):
            return None
        return "", self.env._("Accept it, and it goes to Google.")

    def _google_sync_out_series(self, account):
        if account.sync_series or not (self.recurrency or self.recurrence_id):
            return None
        hint = self.env._(
            "Recurring events are switched off: switch them on in My Preferences, tab "
            "Synchronisation."
        )
        return "", hint

    def _google_sync_out_outside_period(self, account):
        period = account._google_sync_window()
        if period.holds(self._google_sync_period()):
            return None
        hint = self.env._(
            "Synchronised are %(before)s months before today to %(after)s after; the "
            "period can be changed in My Preferences, tab Synchronisation.",
            before=account.months_before,
            after=account.months_after,
        )
        return "", hint

    def _google_sync_waits(self, account):
        # Only whether a question of this account is open.
        asked = engine_rows(self.env, "google.sync.decision")
        about = [
            ("account_id", "=", account.id),
            ("kind", "=", "adoption"),
            ("state", "=", "open"),
            ("candidate_ids", "in", self.ids),
        ]
        if asked.search_count(about, limit=1):
            text = self.env._("It may be one of Google's events: see the decisions.")
            return "ambiguous", text, ""
        text = self.env._("Goes to Google with the next synchronisation.")
        if account.auto_push:
            return "waiting", text, ""
        return "waiting", text, self.env._("Press Synchronise now to send it at once.")
