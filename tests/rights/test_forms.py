"""The audit's attacks, and others of their kinds: who names whose account."""

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..sync_case import SyncCase

#: A row that lacks something is none, either.
REFUSALS = (AccessError, UserError, MissingError, ValueError, IntegrityError)


class TrustCase(SyncCase):
    """Ada's account, with words in it that nobody else may get to know."""

    SECRETS = ("ada@gmail.com", "Zuccini", "Said to Ada", "Hospital")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        boss = "base.group_user,google_sync.group_manager"
        other = cls.env["res.company"].create({"name": "Elsewhere"})
        away = {"company_id": other.id, "company_ids": [Command.set(other.ids)]}
        cls.users = {
            "stranger": cls.make_user("bob"),
            "visible": cls.make_user("vera"),
            "agenda": cls.make_user("alan"),
            "manager": cls.make_user("max", groups=boss),
            "chief": cls.make_user("chief", groups=boss, **away),
            "portal": new_test_user(cls.env, "pia", groups="base.group_portal"),
        }
        account = cls.account.sudo()
        account.sync_contacts = True
        account.last_message = "Said to Ada"
        account.calendar_id.name = "Hospital"
        for role in ("visible", "agenda"):
            account.delegate_ids.create(
                {
                    "account_id": account.id,
                    "user_id": cls.users[role].id,
                    "visible": role == "visible",
                    "agenda": role == "agenda",
                }
            )
        partner = cls.env["res.partner"].create(
            {"name": "Zuccini", "email": "z@x.com", "user_id": cls.ada.id}
        )
        partner.with_user(cls.ada).action_google_sync_choose()

    def as_role(self, role, model):
        return self.env[model].with_user(self.users[role]).sudo(False)

    def answer_to(self, call, *args):
        """What comes back over RPC, as text; a refusal is one, too."""
        self.env.flush_all()
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint():
                return str(call(*args))
        except REFUSALS as refusal:
            return str(refusal)

    def assertKept(self, told, *allowed):
        for secret in self.SECRETS:
            if secret not in allowed:
                self.assertNotIn(secret, told)


@tagged("post_install", "-at_install")
class TestWhereDataGo(TrustCase):
    """High 1: only the owner says whose Google it is, and which calendar."""

    def test_a_manager_names_no_google_account(self):
        account = self.account.with_user(self.users["manager"])
        calendar = self.calendar_of_a_friend()
        for vals in (
            {"google_login": "max@gmail.com"},
            {"calendar_id": calendar.id},
            {"calendar_name": calendar.name},
            {"calendar_id": False},
        ):
            with self.subTest(vals), self.assertRaisesRegex(AccessError, "Only"):
                account.write(vals)
        accounts = self.as_role("manager", "google.sync.account")
        vals = {"user_id": self.users["stranger"].id, "google_login": "max@gmail.com"}
        with self.assertRaisesRegex(AccessError, "Only"):
            accounts.create(vals)

    def test_an_administrator_names_none_through_the_users_page_either(self):
        root = self.make_user("root", groups="base.group_system")
        ada = self.ada.with_user(root)
        with self.assertRaisesRegex(AccessError, "Only"):
            ada.write({"google_sync_login": "root@gmail.com"})
        with self.assertRaisesRegex(AccessError, "Only"):
            ada.write({"google_sync_calendar_id": self.calendar_of_a_friend().id})
        ada.write({"google_sync_months_after": 4})
        self.assertEqual(self.account.months_after, 4)

    def calendar_of_a_friend(self):
        """Shared with Ada by whoever would like to read her agenda."""
        return self.env["google.sync.calendar"].create(
            {
                "account_id": self.account.id,
                "google_id": "friend@group.calendar.google.com",
                "name": "Friend",
                "access_role": "writer",
            }
        )

    def test_a_manager_prepares_options_and_sends_a_link(self):
        account = self.account.with_user(self.users["manager"])
        account.write({"months_after": 3, "sync_contacts": False})
        action = account.action_connect()
        self.assertEqual(action["res_model"], "google.sync.owner.link")
        dialogue = self.as_role("manager", action["res_model"]).browse(action["res_id"])
        path = f"/google_sync/connect?user_id={self.ada.id}"
        self.assertTrue(dialogue.url.endswith(path), dialogue.url)

    def test_the_link_leads_to_the_tab_where_google_leads_nowhere(self):
        base = self.env["ir.config_parameter"].sudo()
        base.set_param("web.base.url", "http://odoo.lan")
        account = self.account.with_user(self.users["manager"])
        action = account.action_connect()
        dialogue = self.as_role("manager", action["res_model"]).browse(action["res_id"])
        self.assertTrue(dialogue.url.endswith("/odoo/my-google-sync"), dialogue.url)

    def test_a_manager_completes_no_consent_that_was_begun_before(self):
        """Also one from before this rule: the answer is refused on its way back."""
        max_ = self.users["manager"]
        query = self.consent(self.account._start_consent())
        consents = self.env["google.sync.consent"].sudo()
        consents.search([]).started_by_id = max_
        taken = consents._take(query["state"])
        accounts = self.as_role("manager", "google.sync.account")
        with self.assertRaisesRegex(AccessError, "Only"):
            accounts._of_consent(taken)
        with self.assertRaisesRegex(AccessError, "Only"):
            self.account.with_user(max_)._accept_consent(taken, None, (), None)

    def test_after_a_managers_reset_the_owner_connects(self):
        max_ = self.users["manager"]
        self.account.with_user(max_)._check_may_manage()
        with self.assertRaisesRegex(AccessError, "Only"):
            self.account.with_user(max_)._start_consent()
        with self.assertRaisesRegex(AccessError, "Only"):
            self.account.with_user(max_).action_connect_manually()

    def test_nobody_has_an_account_who_is_no_internal_user(self):
        pia = self.users["portal"]
        with self.assertRaises(ValidationError):
            self.env["google.sync.account"].create({"user_id": pia.id})
        with self.assertRaises(AccessError):
            pia.with_user(pia).write({"google_sync_login": "pia@gmail.com"})
        accounts = self.env["google.sync.account"].sudo()
        self.assertFalse(accounts.search([("user_id", "=", pia.id)]))


