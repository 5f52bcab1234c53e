"""The journal: what a run says of itself, what a person reads, what is forgotten."""

import json

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools.misc import file_open

from ..common import GoogleSyncCase


@tagged("post_install", "-at_install")
class TestJournal(GoogleSyncCase):
    def make_run(self, **values):
        return self.env["google.sync.run"].create(
            {"account_id": self.account.id, "state": "done", **values}
        )

    def make_line(self, **values):
        run = self.make_run()
        values = {"run_id": run.id, "action": "update", "side": "odoo", **values}
        return self.env["google.sync.run.line"].create(values)

    def test_summary_names_what_was_written(self):
        run = self.make_run(pulled_created=2, pushed_deleted=1, errors_count=3)
        self.assertEqual(
            run._summary(),
            "Google to Odoo: 2 created. Odoo to Google: 1 deleted. 3 errors.",
        )

    def test_summary_of_a_run_without_work(self):
        self.assertIn("in step", self.make_run()._summary())

    def test_reasons_are_shown_in_words(self):
        run = self.make_run(skipped={"birthday": 2, "new_in_google": 1})
        self.assertEqual(run.skipped_display, "Birthdays: 2\nnew_in_google: 1")

    def test_values_are_shown_one_per_line(self):
        line = self.make_line(before=json.dumps({"title": "Old", "place": "Here"}))
        self.assertEqual(line.before_display, "Title: Old\nPlace: Here")
        self.assertFalse(line.after_display)

    def test_line_opens_its_record(self):
        event = self.env["calendar.event"].create(
            {"name": "x", "start": "2026-01-01 10:00:00", "stop": "2026-01-01 11:00:00"}
        )
        line = self.make_line(res_model="calendar.event", res_id=event.id, name="x")
        self.assertEqual(line.action_open_record()["res_id"], event.id)
        event.unlink()
        with self.assertRaisesRegex(UserError, "any more"):
            line.action_open_record()

    def test_button_says_what_came_of_it(self):
        with self.enter_registry_test_mode():
            action = self.account.action_sync_now()
        params = action["params"]
        self.assertEqual(params["type"], "success")
        self.assertIn("/odoo/google-sync-journal/", params["links"][0]["url"])
        self.assertIn(self.account.last_message, params["message"])

    def test_a_long_refusal_is_short_in_the_notice_and_keeps_its_page(self):
        page = "https://console.developers.google.com/apis/api/x?project=1"
        long = "What it means, at some length. " * 20
        run = self.env["google.sync.run"].create(
            {
                "account_id": self.account.id,
                "state": "failed",
                "message": f"The API is off at 100%. Enable it: {page}. {long}",
            }
        )
        params = self.account._notify_run(run)["params"]
        self.assertTrue(params["message"].startswith("The API is off at 100%"))
        self.assertLess(len(params["message"]), 250)
        self.assertEqual(params["message"].count("%s"), len(params["links"]))
        self.assertEqual(params["links"][0]["url"], page)

    def test_consents_that_nobody_finished_are_forgotten(self):
        self.account._start_consent()
        consents = self.env["google.sync.consent"].sudo()
        consents._gc_expired()
        self.assertTrue(consents.search([]))
        self.env.cr.execute(
            "UPDATE google_sync_consent SET create_date = create_date - interval '1h'"
        )
        consents.invalidate_model()
        consents._gc_expired()
        self.assertFalse(consents.search([]))


@tagged("post_install", "-at_install")
class TestNeutralise(GoogleSyncCase):
    def test_neutralised_copy_holds_no_token_and_no_secret(self):
        company = self.env.company.sudo()
        company.google_sync_client_secret = "own-secret"
        self.account._start_consent()
        self.env.flush_all()
        with file_open("google_sync/data/neutralize.sql") as file:
            self.env.cr.execute(file.read())
        self.env.invalidate_all()
        self.assertFalse(self.token_of(self.account))
        self.assertFalse(self.env["google.sync.consent"].sudo().search([]))
        self.assertFalse(company.google_sync_client_secret)
        self.assertEqual(self.account.light, "suspended")
