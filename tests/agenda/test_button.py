"""The agendas that the calendar shows: their lights, who may synchronise them, how."""

import json

from odoo import fields
from odoo.tests import tagged

from ..sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestAgendaButton(SyncCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bob = cls.make_user("bob")
        cls.bobs = cls.connect(cls.bob)

    def setUp(self):
        super().setUp()
        self.sync()
        self.people = (self.ada | self.bob).partner_id.ids
        self.bobs.run_sync()

    def states(self, user):
        accounts = self.env["google.sync.account"].with_user(user)
        found = accounts.agenda_states(self.people)
        return {state["name"]: state for state in found}

    def press(self, user):
        """Press the button and let the scheduled action do its work."""
        answer = (
            self.env["google.sync.account"].with_user(user).sync_agendas(self.people)
        )
        self.env.ref("google_sync.ir_cron_synchronise").method_direct_trigger()
        self.env.invalidate_all()
        return answer

    def share(self, **rights):
        """Bob lets Ada do so much."""
        self.bobs.delegate_ids = [
            fields.Command.clear(),
            fields.Command.create({"user_id": self.ada.id, **rights}),
        ]

    def in_bobs_google(self, summary):
        start = fields.Datetime.to_string(self.day).replace(" ", "T") + "Z"
        end = fields.Datetime.to_string(fields.Datetime.add(self.day, hours=1)).replace(
            " ", "T"
        )
        self.world.person("bob@gmail.com").insert(
            {
                "summary": summary,
                "start": {"dateTime": start},
                "end": {"dateTime": end + "Z"},
            }
        )

    def test_lights_by_right(self):
        self.assertEqual(list(self.states(self.ada)), [self.ada.name])
        self.share(visible=True, agenda=False)
        self.assertFalse(self.states(self.ada)[self.bob.name]["may_sync"])
        self.share(visible=False, agenda=True)
        state = self.states(self.ada)[self.bob.name]
        self.assertTrue(state["may_sync"])
        self.assertEqual((state["light"], state["label"]), ("connected", "Connected"))
        self.bobs.sudo()._mark_reconnect("ended")
        self.assertEqual(self.states(self.ada)[self.bob.name]["light"], "to_reconnect")

    def test_a_manager_sees_those_of_the_companies(self):
        chief = self.make_user(
            "chief", groups="base.group_user,google_sync.group_manager"
        )
        self.assertEqual(set(self.states(chief)), {self.ada.name, self.bob.name})
        other = self.env["res.company"].create({"name": "Ailleurs"})
        chief.write({"company_ids": other.ids, "company_id": other.id})
        self.assertFalse(self.states(chief))

    def test_the_button_works_on_what_is_allowed_only(self):
        self.google_event("Pour Ada")
        self.in_bobs_google("Pour Bob")
        self.share(visible=True, agenda=False)
        self.assertEqual(self.press(self.ada)["asked"], [self.account.id])
        events = self.env["calendar.event"]
        self.assertTrue(events.search([("name", "=", "Pour Ada")]))
        self.assertFalse(events.search([("name", "=", "Pour Bob")]))
        self.share(visible=False, agenda=True)
        self.press(self.ada)
        self.assertTrue(events.search([("name", "=", "Pour Bob")]))
        run = self.bobs.last_run_id
        self.assertEqual((run.trigger, run.requested_by_id), ("manual", self.ada))
        self.assertEqual(
            events.search([("name", "=", "Pour Bob")]).partner_ids,
            self.bob.partner_id,
            "a run that a colleague asked for acts as the owner",
        )

    def test_a_colleague_s_button_leaves_the_contacts_alone(self):
        partner = self.env["res.partner"].create(
            {"name": "Zoé", "email": "zoe@example.com"}
        )
        partner.with_user(self.bob).action_google_sync_choose()
        self.env.ref("google_sync.ir_cron_synchronise").method_direct_trigger()
        self.share(agenda=True)
        self.press(self.ada)
        run = self.bobs.sudo().last_run_id
        self.assertEqual(run.requested_by_id, self.ada)
        self.assertFalse(run.line_ids.filtered(lambda x: x.res_model == "res.partner"))

    def test_what_cannot_be_done_now_is_said(self):
        self.share(agenda=True)
        self.bobs.sudo()._mark_reconnect("ended")
        answer = self.press(self.ada)
        self.assertEqual(answer["asked"], [self.account.id])
        self.assertEqual(len(answer["told"]), 1)
        self.assertIn(self.bob.name, answer["told"][0])

    def test_a_pause_of_google_stands(self):
        later = fields.Datetime.add(fields.Datetime.now(), hours=2)
        self.account.sudo().next_try = later
        runs = self.account.run_ids
        answer = self.press(self.ada)
        self.assertFalse(answer["asked"])
        self.assertTrue(answer["told"])
        self.assertEqual(self.account.run_ids, runs)
        self.assertEqual(self.account.next_try, later.replace(microsecond=0))

    def test_who_asked_and_the_owner_are_told(self):
        self.share(agenda=True)
        self.env["bus.bus"].sudo().search([]).unlink()
        self.press(self.ada)
        self.env.flush_all()
        told = self.env["bus.bus"].sudo().search([("message", "like", "sync/run")])
        channels = "".join(told.mapped("channel"))
        for user in (self.ada, self.bob):
            self.assertIn(f'"res.partner",{user.partner_id.id}]', channels)
        told = [message for message in told.mapped("message") if "manual" in message]
        self.assertFalse([text for text in told if "bob@gmail.com" in text])

    # -- what comes with the page ----------------------------------------------

    def session(self, user):
        return self.env["google.sync.account"].with_user(user)._session_state()

    def test_the_page_brings_the_state_of_one_s_own_account(self):
        shown = self.session(self.ada)
        self.assertEqual(shown["account"]["light"], "connected")
        self.assertEqual(shown["account"]["email"], "ada@gmail.com")
        self.assertTrue(shown["agendas"])

    def test_what_is_told_says_when(self):
        """A page that connects is given messages of before it was loaded, too."""
        self.env["bus.bus"].sudo().search([]).unlink()
        self.account.sudo()._mark_error("wrong")
        self.env.flush_all()
        self.env.cr.precommit.run()
        told = self.env["bus.bus"].sudo().search([("message", "like", "sync/state")])
        before = json.loads(told[-1:].message)["payload"]
        self.assertEqual(before["account"]["light"], "error")
        self.assertLess(before["at"], self.session(self.ada)["at"])

    def test_who_has_nothing_to_see_gets_nothing(self):
        carl = self.make_user("carl")
        self.assertFalse(self.session(carl))
        self.bobs.delegate_ids = [
            fields.Command.create({"user_id": carl.id, "visible": True})
        ]
        shown = self.session(carl)
        self.assertEqual((shown["account"], shown["agendas"]), (False, True))
        self.bobs.action_disconnect()
        self.assertFalse(self.session(carl))
        self.assertFalse(self.session(self.bob))