@tagged("post_install", "-at_install")
class TestForms(TrustCase):
    """High 3: what a form says of another's account brings nothing out of it."""

    def mirrors(self):
        names = [
            x for x in self.env["res.users"]._fields if x.startswith("google_sync")
        ]
        spec = dict.fromkeys(names, {})
        spec["google_sync_account_id"] = {"fields": {"google_email": {}}}
        spec["google_sync_calendar_id"] = {"fields": {"display_name": {}}}
        del spec["google_sync_account_ids"]
        return spec

    def test_the_tab_of_another_account(self):
        named = {"google_sync_account_id": self.account.id}
        named_too = {**named, "google_sync_account_ids": [[4, self.account.id]]}
        one = {"google_sync_calendar_id": self.calendar.id}
        for role in ("stranger", "visible", "agenda", "chief", "portal"):
            users = self.as_role(role, "res.users")
            me = users.browse(users.env.uid)
            context = {f"default_{name}": x for name, x in {**named, **one}.items()}
            # A delegate may read the calendars; nothing of them is in the own tab.
            seen = ("Hospital",) if role in ("visible", "agenda") else ()
            for said in (named, named_too, one, {**named, **one}, {}):
                for user in (me, users, self.ada.with_user(me)):
                    for changed in ([], list(said)):
                        call = user.with_context(**context).onchange
                        told = self.answer_to(call, dict(said), changed, self.mirrors())
                        with self.subTest(role, said=said, changed=changed):
                            self.assertKept(told, *seen)
            for method, args in (
                ("web_search_read", ([("id", "=", self.ada.id)], self.mirrors())),
                ("search_read", ([("google_sync_login", "like", "ada")], ["name"])),
                ("web_save", ({**named, "email": "x@y.z"}, self.mirrors())),
                ("web_save", ({**one}, self.mirrors())),
            ):
                with self.subTest(role, method=method):
                    self.assertKept(self.answer_to(getattr(me, method), *args))

    def test_searching_by_what_the_tab_shows(self):
        for role in ("stranger", "visible", "chief", "portal"):
            users = self.as_role(role, "res.users")
            for domain in (
                [("google_sync_login", "=like", "ada%")],
                [("google_sync_account_id.google_email", "=like", "ada%")],
                [("google_sync_account_id", "any", [("google_login", "!=", False)])],
                [("google_sync_account_ids.google_email", "=like", "ada%")],
                [("google_sync_calendar_id.name", "=", "Hospital")],
            ):
                told = self.answer_to(lambda u=users, d=domain: u.search(d).ids)
                with self.subTest(role, domain=domain):
                    self.assertNotIn(str(self.ada.id), told.strip("[]").split(", "))

    @mute_logger("odoo.models.unlink", "odoo.sql_db")
    def test_every_form_of_ours_that_names_an_account(self):
        """Empty ones and saved ones, by what is typed, saved, or a default."""
        tried = 0
        for name, model in self.env.items():
            if not name.startswith("google.sync.") or model._abstract:
                continue
            pointers = {
                field: self.theirs(model._fields[field])
                for field in model._fields
                if model._fields[field].relational
            }
            said = {field: value for field, value in pointers.items() if value}
            if not said:
                continue
            spec = {
                field: {"fields": {"display_name": {}}}
                if model._fields[field].relational
                else {}
                for field in model._fields
                if model._fields[field].groups != "."
            }
            for role in ("stranger", "chief", "portal"):
                for told in self.told_by(role, model, said, spec):
                    tried += 1
                    with self.subTest(name, role=role):
                        self.assertKept(told)
        self.assertGreater(tried, 100)

    def theirs(self, field):
        """A value for a field that leads to something of Ada's, or False."""
        account = self.account.sudo()
        found = {
            "google.sync.account": account,
            "google.sync.calendar": account.calendar_id,
            "google.sync.contact.link": account.contact_link_ids,
            "google.sync.run": account.run_ids,
            "google.sync.run.line": account.run_ids.line_ids,
            "res.users": self.ada,
        }.get(field.comodel_name)
        if not found:
            return False
        many = field.type in ("one2many", "many2many")
        return [Command.set(found[:1].ids)] if many else found[:1].id

    def told_by(self, role, model, said, spec):
        mine = self.as_role(role, model._name)
        own = mine.env["google.sync.account"].sudo()
        own = own.search([("user_id", "=", mine.env.uid)])
        for names in [[name] for name in said]:
            values = {name: said[name] for name in names}
            context = {f"default_{name}": x for name, x in values.items()}
            for changed in ([], names):
                yield self.answer_to(mine.onchange, dict(values), changed, spec)
            yield self.answer_to(mine.with_context(**context).onchange, {}, [], spec)
            yield self.answer_to(mine.with_context(**context).default_get, list(spec))
            filled = {"name": "x", "what": "account", "key": "x", "google_id": "x"}
            filled = {k: x for k, x in filled.items() if k in model._fields}
            values = {**filled, **values}
            yield self.answer_to(mine.web_save, values, spec)
            if own and "account_id" in model._fields:
                mixed = {**values, "account_id": own.id}
                yield self.answer_to(mine.web_save, mixed, spec)

    def test_a_reset_names_the_calendar_of_its_account(self):
        bob = self.users["visible"]
        own = self.account_of(bob)
        resets = self.as_role("visible", "google.sync.reset")
        for values in (
            {"account_id": own.id, "what": "calendar", "calendar_id": self.calendar.id},
            {"account_id": self.account.id, "what": "account"},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                resets.create(values)
        reset = resets.create({"account_id": own.id, "what": "calendar"})
        for values in (
            {"calendar_id": self.calendar.id},
            {"account_id": self.account.id},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                reset.write(values)

    def test_an_account_is_not_tried_on_for_a_colleague(self):
        accounts = self.as_role("stranger", "google.sync.account")
        spec = {"neighbour_message": {}, "company_id": {}, "connect_way": {}}
        with self.assertRaises(AccessError):
            accounts.onchange({"user_id": self.ada.id}, ["user_id"], spec)

    def test_words_of_a_refusal_name_nobody(self):
        for role in ("stranger", "portal"):
            user = self.ada.with_user(self.users[role])
            for name in dir(type(user)):
                if name.startswith("action_google_sync") and "open" not in name:
                    told = self.answer_to(getattr(user, name))
                    with self.subTest(role, name=name):
                        self.assertKept(told)
                        self.assertNotIn(self.ada.name, told)
        accounts = self.env["google.sync.account"].sudo()
        for role in ("stranger", "portal"):
            bob = self.users[role]
            self.assertFalse(accounts.search([("user_id", "=", bob.id)]))


@tagged("post_install", "-at_install")
class TestOwnersEyes(TrustCase):
    """High 4: nobody searches with the owner's eyes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hidden = cls.env["res.partner"].create(
            {"name": "Hidden", "email": "hidden@x.com", "comment": "Ada alone"}
        )
        rule = {
            "name": "Hidden from all but Ada",
            "model_id": cls.env["ir.model"]._get("res.partner").id,
            "domain_force": "[('name', '!=', 'Hidden')] if user.login != 'ada' else []",
        }
        cls.env["ir.rule"].create(rule)
        cls.filter = "[('name', '=', 'Hidden'), ('comment', 'like', 'Ada%')]"

    def counted(self, role):
        rules = self.as_role(role, "google.sync.contact.rule")
        said = {"account_id": self.account.id, "domain": self.filter}
        return self.answer_to(rules.onchange, said, [], {"count": {}})

    def test_only_a_manager_counts_and_only_what_both_see(self):
        for role in ("stranger", "visible", "agenda", "chief", "portal"):
            with self.subTest(role):
                self.assertNotIn("'count':", self.counted(role))
        self.assertIn("'count': 0", self.counted("manager"))
        rules = self.env["google.sync.contact.rule"].with_user(self.ada)
        said = {"account_id": self.account.id, "domain": self.filter}
        self.assertEqual(rules.onchange(said, [], {"count": {}})["value"]["count"], 1)

    def test_a_managers_rule_takes_in_what_the_manager_sees(self):
        vals = {"account_id": self.account.id, "name": "All", "domain": self.filter}
        rule = self.as_role("manager", "google.sync.contact.rule").create(vals)
        links = self.account.sudo().contact_link_ids
        self.assertNotIn(self.hidden, links.partner_id)
        self.assertEqual(rule.editor_id, self.users["manager"])
        rule.with_user(self.ada).domain = self.filter
        self.assertIn(self.hidden, self.account.sudo().contact_link_ids.partner_id)
        self.assertEqual(rule.editor_id, self.ada)
