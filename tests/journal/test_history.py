"""The journal over time: history of a record, forgetting, figures."""

import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from ..contact_case import ContactCase
from ..sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestHistory(SyncCase):
    def history(self, record, user=None):
        action = record.with_user(user or self.ada).action_google_sync_history()
        lines = self.env[action["res_model"]].with_user(user or self.ada)
        return lines.search(action["domain"])

    def test_everything_that_was_done_to_an_event(self):
        event, other = self.event("Un"), self.event("Autre", 1)
        self.sync()
        event.with_user(self.ada).name = "Un bis"
        self.sync()
        self.person.patch(self.link_of(event).google_id, {"location": "Lyon"})
        self.sync()
        lines = self.history(event).sorted("id")
        self.assertEqual(
            [(line.side, line.action) for line in lines],
            [("google", "create"), ("google", "update"), ("odoo", "update")],
        )
        self.assertEqual(len(self.history(other)), 1)

    def test_a_history_is_for_who_may_see_the_journal(self):
        event = self.event("Docteur", privacy="private")
        self.sync()
        bob = self.make_user("bob")
        self.assertFalse(self.history(event, bob))
        self.env["google.sync.delegate"].create(
            {"account_id": self.account.id, "user_id": bob.id, "visible": True}
        )
        line = self.history(event, bob)
        self.assertEqual(line.name, "Private")
        self.assertNotIn("Docteur", str(line.read()))
        pia = new_test_user(self.env, "pia", groups="base.group_portal")
        with self.assertRaises(AccessError):
            event.with_user(pia).action_google_sync_history()

    def test_what_was_deleted_and_came_back_is_one_history(self):
        event = self.event("Un")
        self.sync()
        self.person.delete(self.link_of(event).google_id)
        self.sync()
        line = self.account.last_run_id.line_ids
        line.with_user(self.ada).action_restore()
        back = self.agenda()
        self.sync()
        self.assertIn(("odoo", "delete"), self.done(back))
        self.assertIn(("google", "create"), self.done(back))

    def done(self, event):
        return {(line.side, line.action) for line in self.history(event)}

    def test_what_becomes_private_is_told_to_the_owner_only(self):
        event = self.event("Ouvert")
        self.sync()
        self.person.patch(
            self.link_of(event).google_id,
            {"visibility": "private", "summary": "Docteur"},
        )
        run = self.sync()
        manager = self.make_user(
            "max", groups="base.group_user,google_sync.group_manager"
        )
        self.assertNotIn("Docteur", str(run.line_ids.with_user(manager).read()))
        self.assertIn("Docteur", str(run.line_ids.with_user(self.ada).read()))


@tagged("post_install", "-at_install")
class TestContactHistory(ContactCase):
    def test_of_a_contact_for_its_owner_never_for_a_delegate(self):
        zoe = self.partner("Zoé Le Goff")
        self.sync()
        action = zoe.action_google_sync_history()
        lines = self.env["google.sync.run.line"].with_user(self.ada)
        self.assertEqual(lines.search(action["domain"]).action, "create")
        bob = self.make_user("bob")
        self.env["google.sync.delegate"].create(
            {"account_id": self.account.id, "user_id": bob.id, "agenda": True}
        )
        self.assertFalse(lines.with_user(bob).search(action["domain"]))


@tagged("post_install", "-at_install")
class TestRetention(SyncCase):
    def old_run(self, days, **line):
        run = self.env["google.sync.run"].create(
            {
                "account_id": self.account.id,
                "state": "done",
                "started_at": fields.Datetime.now() - timedelta(days=days),
            }
        )
        if line:
            self.env["google.sync.run.line"].create(
                {"run_id": run.id, "action": "conflict", "name": "x", **line}
            )
        return run

    def keep(self, days):
        settings = self.env["res.config.settings"].create(
            {"google_sync_journal_days": days}
        )
        settings.execute()

    def vacuum(self):
        for name in ("run", "decision", "usage"):
            self.env[f"google.sync.{name}"]._gc_old()

    def test_ninety_days_unless_the_administrator_says_otherwise(self):
        old, recent = self.old_run(91), self.old_run(89)
        self.vacuum()
        self.assertFalse(old.exists())
        self.assertTrue(recent.exists())
        self.keep(30)
        newer = self.old_run(29)
        self.vacuum()
        self.assertFalse(recent.exists())
        self.assertTrue(newer.exists())

    def test_nonsense_does_not_empty_the_journal(self):
        run = self.old_run(10)
        with self.assertRaises(ValidationError):
            self.keep(0)
        params = self.env["ir.config_parameter"].sudo()
        for text in ("0", "-1", "soon", ""):
            params.set_param("google_sync.journal_days", text)
            self.vacuum()
            self.assertTrue(run.exists(), text)

    def decision(self, state, days, **values):
        decision = self.env["google.sync.decision"].create(
            {
                "account_id": self.account.id,
                "calendar_id": self.calendar.id,
                "kind": "conflict",
                "key": f"{state}{days}",
                "state": state,
                **values,
            }
        )
        then = fields.Datetime.now() - timedelta(days=days)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE google_sync_decision SET create_date = %s, write_date = %s"
            " WHERE id = %s",
            [then, then, decision.id],
        )
        decision.invalidate_recordset()
        return decision

    def test_what_waits_for_an_answer_is_kept_with_its_lines(self):
        asked = self.old_run(200, google_id="waits")
        told = self.old_run(200, google_id="other")
        waits = self.decision("open", 200, google_id="waits")
        answered = self.decision("answered", 200, answer="keep")
        fresh = self.decision("answered", 10, answer="keep")
        self.vacuum()
        self.assertTrue(asked.exists())
        self.assertFalse(told.exists())
        self.assertTrue(waits.exists())
        self.assertFalse(answered.exists())
        self.assertTrue(fresh.exists())


