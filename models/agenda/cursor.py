"""How far the pull of a calendar has come, stored with what it covers."""

from datetime import date

from odoo import fields, models

from ...sync.events.period import Window
from ...sync.events.store import Cursor


class GoogleSyncCalendar(models.Model):
    _inherit = "google.sync.calendar"

    cursor = fields.Json(readonly=True, groups=fields.NO_ACCESS, copy=False)

    default_reminders = fields.Json(readonly=True, groups=fields.NO_ACCESS)

    def _learn(self, time_zone, access_role, default_reminders):
        """Keep what a listing said of the calendar, when it differs."""
        known = {
            "time_zone": time_zone,
            "access_role": access_role,
            "default_reminders": default_reminders,
        }
        news = {k: v for k, v in known.items() if v and v != self[k]}
        if self and news:
            self.write(news)

    def _to_cursor(self):
        self.ensure_one()
        data = dict(self.cursor or {})
        for name in ("window", "enrolled"):
            data[name] = _window(data.get(name))
        data["slices"] = tuple(_window(s) for s in data.get("slices", ()))
        return Cursor(**data)

    def _save_cursor(self, cursor):
        self.ensure_one()
        data = {
            **vars(cursor),
            "window": _json(cursor.window),
            "enrolled": _json(cursor.enrolled),
            "slices": [_json(window) for window in cursor.slices],
        }
        if data != self.cursor:
            self.cursor = data

    def _list_anew(self):
        """Have everything listed and enrolled again by the next run."""
        for calendar in self:
            known = calendar._to_cursor()
            calendar._save_cursor(Cursor(number=known.number))


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _cursors(self):
        """How far the pull of each calendar has come, by its id as text."""
        return {str(place.id): place.cursor for place in self.calendar_ids}

    def _put_cursors_back(self, cursors):
        """What `_cursors` said before: what came since is to come again."""
        for place in self.calendar_ids:
            if str(place.id) in (cursors or {}):
                place.cursor = cursors[str(place.id)]


def _json(window):
    if window is None:
        return None
    return [window.first.isoformat(), window.last.isoformat(), window.time_zone]


def _window(data):
    if not data:
        return None
    first, last, time_zone = data
    return Window(date.fromisoformat(first), date.fromisoformat(last), time_zone)
