"""The assistant: choose, look, leave out, carry out, follow, stop."""

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.running import run_followed
from ..common import GoogleSyncHttpCase
from ..contact_case import ContactCase
from ..sync_case import SyncCase
from .assistant_case import AssistantMixin
from .plan_case import PlanCase


@tagged("post_install", "-at_install")
class TestAssistant(AssistantMixin, PlanCase):
    def test_preview_leave_one_out_and_apply(self):
        first, second = self.changes()
        assistant = self.assistant()
        self.assertEqual(assistant.account_ids, self.account)
        assistant.action_start()
        self.follow(assistant)
        self.assertEqual(assistant.step, "plan")
        shown = {(x.side, x.action, x.name) for x in assistant.line_ids}
        self.assertEqual(
            shown,
            {
                ("odoo", "update", "Deux"),
                ("odoo", "create", "Trois"),
                ("google", "update", "Un bis"),
            },
        )
        self.assertFalse(assistant.mail_count)
        self.assertIn("1 will be created, 1 will be changed", assistant.summary)
        assistant.line_ids.filtered(lambda x: x.name == "Deux").take = False
        assistant.action_apply()
        run = self.follow(assistant)
        self.assertEqual((assistant.step, run.state), ("done", "done"), run.message)
        self.assertFalse(second.location)
        self.assertEqual(self.google_of(first)["summary"], "Un bis")
        self.assertEqual((run.trigger, run.requested_by_id), ("assistant", self.ada))

    def test_lines_of_one_event_are_ticked_together(self):
        first, _second = self.changes()
        self.person.patch(self.link_of(first).google_id, {"summary": "Un ter"})
        assistant = self.assistant()
        assistant.action_start()
        self.follow(assistant)
        same = assistant.line_ids.filtered(lambda x: x.line_id.res_id == first.id)
        self.assertGreater(len(same), 1)
        same[0].take = False
        self.assertEqual(set(same.mapped("take")), {False})
        self.assertTrue(any((assistant.line_ids - same).mapped("take")))

    def test_nothing_ticked_is_nothing_to_do(self):
        self.changes()
        assistant = self.assistant()
        assistant.action_start()
        self.follow(assistant)
        assistant.action_tick_none()
        with self.assertRaisesRegex(UserError, "Nothing is ticked"):
            assistant.action_apply()

    def test_normal_and_complete_check_go_straight_on(self):
        first, second = self.changes()
        assistant = self.assistant(mode="normal")
        assistant.action_start()
        self.follow(assistant)
        self.assertEqual(assistant.step, "done")
        self.assertEqual(second.location, "Lyon")
        # Past every hook: only comparing everything finds it.
        self.env.cr.execute(
            "UPDATE calendar_event SET location = 'SQL' WHERE id = %s", [first.id]
        )
        first.invalidate_recordset()
        assistant = self.assistant(mode="full")
        assistant.action_start()
        run = self.follow(assistant)
        self.assertEqual((run.mode, run.state), ("full", "done"), run.message)
        self.assertEqual(self.google_of(first)["location"], "SQL")

    def test_neither_agenda_nor_contacts(self):
        with self.assertRaisesRegex(UserError, "Choose"):
            self.assistant(agenda=False).action_start()
        with self.assertRaisesRegex(UserError, "Choose"):
            self.assistant(account_ids=[Command.clear()]).action_start()

    def test_an_account_that_cannot_says_why(self):
        self.account.disconnect(revoke=False)
        self.account.sudo().state = "to_reconnect"
        assistant = self.assistant(mode="normal")
        assistant.action_start()
        run = self.follow(assistant)
        self.assertEqual((assistant.step, run.state), ("done", "failed"))
        self.assertTrue(run.message)

    def test_tick_is_all_that_can_be_written(self):
        self.changes()
        assistant = self.assistant()
        assistant.action_start()
        self.follow(assistant)
        line = assistant.line_ids[0]
        with self.assertRaises(AccessError):
            line.line_id = assistant.line_ids[1].line_id
        with self.assertRaises(AccessError):
            self.env["google.sync.assistant.line"].with_user(self.ada).create(
                {"assistant_id": assistant.id, "line_id": line.line_id.id}
            )
        bob = self.make_user("bob")
        with self.assertRaises(AccessError):
            line.with_user(bob).read(["name"])
        with self.assertRaises(AccessError):
            assistant.with_user(bob).action_apply()