@tagged("post_install", "-at_install")
class TestOverview(SyncCase):
    def test_standing_is_searched_as_it_is_shown(self):
        account = self.account.sudo()
        old = fields.Datetime.now() - timedelta(days=2)
        self.sync()
        good = account.last_run_id
        cases = (
            ("well", {}),
            ("late", {"last_success_at": old}),
            ("late", {"last_success_at": False}),
            ("well", {"last_success_at": False, "contacts_synced_at": good.started_at}),
            ("late", {"last_success_at": False, "contacts_synced_at": old}),
            ("trouble", {"events_trouble": "failed"}),
            ("waits", {"events_trouble": "waiting"}),
            ("trouble", {"state": "to_reconnect"}),
            ("trouble", {"state": "error", "last_success_at": False}),
            ("off", {"state": "off"}),
        )
        usual = {
            "state": "connected",
            "last_success_at": good.started_at,
            "contacts_synced_at": False,
            "events_trouble": False,
        }
        for wanted, values in cases:
            account.write({**usual, **values})
            with self.subTest(wanted, **values):
                self.assertEqual(account.standing, wanted)
                for name, _label in account._fields["standing"].selection:
                    found = account.search([("standing", "=", name)])
                    self.assertEqual(account in found, name == wanted, name)

    def test_figures_for_a_manager_without_content(self):
        manager = self.make_user(
            "max", groups="base.group_user,google_sync.group_manager"
        )
        self.account.conflict_policy = "ask"
        secret = self.event("Docteur", privacy="private")
        self.sync()
        secret.with_user(self.ada).name = "Docteur A"
        self.person.patch(self.link_of(secret).google_id, {"summary": "Docteur B"})
        self.sync("partial")
        self.link_of(secret).problem = "forbidden"
        shown = self.account.with_user(manager)
        self.assertEqual(shown.decision_count, 1)
        self.assertEqual(shown.problem_count, 1)
        self.assertTrue(shown.success_age)
        self.assertNotIn("Docteur", str(shown.read()))

    def test_requests_are_counted_also_where_nothing_is_left_in_the_journal(self):
        self.sync()
        usage = self.env["google.sync.usage"]
        mine = [("account_id", "=", self.account.id)]
        before = usage.search(mine).requests
        self.assertEqual(before, self.account.last_run_id.requests)
        self.account.sudo().next_pull_at = False
        self.env.ref("google_sync.ir_cron_synchronise").method_direct_trigger()
        self.env.invalidate_all()
        rows = usage.search(mine)
        self.assertEqual(len(rows), 1)
        self.assertEqual(rows.requests, before + 1)
        self.assertEqual(self.account.requests_today, before + 1)

    def test_graphs_and_pivots_group_by_what_they_show(self):
        self.event("Un")
        self.sync()
        lines = self.env["google.sync.run.line"].with_user(self.ada)
        runs = self.env["google.sync.run"].with_user(self.ada)
        for model, groups in (
            (lines, ("started_at:day", "user_id", "action", "side", "reason")),
            (runs, ("started_at:day", "user_id", "mode", "trigger", "state")),
        ):
            for group in groups:
                with self.subTest(model._name, group=group):
                    found = model.formatted_read_group([], [group], ["__count"])
                    self.assertTrue(found)

    def test_a_line_shows_its_values_to_its_owner(self):
        event = self.event("Un")
        self.sync()
        event.with_user(self.ada).name = "Deux"
        run = self.sync()
        line = run.line_ids.with_user(self.ada)
        self.assertEqual(json.loads(line.sudo().before), {"title": "Un"})
        self.assertIn("Un", line.before_display)
        self.assertEqual(line.action_open_run()["res_id"], run.id)
