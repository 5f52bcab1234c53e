"""Odoo inside a measuring program: the registry, the user Ada, and her agenda.

What both addons are measured with; the addons themselves come in `ours` and
`theirs`.
"""

from __future__ import annotations

import contextlib
import time

from .data import EMAIL, QUIET, REMINDER, in_odoo, member, midnight

CHUNK = 500
SEEN = {
    "display_name": {},
    "name": {},
    "start": {},
    "stop": {},
    "partner_ids": {"fields": {"display_name": {}}},
}
"""What the web client asks for after a save, shortened."""


def start(database: str):
    """Odoo's registry for ``database``, without a web server or scheduled actions."""
    from odoo.service import server
    from odoo.tools import config

    options = ["-d", database, "--no-http", "--max-cron-threads=0", "--log-level=warn"]
    config.parse_config(options, setup_logging=True)
    server.start(preload=[], stop=True)
    from odoo.modules.registry import Registry

    return Registry(database)


class Plain:
    """Odoo's calendar alone."""

    def __init__(self, registry):
        self.registry = registry
        with self.cursor() as env:
            self.uid = self._ada(env)

    @contextlib.contextmanager
    def cursor(self, uid=1):
        """A fresh transaction, as each request of the web client has one; commits."""
        from odoo import api

        with self.registry.cursor() as cr:
            context = {"lang": "en_US", "tz": "Europe/Paris"}
            yield api.Environment(cr, uid, context)

    @staticmethod
    def _ada(env) -> int:
        vals = {"name": "Ada", "login": "ada", "email": EMAIL, "tz": "Europe/Paris"}
        return env["res.users"].with_context(no_reset_password=True).create(vals).id

    def fill(self, events: int) -> None:
        """Ada's agenda as it was before anybody spoke of Google."""
        day = midnight()
        with self.cursor(self.uid) as env:
            for first in range(0, events, CHUNK):
                numbers = range(first, min(first + CHUNK, events))
                self._create(env, [in_odoo(number, day) for number in numbers])

    def _create(self, env, rows: list[dict], **more: object):
        from odoo import Command

        whose = {
            "user_id": self.uid,
            "partner_ids": [Command.set(env.user.partner_id.ids)],
            **more,
        }
        calendar = env["calendar.event"].with_context(**QUIET)
        return calendar.create([{**row, **whose} for row in rows])

    def reminder(self) -> int:
        """The alarm that Google's default reminder becomes."""
        with self.cursor() as env:
            wanted = [("alarm_type", "=", "notification"), ("duration", "=", REMINDER)]
            alarms = env["calendar.alarm"]
            vals = {"name": "30 minutes", "duration": REMINDER, "interval": "minutes"}
            alarm = alarms.search([*wanted, ("interval", "=", "minutes")], limit=1)
            return (alarm or alarms.create({**vals, "alarm_type": "notification"})).id

    def count(self) -> int:
        with self.cursor(self.uid) as env:
            partners = env.user.partner_id.ids
            return env["calendar.event"].search_count([("partner_ids", "in", partners)])

    @staticmethod
    def rename(env, number: int) -> None:
        """A person changes a title in Odoo."""
        meetings = [("name", "=like", "Meeting%")]
        event = env["calendar.event"].search(meetings, limit=1)
        event.web_save({"name": f"Meeting, edit {number}"}, {"name": {}})

    def _members(self, env, number: int):
        """So many colleagues of Ada."""
        rows = [
            {"name": f"User {n}", "login": f"user{n}", "email": member(n)}
            for n in range(number)
        ]
        users = env["res.users"].with_context(no_reset_password=True, **QUIET)
        return users.create([{**row, "tz": "Europe/Paris"} for row in rows])

    # -- saving as the web client does -------------------------------------------------

    def save_edit(self, number: int) -> float:
        """Seconds of saving another title and time of the same event."""
        with self.cursor(self.uid) as env:
            found = env["calendar.event"].search([("name", "like", "Saved")], limit=1)
            event = found.id or self._new(env, "Saved 0").id
        return self._timed(self._edit, event, number)

    def save_new(self, number: int) -> float:
        """Seconds of saving a new event."""
        return self._timed(self._new, f"New {number}")

    def _timed(self, save, *args) -> float:
        begun = time.perf_counter()
        with self.cursor(self.uid) as env:
            save(env, *args)
        return time.perf_counter() - begun

    def _edit(self, env, event: int, number: int):
        start = midnight().replace(hour=8 + number % 8, minute=number % 60)
        vals = {
            "name": f"Saved {number}",
            "start": str(start),
            "stop": str(start.replace(hour=start.hour + 1)),
        }
        return env["calendar.event"].browse(event).web_save(vals, SEEN)

    def _new(self, env, title: str):
        from odoo import Command

        start = midnight().replace(hour=9)
        vals = {
            "name": title,
            "start": str(start),
            "stop": str(start.replace(hour=10)),
            "user_id": self.uid,
            "partner_ids": [Command.link(env.user.partner_id.id)],
        }
        saved = env["calendar.event"].web_save(vals, SEEN)
        return env["calendar.event"].browse(saved[0]["id"])
