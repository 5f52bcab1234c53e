"""Whose Google account it is: one user, a verified address, a reset of one's own."""

from dataclasses import replace
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...google_api import oauth
from ...models.agenda.store.orm import OrmStore
from ...sync.events.links import LinkState
from ..sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestWhoseGoogle(SyncCase):
    def grant_of(self, user, **changes):
        """What Google says of a consent of this user's, with some of it changed."""
        account = self.account_of(user)
        answer = self.consent(account._start_consent())
        taken = self.env["google.sync.consent"].sudo()._take(answer["state"])
        grant, calendars, trouble = account._fetch_grant(taken, answer["code"])
        told = oauth.Grant(**{**vars(grant), **changes})
        return account, (taken, told, calendars, trouble)

    def test_one_google_account_is_of_one_user(self):
        bob = self.make_user("bob")
        sub = self.account.sudo().google_sub
        account, answer = self.grant_of(bob, sub=sub)
        with self.assertRaisesRegex(UserError, "the one of ada"):
            account._accept_consent(*answer)
        self.assertEqual(account.state, "off")
        self.assertFalse(self.token_of(account))

    def test_an_address_that_google_does_not_vouch_for_connects_nothing(self):
        account, answer = self.grant_of(self.make_user("bob"), verified=False)
        with self.assertRaisesRegex(UserError, "not verified"):
            account._accept_consent(*answer)
        self.assertEqual(account.state, "off")

    def test_a_users_own_address_beats_a_google_account(self):
        """Eve's Google account carries Ada's Odoo address: Ada is invited, not Eve."""
        self.ada.sudo().email = "boss@example.com"
        eve = self.make_user("eve")
        self.connect(eve)
        self.account_of(eve).sudo().google_email = "boss@example.com"
        store = self.store_of(self.account)
        found = store._users_at({"boss@example.com"})
        self.assertEqual(found["boss@example.com"], self.ada.partner_id)

    def test_a_colleagues_address_in_ones_own_preferences_wins_nothing(self):
        eve = self.make_user("eve")
        self.ada.sudo().email = "ada@gmail.com"
        eve.with_user(eve).write({"email": "ada@gmail.com"})
        found = self.store_of(self.account)._users_at({"ada@gmail.com"})
        self.assertEqual(found["ada@gmail.com"], self.ada.partner_id)

    def store_of(self, account):
        account = account.sudo()
        window = account._google_sync_window()
        run = self.env["google.sync.run"].sudo()
        return OrmStore(account, account.calendar_id, run, window, lambda: None)

    def test_a_reset_deletes_nothing_that_another_account_links(self):
        """Two users with one Google account, from a database of before."""
        shared, own = self.event("Partagé"), self.event("Seul", 1)
        self.sync()
        bob = self.account_of(self.make_user("bob")).sudo()
        calendar = bob.calendar_ids.create(
            {"account_id": bob.id, "google_id": "x", "name": "x"}
        )
        self.env["google.sync.event.link"].sudo().create(
            {
                "calendar_id": calendar.id,
                "google_id": self.link_of(shared).google_id,
                "state": "linked",
            }
        )
        google_ids = {self.link_of(shared).google_id, self.link_of(own).google_id}
        self.account.reset("account", delete_in_google=True)
        left = google_ids & self.in_google().keys()
        self.assertEqual(len(left), 1)

    def test_archiving_revokes_where_an_administrator_wants_it(self):
        token = self.account.sudo()._tokens().refresh_token
        parameter = "google_sync.revoke_archived"
        self.env["ir.config_parameter"].sudo().set_param(parameter, "True")
        with patch.object(self.env.cr, "postcommit", self.env.cr.precommit):
            self.ada.active = False
            self.env.cr.precommit.run()
        self.assertFalse(self.is_granted(token))

    def test_archiving_leaves_the_grant_to_others_without_it(self):
        token = self.account.sudo()._tokens().refresh_token
        self.ada.active = False
        self.assertTrue(self.is_granted(token))


