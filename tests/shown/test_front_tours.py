"""In a browser, in English and in French: opening, systray, agenda view, why."""

import threading
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from unittest.mock import patch

from odoo import api, fields
from odoo.tests import tagged
from odoo.tests.common import release_test_lock

from ...models.tools.quiet import QUIET
from ..common import GoogleSyncHttpCase

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


@tagged("post_install", "-at_install")
class TestFrontTours(FrontTourCase):
    # -- at opening ------------------------------------------------------------

    def test_deletions_are_answered_one_by_one(self):
        self.account.pull_at_login = True
        for lang in LANGUAGES:
            with self.reading(lang):
                first, second, third = self.held()
                self.tour("google_sync_opening_one_by_one")
                self.account.run_sync()
                self.assertFalse((first | third).exists())
                self.assertTrue(second.exists())
                self.assertEqual(self.in_google(), ["Deux"])
                self.clear(second)

    def test_ctrl_answers_for_all(self):
        self.account.pull_at_login = True
        for lang in LANGUAGES:
            with self.reading(lang):
                events = self.held()
                self.tour("google_sync_opening_ctrl")
                self.account.run_sync()
                self.assertFalse(events.exists())

    def test_a_button_answers_for_all(self):
        self.account.pull_at_login = True
        for lang in LANGUAGES:
            with self.reading(lang):
                events = self.held()
                self.tour("google_sync_opening_all")
                self.account.run_sync()
                self.assertEqual(events.exists(), events)
                self.assertEqual(self.in_google(), ["Deux", "Trois", "Un"])
                self.clear(events)

    # -- systray and agenda ----------------------------------------------------

    def test_systray_synchronises_now(self):
        for lang in LANGUAGES:
            with self.reading(lang):
                self.google_event(f"Google {lang}")
                self.tour("google_sync_systray")
                events = self.env["calendar.event"]
                self.assertTrue(events.search([("name", "=", f"Google {lang}")]))

    def test_agenda_view_refreshes_by_itself(self):
        bob = self.make_user("bob")
        self.connect(bob)
        self.env["calendar.filters"].create(
            {"user_id": self.ada.id, "partner_id": bob.partner_id.id}
        )
        for lang in LANGUAGES:
            with self.reading(lang):
                self.google_event("De Google")
                self.tour("google_sync_agenda")
                events = self.env["calendar.event"]
                self.clear(events.search([("name", "=", "De Google")]))

    # -- why -------------------------------------------------------------------

    def test_why_it_is_in_google_and_why_not(self):
        inside = self.event("Dedans")
        outside = self.event("Dehors", days=800)
        self.account.run_sync()
        path = "/odoo/calendar/%s"
        for lang in LANGUAGES:
            with self.reading(lang):
                self.tour("google_sync_why_linked", path % inside.id)
                self.tour("google_sync_why_out", path % outside.id)


@tagged("post_install", "-at_install")
class TestFrontPhone(FrontTourCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_agenda_and_why_on_a_phone(self):
        for lang in LANGUAGES:
            with self.reading(lang):
                self.google_event("De Google")
                self.tour("google_sync_agenda_phone")
                events = self.env["calendar.event"]
                self.clear(events.search([("name", "=", "De Google")]))
