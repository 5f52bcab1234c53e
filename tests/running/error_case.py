"""What tests of Google's errors share: the state that is checked, the words."""

import re
from datetime import timedelta

from odoo import fields

from ..sync_case import SyncCase

SYNC_LOG = "odoo.addons.google_sync.models.connection.explaining"

LIST, INSERT = "calendar.events.list", "calendar.events.insert"

#: What no message may hold: tokens, secrets, JSON, mark-up, Python.
UNFIT = re.compile(
    r"ya29|1//|GOCSPX|AIza|Bearer|[{}<>]|%\(|Traceback|Error:|None", re.IGNORECASE
)

WAITS, ASKS = "goes on by itself", "next try is made by itself"

CONNECT = "Press Connect in My Preferences, tab Synchronisation"

#: Status, reason and words of Google, and what the person reads.
REFUSED_RECORDS = (
    (400, "required", "Missing end time.", "Google misses one of the values"),
    (400, "invalid", "Invalid value.", "does not accept one of the values"),
    (400, "badRequest", "Bad Request", "does not accept one of the values"),
    (400, "parseError", "Parse Error", "does not accept one of the values"),
    (400, "timeRangeEmpty", "The range is empty.", "end must come after the start"),
    (400, "eventDurationExceedsLimit", "Too long.", "too long for Google"),
    (400, "eventTypeRestriction", "No.", "Google keeps events of this kind"),
    (400, "malformedFocusTimeEvent", "No.", "Google keeps events of this kind"),
    (400, "malformedOutOfOfficeEvent", "No.", "Google keeps events of this kind"),
    (400, "malformedWorkingLocationEvent", "No.", "Google keeps events of this"),
    (400, "cannotChangeOrganizer", "No.", "change its organiser"),
    (400, "cannotChangeOrganizerOfInstance", "No.", "change its organiser"),
    (400, "participantIsNeitherOrganizerNorAttendee", "No.", "takes no part"),
    (403, "forbiddenForNonOrganizer", "No.", "Only the organiser may change"),
    (403, "requiredAccessLevel", "No.", "read this calendar but not write in it"),
    (403, "forbidden", "Forbidden", "does not let your account change this event"),
    (403, "someNewReason", "No.", "Correct the event"),
    (413, "uploadTooLarge", "Too large.", "shorten its description"),
)


class CatalogueCase(SyncCase):
    """Ada's agenda with one event in step on both sides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")

    def setUp(self):
        super().setUp()
        self.addCleanup(self.world.faults.clear)
        # The class's tokens come back with the database; so must Google's.
        grants = self.world.oauth
        for name in ("consents", "refresh", "access"):
            self.patch(grants, name, dict(getattr(grants, name)))
        self.kept = self.event("Gardé")
        self.sync()

    def fault(self, match, kind="error", times=99, **options):
        return self.world.faults.add(match, kind, times, **options)

    def expire_access(self):
        """The next request needs a new access token."""
        yesterday = fields.Datetime.now() - timedelta(days=1)
        self.account.sudo()._token_row().expiry = yesterday

    def assert_told(self, run, *words, state="connected", retried=True):
        """What the owner reads, the state, and that nothing was deleted or doubled."""
        account = self.account.sudo()
        for word in words:
            self.assertIn(word, run.message)
        self.assertIn(run.message, account.last_message)
        self.assert_fit(run.message)
        self.assertEqual(account.state, state)
        self.assertEqual(bool(account.next_try), retried)
        self.assertTrue(self.kept.exists())
        self.assert_not_doubled()

    def assert_fit(self, text):
        self.assertTrue(text)
        self.assertIsNone(UNFIT.search(text), text)

    def assert_not_doubled(self):
        titles = [event["summary"] for event in self.in_google().values()]
        self.assertEqual(len(titles), len(set(titles)), titles)

    def assert_recovers(self):
        """The trouble is over: one run, in step, and nothing left of the message."""
        self.world.faults.clear()
        self.sync()
        self.assertEqual(self.account.state, "connected")
        self.assertNotIn("[", self.account.last_message)
        self.assertFalse(self.account.next_try)
        self.assertIn("Gardé", [e["summary"] for e in self.in_google().values()])
        self.assert_not_doubled()
        self.assert_quiet()