@tagged("post_install", "-at_install")
class TestWordsOfOthers(SyncCase):
    """Medium 9: the reason for all, the words for the owner."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        boss = "base.group_user,google_sync.group_manager"
        cls.max = cls.make_user("max", groups=boss)
        cls.vera = cls.make_user("vera")
        cls.env["google.sync.delegate"].create(
            {"account_id": cls.account.id, "user_id": cls.vera.id, "agenda": True}
        )

    def setUp(self):
        super().setUp()
        self.secret = self.event("Docteur", privacy="private")
        self.sync()
        self.link = self.link_of(self.secret).sudo()
        self.refuse("Docteur is refused by another addon")

    def refuse(self, words):
        row = replace(self.link._to_link(), state=LinkState.QUARANTINED, problem=words)
        self.link.write(self.link._from_link(row))
        self.assertEqual(self.link._to_link().problem, words)

    def test_the_words_of_a_link(self):
        read = str(self.link.with_user(self.max).sudo(False).read())
        self.assertNotIn("Docteur", read)
        self.assertIn("'problem': 'odoo'", read)

    def test_the_why_panel(self):
        for user in (self.max, self.vera):
            told = str(self.secret.with_user(user).sudo(False).google_sync_why())
            self.assertNotIn("Docteur", told)
        own = str(self.secret.with_user(self.ada).sudo(False).google_sync_why())
        self.assertIn("Docteur is refused", own)

    def test_nobody_groups_or_searches_by_what_a_link_leads_to(self):
        for user in (self.max, self.env.ref("base.user_admin")):
            links = self.env["google.sync.event.link"].with_user(user).sudo(False)
            mine = [("account_id", "=", self.account.id)]
            for groupby in ("event_id", "event_id.name"):
                with self.subTest(user.login, groupby=groupby):
                    told = str(links.formatted_read_group(mine, [groupby], ["__count"]))
                    self.assertNotIn("Docteur", told)
            for domain in (
                [("event_id.name", "=like", "Doc%")],
                [("event_id", "ilike", "Docteur")],
                [("event_id", "any", [("name", "=", "Docteur")])],
            ):
                with self.subTest(user.login, domain=domain):
                    self.assertFalse(links.search(mine + domain))
            self.assertTrue(links.search([("event_id", "=", self.secret.id)]))
        links = self.env["google.sync.event.link"].with_user(self.ada).sudo(False)
        self.assertTrue(links.search([("event_id.name", "=", "Docteur")]))

    def test_nobody_groups_by_several_sets_at_once_either(self):
        """The web client's other door, and paths that come in from other models."""
        question = self.env["google.sync.decision"].create(
            {
                "account_id": self.account.id,
                "kind": "adoption",
                "key": "which",
                "name": "Which",
                "candidate_ids": [Command.set(self.secret.ids)],
                "event_id": self.secret.id,
                "field_ids": [Command.create({"field": "title"})],
            }
        )
        by_path = (
            ("google.sync.event.link", "event_id.name"),
            ("google.sync.event.link", "event_id"),
            ("google.sync.event.link", "parent_id.event_id.name"),
            ("google.sync.decision", "event_id.name"),
            ("google.sync.decision.field", "decision_id.event_id.name"),
        )
        for name, path in by_path:
            model = self.env[name].with_user(self.max).sudo(False)
            sets = model.formatted_read_grouping_sets([], [[path]], ["__count"])
            one = model.formatted_read_group([], [path], ["__count"])
            with self.subTest(name, path=path):
                self.assertNotIn("Docteur", str(sets) + str(one))
        fields = self.env["google.sync.decision.field"].with_user(self.ada).sudo(False)
        path = "decision_id.event_id.name"
        self.assertIn("Docteur", str(fields.formatted_read_group([], [path])))
        self.assertTrue(question.with_user(self.max).sudo(False).has_access("read"))

    def test_a_plan_with_contacts_is_not_a_delegates_to_use_up(self):
        self.account.sudo().sync_contacts = True
        partner = self.env["res.partner"].create({"name": "Z", "email": "z@x.com"})
        partner.with_user(self.ada).action_google_sync_choose()
        self.event("Neu", 3)
        plan = self.sync("planned", mode="preview")
        theirs = plan.with_user(self.vera).sudo(False)
        self.assertFalse(theirs.may_apply)
        with self.assertRaisesRegex(AccessError, "holds contacts"):
            theirs.action_apply_plan()
        self.assertEqual(plan.state, "planned")
        self.assertFalse(any(plan.line_ids.mapped("left_out")))
        self.assertTrue(plan.with_user(self.ada).may_apply)
