"""The sign on a record and the panel behind it: why it is in Google, or why not."""

import os
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..contact_case import ContactCase
from ..sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestWhyEvent(SyncCase):
    def why(self, event, user=None):
        """The panel as Ada (or another) sees it, by the account's owner."""
        panel = event.with_user(user or self.ada).google_sync_why()
        return {part["name"]: part for part in panel["parts"]}

    def part(self, event):
        return self.why(event)[self.ada.name]

    def sign(self, event, user=None):
        event.invalidate_recordset(["google_sync_sign"])
        return event.with_user(user or self.ada).google_sync_sign

    def test_in_step_with_a_link_to_google(self):
        event = self.event("Réunion")
        self.sync()
        part = self.part(event)
        self.assertEqual((self.sign(event), part["sign"]), ("linked", "linked"))
        self.assertTrue(part["mine"])
        self.assertFalse(part["differences"] or part["retry"])
        self.assertEqual(part["last_run"]["id"], self.account.last_run_id.id)
        self.assertIn("ada%40gmail.com", part["url"], "the sandbox's page of Ada")

    def test_outside_the_sandbox_the_link_is_google_s_own(self):
        event = self.event("Réunion")
        self.sync()
        known = self.google_of(event)["htmlLink"]
        with self.without_root():
            self.assertEqual(self.part(event)["url"], known)

    def without_root(self):
        """As on a live server: no stand-in for Google's hosts. Nothing is called."""
        return patch.dict(os.environ, {"GOOGLE_SYNC_API_ROOT": ""})

    def test_what_differs_now_as_the_engine_sees_it(self):
        event = self.event("Avant", location="Paris")
        self.sync()
        event.with_user(self.ada).write({"name": "Après", "location": "Lyon"})
        part = self.part(event)
        told = {(x["field"], x["odoo"], x["google"]) for x in part["differences"]}
        self.assertEqual(
            told, {("Title", "Après", "Avant"), ("Place", "Lyon", "Paris")}
        )
        self.sync()
        self.assertFalse(self.part(event)["differences"])

    def test_reasons_of_an_event_that_is_left_out(self):
        outside = self.event("Dehors", days=900)
        declined = self.event("Refusé")
        declined.attendee_ids.state = "declined"
        waiting = self.event("Attend")
        archived = self.event("Archivé", active=False)
        signs = {
            e.name: (self.sign(e), self.part(e)["sign"]) for e in outside | declined
        }
        self.assertEqual(set(signs.values()), {("out", "out")})
        self.assertEqual(self.part(outside)["text"], "Outside the period")
        self.assertIn("12", self.part(outside)["advice"])
        self.assertEqual(self.part(declined)["text"], "Declined")
        self.assertEqual(self.part(archived)["text"], "Archived in Odoo.")
        self.assertEqual(self.sign(waiting), "waiting")
        self.assertTrue(self.part(waiting)["retry"])
        self.sync()
        self.assertEqual(self.sign(waiting), "linked")
        self.assertEqual({self.sign(outside), self.sign(declined)}, {"out"})

    def test_series_that_are_switched_off(self):
        self.account.sync_series = False
        event = self.event("Série", recurrency=True, rrule_type="daily", count=3)
        part = self.part(event)
        self.assertEqual(part["sign"], "out")
        self.assertEqual(part["text"], "Series of events")

    def test_an_occurrence_stands_with_its_series(self):
        event = self.event("Série", recurrency=True, rrule_type="daily", count=3)
        rows = event.recurrence_id.calendar_event_ids
        self.assertEqual({self.sign(row) for row in rows}, {"waiting"})
        self.sync()
        parts = [self.part(row) for row in rows]
        self.assertEqual({part["sign"] for part in parts}, {"linked"}, parts)
        self.assertIn({"label": "Kind", "value": "Series"}, parts[-1]["facts"])
        self.assertFalse([part["differences"] for part in parts if part["differences"]])
        rows[0].with_user(self.ada).write(
            {"name": "Autre", "recurrence_update": "all_events"}
        )
        rows = rows[0].recurrence_id.calendar_event_ids
        self.assertEqual(set(rows.mapped("name")), {"Autre"})
        told = self.part(rows[-1])["differences"]
        self.assertEqual([line["odoo"] for line in told], ["Autre"])
        self.account.sync_series = False
        self.assertEqual({self.sign(row) for row in rows}, {"out"})
        self.assertEqual(self.part(rows[0])["text"], "Series of events")

    def test_an_account_that_cannot_reach_google_says_so(self):
        event = self.event("Réunion")
        self.account.sudo()._mark_reconnect("ended")
        part = self.part(event)
        self.assertEqual((self.sign(event), part["sign"]), ("out", "out"))
        self.assertIn("Connect again", part["advice"])
        self.assertFalse(part["retry"])
        self.account.sync_events = False
        self.assertFalse(self.sign(event), "an agenda that is off has no signs")

    def test_who_has_no_account_sees_none(self):
        bob = self.make_user("bob")
        event = self.event("Réunion", user=bob)
        panel = event.with_user(bob).google_sync_why()
        self.assertTrue(panel["connect"])
        self.assertFalse(panel["parts"])
        self.assertFalse(self.sign(event, bob))

    def test_a_refused_change_is_told_and_tried_again(self):
        event = self.event("Réunion")
        self.sync()
        self.link_of(event).sudo().problem = "locked"
        part = self.part(event)
        self.assertEqual((self.sign(event), part["sign"]), ("problem", "problem"))
        self.assertTrue(part["retry"])
        self.assertTrue(part["advice"])
        event.with_user(self.ada).google_sync_retry(part["account_id"])
        self.env.ref("google_sync.ir_cron_synchronise").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.sign(event), "linked")

    def test_retry_needs_the_right(self):
        event = self.event("Réunion")
        bob = self.make_user("bob")
        with self.assertRaises(AccessError):
            event.with_user(bob).google_sync_retry(self.account.id)

    # -- for whom --------------------------------------------------------------

    def test_others_see_the_accounts_that_they_may(self):
        bob = self.make_user("bob")
        chief = self.make_user(
            "chief", groups="base.group_user,google_sync.group_manager"
        )
        event = self.event("Réunion")
        self.sync()
        self.assertFalse(self.why(event, bob))
        self.assertEqual(list(self.why(event, chief)), [self.ada.name])
        self.account.delegate_ids = [
            fields.Command.create({"user_id": bob.id, "visible": True})
        ]
        self.assertEqual(list(self.why(event, bob)), [self.ada.name])
        self.assertEqual(self.sign(event, bob), "linked")
        stranger = self.make_user("carl")
        self.assertFalse(self.sign(event, stranger))

    def test_private_values_are_for_the_owner(self):
        chief = self.make_user(
            "chief", groups="base.group_user,google_sync.group_manager"
        )
        event = self.event("Médecin", privacy="private", location="Hôpital")
        self.sync()
        event.with_user(self.ada).location = "Clinique"
        self.assertTrue(self.part(event)["differences"])
        panel = event.with_user(chief).google_sync_why()
        self.assertNotIn("Clinique", str(panel))
        self.assertNotIn("Médecin", str(panel))
        self.assertEqual(panel["parts"][0]["sign"], "waiting")

    def test_signs_of_a_whole_month_cost_a_few_queries(self):
        events = self.env["calendar.event"]
        for number in range(20):
            events += self.event(f"E{number}", number)
        events += self.event("Dehors", days=900)
        self.sync()
        for number in range(20, 40):
            events += self.event(f"E{number}", number - 20)
        events = events.with_user(self.ada)
        events.mapped("partner_ids")
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        signs = events.mapped("google_sync_sign")
        self.assertLessEqual(self.env.cr.sql_log_count - before, 25)
        self.assertEqual(set(signs), {"linked", "waiting", "out"})


