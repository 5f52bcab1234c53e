"""The overview: everybody, with or without an account, and what is to be done next."""

import os
from unittest.mock import patch

from odoo.tests import tagged

from ..common import GoogleSyncCase


@tagged("post_install", "-at_install")
class TestPersons(GoogleSyncCase):
    def setUp(self):
        super().setUp()
        self.boss = self.make_user("root", groups="base.group_system")
        self.bob = self.make_user("bob")

    def persons(self, reader):
        return self.env["google.sync.person"].with_user(reader)

    def person(self, user, reader=None):
        return self.persons(reader or self.boss).browse(user.id)

    def overview(self, reader):
        action = self.env.ref("google_sync.google_sync_account_action_overview")
        return self.env[action.res_model].with_user(reader).search([])

    def test_the_overview_lists_everybody(self):
        listed = self.overview(self.boss).user_id
        self.assertLessEqual(self.ada | self.bob | self.boss, listed)

    def test_standing_is_searched_as_it_is_shown(self):
        self.account.sudo().events_trouble = "failed"
        everybody = self.persons(self.boss).search([])
        self.assertEqual(self.person(self.ada).standing, "trouble")
        self.assertEqual(self.person(self.bob).standing, "none")
        for name, _label in self.persons(self.boss)._standings():
            found = everybody.search([("standing", "=", name)])
            shown = everybody.filtered(
                lambda person, name=name: person.standing == name
            )
            self.assertEqual(found, shown, name)
        known = everybody.search([("standing", "in", ["none", "trouble"])])
        self.assertLessEqual(self.ada | self.bob, known.user_id)

    def test_next_step_is_the_reader_s(self):
        self.assertFalse(self.person(self.ada).next_step)
        self.assertEqual(self.person(self.bob).next_step, "invite")
        self.assertEqual(self.person(self.boss).next_step, "connect")
        self.env["google.sync.account"].sudo()._of_user(self.bob)._claim_invitation()
        self.env.invalidate_all()
        self.assertFalse(self.person(self.bob).next_step)
        manager = self.make_user("manager")
        manager.group_ids |= self.env.ref("google_sync.group_manager")
        carl = self.make_user("carl")
        self.assertFalse(self.person(carl, manager).next_step)
        self.assertEqual(self.person(manager, manager).next_step, "connect")

    def test_first_of_all_the_application(self):
        with patch.dict(os.environ, {"GOOGLE_SYNC_CLIENT_ID": ""}):
            self.assertEqual(self.person(self.boss).next_step, "setup")
            self.assertFalse(self.person(self.bob).next_step)

    def test_from_a_card_to_what_went_wrong(self):
        person = self.person(self.ada)
        for action in (person.action_view_errors(), person.action_view_usage()):
            found = self.env[action["res_model"]].search(action["domain"])
            self.assertLessEqual(found.account_id, self.account)
