"""Tours of the web client: a browser that is read in each language, and its data."""

import threading
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from unittest.mock import patch

from odoo import api, fields
from odoo.tests.common import release_test_lock

from ..models.tools.quiet import QUIET
from .common import GoogleSyncHttpCase

LANGUAGES = ("en_US", "fr_FR")
CRON = "google_sync.ir_cron_synchronise"


class FrontTourCase(GoogleSyncHttpCase):
    """A browser for Ada, connected, and Odoo's scheduler beside it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.account = cls.connect(cls.ada)
        cls.person = cls.world.person("ada@gmail.com")
        cls.day = datetime.now().replace(hour=9, minute=0, second=0, microsecond=0)

    def setUp(self):
        super().setUp()
        for event in self.person.list(showDeleted=False):
            if event["status"] != "cancelled":
                self.person.delete(event["id"])
        self.account.run_sync()

    # -- Odoo's scheduler, which does not run in tests -------------------------

    @contextmanager
    def scheduler(self):
        """Starts the scheduled action when it is woken, beside the browser.

        Woken by a request of the page: it waits for the test's one cursor until that
        request is over.
        """
        woken, over = threading.Event(), threading.Event()
        trigger = type(self.env["ir.cron"])._trigger

        def waking(cron, *args, **options):
            woken.set()
            return trigger(cron, *args, **options)

        thread = threading.Thread(target=self._schedule, args=(woken, over))
        with patch.object(type(self.env["ir.cron"]), "_trigger", waking):
            thread.start()
            try:
                yield
            finally:
                over.set()
                woken.set()
                with release_test_lock():
                    thread.join()

    def _schedule(self, woken, over):
        while woken.wait() and not over.is_set():
            woken.clear()
            with self.registry.cursor() as cr:
                env = api.Environment(cr, api.SUPERUSER_ID, {})
                env.ref(CRON).method_direct_trigger()

    def tour(self, name, path="/odoo/calendar", timeout=60):
        with self.scheduler():
            self.start_tour(path, name, login="ada", timeout=timeout)
        self.env.invalidate_all()

    @contextmanager
    def reading(self, lang):
        """As Ada reads it in that language."""
        with self.subTest(lang=lang):
            self.ada.lang = lang
            self.account.sudo().opened_at = False
            yield

    # -- both sides ------------------------------------------------------------

    def event(self, name, days=1, **values):
        start = self.day + timedelta(days=days)
        vals = {
            "name": name,
            "start": start,
            "stop": start + timedelta(hours=1),
            "partner_ids": [fields.Command.set(self.ada.partner_id.ids)],
            **values,
        }
        events = self.env["calendar.event"].with_user(self.ada)
        return events.with_context(**QUIET).create(vals)

    def held(self):
        """Three events that Google has deleted; the second was edited meanwhile."""
        events = self.env["calendar.event"]
        for number, name in enumerate(("Un", "Deux", "Trois")):
            events += self.event(name, number + 1, location="Paris")
        self.account.run_sync()
        for link in events.sudo().google_sync_link_ids:
            self.person.delete(link.google_id)
        events[1].with_user(self.ada).location = "Lyon"
        return events

    def in_google(self):
        items = self.person.list(showDeleted=False)
        return sorted(x["summary"] for x in items if x["status"] != "cancelled")

    def clear(self, events):
        """Deleted on both sides, and nothing asked about it."""
        self.account.confirm_deletions = False
        events.exists().unlink()
        self.account.run_sync()
        self.account.confirm_deletions = True

    def google_event(self, summary):
        start = self.day.replace(tzinfo=timezone.utc)
        moments = (start, start + timedelta(hours=1))
        begin, end = ({"dateTime": moment.isoformat()} for moment in moments)
        self.person.insert({"summary": summary, "start": begin, "end": end})