@tagged("post_install", "-at_install")
class TestWhyContact(ContactCase):
    def why(self, partner, user=None):
        panel = partner.with_user(user or self.ada).google_sync_why()
        return {part["name"]: part for part in panel["parts"]}

    def sign(self, partner):
        partner.invalidate_recordset(["google_sync_sign"])
        return partner.with_user(self.ada).google_sync_sign

    def test_on_the_list_in_step_and_what_differs(self):
        zoe = self.partner()
        self.sync()
        part = self.why(zoe)[self.ada.name]
        self.assertEqual((self.sign(zoe), part["sign"]), ("linked", "linked"))
        self.assertTrue(part["url"])
        zoe.sudo().function = "Chef"
        (line,) = self.why(zoe)[self.ada.name]["differences"]
        self.assertEqual((line["odoo"], line["google"]), ("Chef", ""))

    def test_not_on_the_list_says_how_to_get_there(self):
        zoe = self.env["res.partner"].create({"name": "Zoé", "email": "z@example.com"})
        part = self.why(zoe)[self.ada.name]
        self.assertEqual((self.sign(zoe), part["sign"]), ("out", "out"))
        self.assertIn("Contact to synchronise", part["advice"])

    def test_a_list_is_its_owner_s_and_a_manager_s(self):
        zoe = self.partner()
        self.sync()
        bob = self.make_user("bob")
        self.account.delegate_ids = [
            fields.Command.create({"user_id": bob.id, "visible": True, "agenda": True})
        ]
        self.assertFalse(self.why(zoe, bob), "a delegate has no right on contacts")
        chief = self.make_user(
            "chief", groups="base.group_user,google_sync.group_manager"
        )
        self.assertEqual(list(self.why(zoe, chief)), [self.ada.name])
        with self.assertRaises(AccessError):
            zoe.with_user(bob).google_sync_retry(self.account.id)

    def test_without_an_address_is_a_problem_to_try_again(self):
        zoe = self.partner(email=False)
        self.sync()
        part = self.why(zoe)[self.ada.name]
        self.assertEqual((self.sign(zoe), part["sign"]), ("problem", "problem"))
        self.assertTrue(part["retry"])

    def test_a_manager_tries_again_for_a_colleague(self):
        zoe = self.partner()
        self.sync()
        link = self.account.sudo().contact_link_ids
        link.problem = "refused:no"
        self.assertEqual(self.sign(zoe), "problem")
        chief = self.make_user(
            "chief", groups="base.group_user,google_sync.group_manager"
        )
        self.assertFalse(zoe.with_user(chief).google_sync_retry(self.account.id))
        self.env.ref("google_sync.ir_cron_synchronise").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.sign(zoe), "linked")