@tagged("post_install", "-at_install")
class TestColleagues(AssistantMixin, PlanCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bob = cls.make_user("bob")

    def setUp(self):
        super().setUp()
        self.right = self.env["google.sync.delegate"].create(
            {"account_id": self.account.id, "user_id": self.bob.id, "agenda": True}
        )

    def test_a_delegate_runs_the_agenda_as_its_owner(self):
        self.connect(self.bob)
        _first, second = self.changes()
        secret = self.event("Docteur", 3, privacy="private")
        assistant = self.assistant(
            self.bob, contacts=True, account_ids=[Command.set(self.account.ids)]
        )
        self.assertIn("never the contacts", assistant.warning)
        self.assertEqual(len(assistant.allowed_account_ids), 2)
        assistant.action_start()
        self.follow(assistant)
        self.assertEqual(assistant.run_ids.scope, "events")
        names = assistant.line_ids.mapped("name")
        self.assertIn("Private", names)
        self.assertNotIn("Docteur", str(assistant.line_ids.read()))
        assistant.action_apply()
        run = self.follow(assistant)
        self.assertEqual(run.state, "done", run.message)
        self.assertEqual(run.requested_by_id, self.bob)
        self.assertEqual(second.location, "Lyon")
        taken_over = self.agenda().filtered(lambda event: event.name == "Trois")
        self.assertEqual(taken_over.create_uid, self.ada)
        self.assertTrue(self.link_of(secret).etag)

    def test_without_the_right_it_is_not_offered_nor_done(self):
        self.right.agenda = False
        self.connect(self.bob)
        assistant = self.assistant(self.bob)
        self.assertNotIn(self.account, assistant.allowed_account_ids)
        assistant.account_ids = self.account
        with self.assertRaises(AccessError):
            assistant.action_start()

    def test_contacts_of_a_colleague_are_never_synchronised(self):
        assistant = self.assistant(
            self.bob,
            agenda=False,
            contacts=True,
            account_ids=[Command.set(self.account.ids)],
        )
        with self.assertRaises(AccessError):
            assistant.action_start()

    def test_several_at_once(self):
        other = self.connect(self.bob)
        self.event("Ada")
        self.event("Bob", user=self.bob)
        accounts = self.account + other.with_user(self.ada)
        manager = self.make_user(
            "max", groups="base.group_user,google_sync.group_manager"
        )
        assistant = self.assistant(
            manager, mode="normal", account_ids=[Command.set(accounts.ids)]
        )
        assistant.action_start()
        runs = self.follow(assistant)
        self.assertEqual(runs.mapped("state"), ["done", "done"])
        self.assertEqual(runs.mapped("pushed_created"), [1, 1])

    def test_a_stale_plan_hides_private_titles_from_the_delegate(self):
        secret = self.event("Docteur", privacy="private")
        self.sync()
        secret.with_user(self.ada).location = "Lyon"
        plan = self.account.with_user(self.bob).run_sync(mode="preview")
        secret.with_user(self.ada).location = "Nice"
        run = plan.with_user(self.bob)._apply_plan()
        run.work_on()
        self.assertEqual(run.state, "failed")
        self.assertNotIn("Docteur", run.message)


@tagged("post_install", "-at_install")
class TestSlices(AssistantMixin, SyncCase):
    """A run in slices: to its end, by the page or without it, or stopped."""

    def setUp(self):
        super().setUp()
        # One step of the engine in each slice.
        self.startPatcher(patch.object(run_followed, "SLICE_SHOWN", 1e-6))

    def started(self, number=120, **values):
        self.events_of_days(number)
        assistant = self.assistant(mode="normal", **values)
        assistant.action_start()
        return assistant

    def test_it_ends_however_short_the_slices_are(self):
        for mode in ("normal", "full"):
            with self.subTest(mode):
                assistant = self.started()
                assistant.mode = mode
                run = self.follow(assistant)
                self.assertEqual((run.state, assistant.step), ("done", "done"))
        self.assertEqual(len(self.in_google()), 240)
        self.assert_quiet()

    def test_it_goes_on_without_its_page(self):
        assistant = self.started()
        assistant.run_ids.work_on()
        self.env.ref("google_sync.ir_cron_synchronise").method_direct_trigger()
        self.env.invalidate_all()
        run = assistant.run_ids
        self.assertEqual((run.state, run.requested_by_id), ("done", self.ada))
        self.assertEqual(run.pushed_created, 120)
        self.assertEqual(self.account.last_run_id, run)

    def test_progress_tells_what_is_done(self):
        assistant = self.started()
        counts = []
        for _turn in range(60):
            (told,) = assistant.run_ids.work_on()
            counts.append(told["done"])
            if told["state"] != "running":
                break
        self.assertEqual(counts, sorted(counts))
        self.assertIn(50, counts)
        self.assertEqual(told["state"], "done")
        self.assertIn("120 created", told["text"])

    def test_the_asker_hears_of_each_checkpoint(self):
        assistant = self.started(60)
        self.env["bus.bus"].sudo().search([]).unlink()
        self.follow(assistant)
        told = self.env["bus.bus"].sudo().search([]).mapped("message")
        mine = [text for text in told if "google_sync.progress" in text]
        self.assertTrue(mine)

    def test_stopped_between_two_checkpoints(self):
        assistant = self.started()
        run = assistant.run_ids
        while not run.work_on()[0]["done"]:
            pass
        run.action_stop()
        self.follow(assistant)
        self.assertEqual(run.state, "stopped")
        self.assertIn("stays", run.message)
        done = len(self.in_google())
        self.assertTrue(0 < done < 120)
        self.assertEqual(len(run.line_ids), done)
        self.account.sudo().auto_push = False
        self.sync()
        self.assertEqual(len(self.in_google()), 120)
        self.assert_quiet()

    def test_stopped_before_it_began(self):
        assistant = self.started(2)
        assistant.run_ids.action_stop()
        self.follow(assistant)
        self.assertEqual(assistant.run_ids.state, "stopped")
        self.assertFalse(self.in_google())

    def test_a_plan_stopped_half_way_loses_nothing_of_google(self):
        for number in range(3):
            self.google_event(f"G{number}", number)
        self.events_of_days(60)
        plan = self.sync("planned", mode="preview")
        out = plan.line_ids.filtered(lambda line: line.name == "G1")
        run = plan._apply_plan(out.ids)
        while not run.pushed_created:
            run.work_on()
        run.action_stop()
        run.work_on()
        self.assertEqual(run.state, "stopped")
        self.assertNotIn("G1", self.agenda().mapped("name"))
        self.sync()
        self.assertIn("G1", self.agenda().mapped("name"))
        self.assertEqual(len(self.in_google()), 63)
        self.assert_quiet()

    def test_google_asks_for_patience_and_the_same_run_goes_on(self):
        assistant = self.started()
        fault = ("calendar.events.*", "rate_limit")
        self.world.faults.add(*fault, skip=60, times=300, retry_after=30)
        self.addCleanup(self.world.faults.clear)
        run = assistant.run_ids
        for _turn in range(10):
            run.work_on()
        self.assertEqual(run.state, "running")
        self.assertIn("goes on by itself", run.message)
        self.world.faults.clear()
        self.account.sudo().next_try = False
        self.follow(assistant)
        self.assertEqual(run.state, "done", run.message)
        self.assertEqual(len(self.in_google()), 120)

    def test_a_fault_of_ours_ends_a_preview(self):
        model = type(self.env["google.sync.account"])
        run = self.account._queue_run(mode="preview")
        with (
            patch.object(model, "_planned", side_effect=ValueError("ours")),
            self.assertLogs("odoo.addons.google_sync", "ERROR"),
        ):
            run.work_on()
        self.assertEqual(run.state, "failed")
        self.assertIn("reference", run.message)

    def test_stopping_is_for_who_may_synchronise(self):
        run = self.started(1).run_ids
        bob = self.make_user("bob")
        for method in ("action_stop", "work_on", "progress"):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(run.with_user(bob), method)()
        self.env["google.sync.delegate"].create(
            {"account_id": self.account.id, "user_id": bob.id, "visible": True}
        )
        self.assertTrue(run.with_user(bob).progress())
        for method in ("action_stop", "work_on"):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(run.with_user(bob), method)()


@tagged("post_install", "-at_install")
class TestContactsByAssistant(AssistantMixin, ContactCase):
    def test_contacts_are_previewed_left_out_and_carried_out(self):
        self.partner("Zoé Le Goff")
        left = self.partner("Paul")
        assistant = self.assistant(agenda=False, contacts=True)
        assistant.action_start()
        self.follow(assistant)
        self.assertEqual(
            sorted(assistant.line_ids.mapped("name")), ["Paul", "Zoé Le Goff"]
        )
        assistant.line_ids.filtered(lambda x: x.name == "Paul").take = False
        assistant.action_apply()
        run = self.follow(assistant)
        self.assertEqual((run.state, run.scope), ("done", "contacts"), run.message)
        self.assertEqual(len(self.in_google()), 1)
        self.assertFalse(self.link_of(left).resource_name)
        self.sync()
        self.assertEqual(len(self.in_google()), 2)

    def test_a_comment_of_google_left_out_waits(self):
        zoe = self.partner("Zoé Le Goff")
        self.sync()
        name = self.link_of(zoe).resource_name
        self.google_page.edit(name, {"biographies": [{"value": "De Google"}]})
        other = self.partner("Paul")
        assistant = self.assistant(agenda=False, contacts=True)
        assistant.action_start()
        self.follow(assistant)
        assistant.line_ids.filtered(lambda x: x.side == "odoo").take = False
        assistant.action_apply()
        self.follow(assistant)
        self.assertFalse(zoe.comment)
        self.assertTrue(self.link_of(other).resource_name)
        self.sync()
        self.assertIn("De Google", zoe.comment)


@tagged("post_install", "-at_install")
class TestAssistantTours(GoogleSyncHttpCase):
    """In the browser, in both languages."""

    def setUp(self):
        super().setUp()
        # One step of the engine in each question of the page.
        self.startPatcher(patch.object(run_followed, "SLICE_SHOWN", 1e-6))
        self.account = self.connect(self.ada)
        self.person = self.world.person("ada@gmail.com")
        for event in self.person.list(showDeleted=False):
            self.person.delete(event["id"])

    def in_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"]._load_module_terms(["google_sync"], ["fr_FR"])
        self.ada.lang = "fr_FR"

    def events(self, number):
        self.env["calendar.event"].with_user(self.ada).create(
            [
                {
                    "name": f"Rendez-vous {index}",
                    "start": f"{self.day(index)} 10:00:00",
                    "stop": f"{self.day(index)} 11:00:00",
                    "partner_ids": [Command.set(self.ada.partner_id.ids)],
                }
                for index in range(number)
            ]
        )

    def day(self, index):
        start = self.env.cr.now().date()
        return start.replace(day=1).isoformat()[:8] + f"{index % 28 + 1:02}"

    def walk(self, tour):
        # The form of Odoo's own calendar takes its time on two cores.
        self.start_tour("/odoo/google-sync-assistant", tour, login="ada", timeout=180)

    def check_plan_carried_out(self):
        self.events(3)
        self.walk("google_sync_assistant")
        names = [x["summary"] for x in self.person.list(showDeleted=False)]
        self.assertEqual(sorted(names), ["Rendez-vous 0", "Rendez-vous 2"])

    def test_preview_leave_one_out_apply(self):
        self.check_plan_carried_out()

    def test_preview_leave_one_out_apply_in_french(self):
        self.in_french()
        self.check_plan_carried_out()

    def check_stopped(self):
        """Google asks for patience: the run waits, and is stopped."""
        self.events(120)
        self.world.faults.add(
            "calendar.events.*", "rate_limit", skip=60, times=500, retry_after=120
        )
        self.addCleanup(self.world.faults.clear)
        self.walk("google_sync_assistant_stop")
        self.assertEqual(self.account.last_run_id.state, "stopped")
        self.assertTrue(self.account.last_run_id.line_ids)

    def test_stop_a_long_run(self):
        self.check_stopped()

    def test_stop_a_long_run_in_french(self):
        self.in_french()
        self.check_stopped()
