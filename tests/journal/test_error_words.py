"""The catalogue of Google's errors: every reason in both languages."""

import re

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...google_api import errors
from ...models.journal.words import advice
from ...sync import ports
from ..running.error_case import REFUSED_RECORDS, SYNC_LOG, WAITS, CatalogueCase


@tagged("post_install", "-at_install")
class TestErrorCatalogueWords(CatalogueCase):
    """Every reason of the catalogue, in both languages."""

    def stops(self):
        later, admin = ports.RetryLater, ports.AdminNeeded
        kinds = {
            later: ["authError", "network", "malformed", "http502", "conflict"],
            ports.ReconnectNeeded: ["invalid_grant", "authError", "no_refresh_token"],
            ports.ScopeMissing: [*errors._SCOPE, "invalid_scope", "off"],
            admin: [*errors._ADMIN, *errors._ADMIN_TOKEN, "someNewReason"],
            ports.CalendarLost: ["notFound", "noCalendar", *errors._UNREADABLE],
            ports.OurBug: [*errors._BUG_TOKEN, *errors._UNSIGNED, "badRequest"],
        }
        stops = [kind("Said.", reason=r) for kind, rs in kinds.items() for r in rs]
        for reasons, delay in (
            (errors.TOO_FAST_REASONS, 0),
            (errors.QUOTA_REASONS, errors.QUOTA_PAUSE),
            (errors.DAILY_REASONS, 12 * 3600),
        ):
            stops += [later("Said.", reason=r, delay=delay) for r in reasons]
        return stops

    @mute_logger(SYNC_LOG)
    def test_every_reason_is_explained_in_both_languages(self):
        french = self.account.with_context(lang="fr_FR")
        soon = fields.Datetime.now()
        for stop in self.stops():
            for moment in (None, soon):
                with self.subTest(stop.reason, kind=type(stop).__name__):
                    english = self.account._explain(stop, moment)
                    self.assert_fit(english)
                    self.assert_fit(french._explain(stop, moment))
                    self.assert_translated(english, french._explain(stop, moment))
                    own = stop.reason in ("off", "noCalendar")
                    self.assertEqual(english.endswith(f"[{stop.reason}]"), not own)

    def assert_translated(self, english, french):
        """No sentence of the one is in the other."""
        sentences = set(re.split(r"(?<=[.:]) ", english)) - {"Google says:"}
        told = {text for text in sentences if " " in text and text[0] not in "[“"}
        self.assertFalse([text for text in told if text in french])

    def test_each_reason_has_words_of_its_own(self):
        """Not the fallback of its kind: which box, which API, whose business."""
        general = self.account._explain(ports.AdminNeeded("Said.", reason="x"))
        start = general[:40]
        for reason in errors._ADMIN | errors._ADMIN_TOKEN:
            with self.subTest(reason):
                told = self.account._explain(ports.AdminNeeded("Said.", reason=reason))
                self.assertNotEqual(told[:40], start)

    def test_every_advice_in_both_languages(self):
        french = self.env(context={"lang": "fr_FR"})
        default = advice(self.env, "someNewReason")
        for _status, reason, said, words in REFUSED_RECORDS:
            with self.subTest(reason):
                told = advice(self.env, reason, said)
                self.assertIn(words, told)
                self.assertNotEqual(advice(french, reason, said), told)
                self.assertEqual(told == default, reason == "someNewReason")

    def test_what_the_clock_met_is_read_in_the_readers_language(self):
        self.ada.lang = "fr_FR"
        self.patch(self.google_client(), "disabled_apis", {"calendar"})
        self.account.sudo().next_pull_at = False
        self.env.ref("google_sync.ir_cron_synchronise").method_direct_trigger()
        self.env.invalidate_all()
        french = self.account.with_context(lang="fr_FR").last_message
        self.assertIn("n'est pas activée", french)
        self.assertIn("is not enabled", self.account.last_message)
        for told in (french, self.account.last_message):
            self.assertIn("[accessNotConfigured]", told)

    def test_person_at_a_button_is_not_told_to_wait(self):
        stop = ports.RetryLater("Said.", reason="backendError")
        told = self.account._explain(stop)
        self.assertIn("Try again in a few minutes", told)
        self.assertNotIn(WAITS, told)
        stop = ports.RetryLater("Said.", reason="quotaExceeded", delay=7200)
        self.assertIn("Try again after", self.account._explain(stop))

    def test_no_calendar_in_the_list_names_the_api(self):
        self.account.calendar_id = False
        told = self.account._explain(ports.CalendarLost("Said.", reason="notFound"))
        self.assertIn("No calendar was found in the Google account", told)

    def test_only_googles_console_is_repeated(self):
        said = "Enable it by visiting https://evil.example.com/x then retry."
        stop = ports.AdminNeeded(said, reason="accessNotConfigured")
        self.assertNotIn("evil", self.account._explain(stop))
