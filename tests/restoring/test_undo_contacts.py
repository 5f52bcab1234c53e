"""What a run did to contacts is undone: on the list, in Google, with their photos."""

import base64

from odoo.tests import tagged

from ..contact_case import ContactCase
from .undo_case import Undoes


@tagged("post_install", "-at_install")
class TestUndoContacts(Undoes, ContactCase):
    def listed(self):
        return self.links().filtered("listed").partner_id.sorted("name").mapped("name")

    def test_created_and_paired_contacts_are_taken_back(self):
        own = {"phoneNumbers": [{"value": "0600000000", "type": "mobile"}]}
        there = self.google_contact("Jeannot", "jean@example.com", **own)
        name = there["resourceName"]
        mine = base64.b64decode(self.picture("blue"))
        self.google_page.photo(name, mine)
        self.sync()
        self.partner("Zoé Le Goff", image_1920=self.picture())
        self.partner(
            "Jean Dupont",
            email="jean@example.com",
            function="Chef",
            image_1920=self.picture("green"),
        )
        run = self.sync()
        self.assertEqual(len(self.in_google()), 2)
        page = self.look(run)
        self.assertEqual(len(self.in_google()), 2)
        self.assertEqual(self.deeds(page), [("google", "delete"), ("google", "part")])
        undo = self.carry_out(page)
        self.assertEqual(undo.state, "done", undo.message)
        (left,) = self.in_google().values()
        self.assertEqual(left["names"][0]["unstructuredName"], "Jeannot")
        self.assertFalse(left.get("organizations"))
        self.assertEqual(self.listed(), [])
        for options in ({}, {"mode": "full"}):
            self.assertFalse(self.sync(**options).line_ids)
        again = self.undo(undo)
        self.assertEqual(again.state, "done", again.message)
        self.sync()
        self.assertEqual(self.listed(), ["Jean Dupont", "Zoé Le Goff"])
        self.assertEqual(len(self.in_google()), 2)

    def test_a_manager_leaves_contacts_to_their_owner(self):
        self.partner()
        run = self.sync()
        boss = self.make_user("boss")
        boss.group_ids |= self.env.ref("google_sync.group_manager")
        run.with_user(boss).action_undo()
        undo = self.account.sudo().run_ids.filtered("undoes_id")[:1]
        self.assertEqual(undo.scope, "events")
