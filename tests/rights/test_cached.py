"""What more rights have read before, in the same request, tells nobody more."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .case import EYES
from .test_forms import TrustCase

DIALOGUES = {
    "google.sync.reset": {"what": "account"},
    "google.sync.owner.link": {},
    "google.sync.test": {},
    "google.sync.manual.connection": {},
    "google.sync.contact.removal": {"count": 1},
}


@tagged("post_install", "-at_install")
class TestCached(TrustCase):
    def setUp(self):
        super().setUp()
        self.event("Zuccini", privacy="private")
        self.event("Zuccini offen")
        self.sync(scope="events")

    def warm(self):
        """Everything of the account, as the server reads it."""
        self.env.flush_all()
        self.env.invalidate_all()
        account = self.account.sudo()
        for rows in (account, account.calendar_ids, account.run_ids):
            rows.read()
        account.run_ids.line_ids.read()
        account.contact_link_ids.read()
        account.delegate_ids.read()

    def lose(self, role):
        """The right that a role has on Ada's account."""
        user = self.users[role].sudo()
        user.group_ids = [Command.set(self.env.ref("base.group_user").ids)]
        self.account.sudo().delegate_ids.unlink()

    def test_a_delegate_reads_the_own_right_alone(self):
        spec = {"delegate_ids": {"fields": {"user_id": {}}}}
        for role in EYES:
            accounts = self.as_role(role, "google.sync.account")
            mine = accounts.browse(self.account.id)
            own = self.env["google.sync.delegate"].search(
                [("user_id", "=", mine.env.uid), ("account_id", "=", self.account.id)]
            )
            self.assertEqual(len(own), 1)
            self.warm()
            with self.subTest(role):
                self.assertEqual(
                    mine.read(["delegate_ids"])[0]["delegate_ids"], own.ids
                )
                shown = mine.web_read(spec)[0]["delegate_ids"]
                self.assertEqual([row["id"] for row in shown], own.ids)
                found = mine.search_read([("id", "=", mine.id)], ["delegate_ids"])
                self.assertEqual(found[0]["delegate_ids"], own.ids)
        owner = self.account.with_user(self.ada).sudo(False)
        self.assertGreater(len(owner.read(["delegate_ids"])[0]["delegate_ids"]), 1)

    def test_a_dialogue_outlives_no_right(self):
        mine = {"account_id": self.account.id}
        opened = {}
        for model, more in DIALOGUES.items():
            rows = self.as_role("manager", model)
            opened[model] = rows.browse(rows.sudo().create({**mine, **more}).ids)
            opened[model].sudo().flush_recordset()
            self.env.cr.execute(
                f'UPDATE "{rows._table}" SET create_uid = %s', [rows.env.uid]
            )
        self.lose("manager")
        for model, dialogue in opened.items():
            names = [x for x, field in dialogue._fields.items() if field.groups != "."]
            for name in names:
                self.warm()
                with self.subTest(model, field=name):
                    self.assertRaises(AccessError, dialogue.read, [name])
            self.warm()
            with self.subTest(model), self.assertRaises(AccessError):
                dialogue.web_read({name: {} for name in names})

    def test_an_assistant_s_lines_outlive_no_right(self):
        plan = self.account.run_sync(scope="events", mode="full")
        assistants = self.as_role("agenda", "google.sync.assistant")
        assistant = assistants.create({"account_ids": [Command.set(self.account.ids)]})
        line = self.env["google.sync.assistant.line"].create(
            {
                "assistant_id": assistant.id,
                "line_id": (plan.line_ids or self.account.run_ids.line_ids)[:1].id,
            }
        )
        line.flush_recordset()
        self.env.cr.execute(
            "UPDATE google_sync_assistant_line SET create_uid = %s WHERE id = %s",
            [assistant.env.uid, line.id],
        )
        mine = line.with_user(self.users["agenda"]).sudo(False)
        line.invalidate_recordset()
        self.assertTrue(mine.read(["name"]))
        self.lose("agenda")
        for name in ("name", "before_display", "after_display", "action", "user_id"):
            self.warm()
            with self.subTest(name), self.assertRaises(AccessError):
                mine.read([name])
        self.warm()
        told = str(assistant.web_read({"summary": {}, "run_ids": {}, "plan_ids": {}}))
        self.assertKept(told)

    def test_the_tab_and_the_panels(self):
        spec = {x: {} for x in self.env["res.users"]._fields if "google_sync" in x}
        del spec["google_sync_account_ids"]
        partner = self.env["res.partner"].search([("name", "=", "Zuccini")])
        secret = self.env["calendar.event"].search([("name", "=", "Zuccini")])
        for role in ("stranger", "chief", "portal", "visible"):
            for call in (
                lambda me: self.ada.with_user(me).sudo(False).web_read(spec),
                lambda me: me.onchange({}, [], spec),
                lambda me: secret.with_user(me).sudo(False).google_sync_why(),
                lambda me: secret.with_user(me).sudo(False).read(["google_sync_sign"]),
                lambda me: partner.with_user(me).sudo(False).google_sync_why()["parts"],
            ):
                me = self.users[role].with_user(self.users[role]).sudo(False)
                with self.subTest(role):
                    # A delegate sees the account.
                    seen = ("Hospital", "Said to Ada", "ada@gmail.com")
                    allowed = seen if role == "visible" else ()
                    self.assertKept(self.warm_answer(call, me), *allowed)

    def warm_answer(self, call, *args):
        self.warm()
        try:
            return str(call(*args))
        except (AccessError, UserError):
            return ""

    def test_a_colleague_s_right_is_no_door_to_the_others(self):
        run = self.account.sudo().run_ids[:1].with_user(self.users["agenda"])
        named = {"delegate_ids": {"fields": {"user_id": {"fields": {"login": {}}}}}}
        told = self.warm_answer(
            run.sudo(False).web_read, {"may_apply": {}, "account_id": {"fields": named}}
        )
        self.assertNotIn("vera", told)

    def test_a_right_is_not_found_by_its_number_either(self):
        """Another delegate's: a delegate is told of the own row alone."""
        rows = self.account.sudo().delegate_ids
        for role in EYES:
            mine = rows.filtered(lambda row, role=role: row.user_id == self.users[role])
            other = rows - mine
            accounts = self.as_role(role, "google.sync.account")
            calendars = self.as_role(role, "google.sync.calendar")
            for row, told in ((mine, True), (other, False)):
                for operator, value in (("=", row.id), ("in", row.ids)):
                    found = accounts.search([("delegate_ids", operator, value)])
                    self.assertEqual(bool(found), told, (role, operator))
                    path = [("account_id.delegate_ids", operator, value)]
                    self.assertEqual(bool(calendars.search(path)), told)
                for operator, value in (("!=", row.id), ("not in", row.ids)):
                    found = accounts.search([("delegate_ids", operator, value)])
                    self.assertEqual(bool(found), not told, (role, operator))
            self.assertTrue(accounts.search([("delegate_ids", "!=", False)]))
            self.assertFalse(accounts.search([("delegate_ids", "=", False)]))
