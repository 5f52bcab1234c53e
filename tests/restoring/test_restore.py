"""One line of the journal put back, on both sides."""

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestRestore(SyncCase):
    def line(self, action, side):
        domain = [("action", "=", action), ("side", "=", side)]
        return self.env["google.sync.run.line"].with_user(self.ada).search(domain)

    def test_event_deleted_by_google_comes_back_on_both_sides(self):
        event = self.event("Perdu", location="Paris", description="<p>texte</p>")
        self.sync()
        self.person.delete(self.link_of(event).google_id)
        self.sync()
        self.assertFalse(self.agenda())
        self.line("delete", "odoo").action_restore()
        self.sync()
        back = self.agenda()
        self.assertEqual((back.name, back.location), ("Perdu", "Paris"))
        (item,) = self.in_google().values()
        self.assertEqual(item["description"], "texte")
        self.assertFalse(self.line("delete", "odoo").restorable)
        self.assert_quiet()

    def test_event_deleted_in_odoo_comes_back(self):
        event = self.event("Perdu")
        self.sync()
        event.with_user(self.ada).unlink()
        self.sync()
        self.line("delete", "google").action_restore()
        self.sync()
        self.assertEqual(self.agenda().name, "Perdu")
        self.assertEqual(len(self.in_google()), 1)

    def test_overwritten_values_come_back_field_by_field(self):
        event = self.event("Avant", location="Paris")
        self.sync()
        self.person.patch(self.link_of(event).google_id, {"summary": "Après"})
        self.sync()
        event.with_user(self.ada).location = "Nice"
        self.sync()
        self.line("update", "odoo").action_restore()
        self.assertEqual((event.name, event.location), ("Avant", "Nice"))
        self.sync()
        self.assertEqual(self.google_of(event)["summary"], "Avant")

    def test_private_archive_is_for_its_owner(self):
        event = self.event("Médecin", privacy="private")
        self.sync()
        self.person.delete(self.link_of(event).google_id)
        self.sync()
        line = self.line("delete", "odoo")
        chief = self.make_user("chief", groups="google_sync.group_manager")
        self.assertFalse(line.with_user(chief).restorable)
        with self.assertRaises(AccessError):
            line.with_user(chief).action_restore()
        with self.assertRaises(AccessError):
            line.read(["archive"])


@tagged("post_install", "-at_install")
class TestRestoreEachKind(SyncCase):
    """Every kind of line that keeps a copy gives it back, on both sides."""

    def line(self, action, side):
        lines = self.account.last_run_id.line_ids
        line = lines.filtered(lambda x: (x.action, x.side) == (action, side))
        self.assertEqual(len(line), 1, lines.mapped("action"))
        self.assertTrue(line.with_user(self.ada).restorable)
        return line.with_user(self.ada)

    def restored(self, event, **values):
        for name, value in values.items():
            self.assertEqual(event[name], value)
        self.sync()
        self.assertEqual(self.google_of(event)["summary"], event.name)
        self.assert_quiet()

    def test_an_update_in_odoo(self):
        event = self.event("Un")
        self.sync()
        self.person.patch(self.link_of(event).google_id, {"summary": "Deux"})
        self.sync()
        self.line("update", "odoo").action_restore()
        self.restored(event, name="Un")

    def test_an_update_in_google(self):
        event = self.event("Un")
        self.sync()
        event.with_user(self.ada).name = "Deux"
        self.sync()
        self.line("update", "google").action_restore()
        self.restored(event, name="Un")

    def test_a_deletion_in_odoo(self):
        event = self.event("Un", location="Lyon")
        self.sync()
        self.person.delete(self.link_of(event).google_id)
        self.sync()
        self.line("delete", "odoo").action_restore()
        self.restored(self.agenda(), name="Un", location="Lyon")

    def test_a_deletion_in_google(self):
        event = self.event("Un", location="Lyon")
        self.sync()
        event.with_user(self.ada).unlink()
        self.sync()
        self.line("delete", "google").action_restore()
        self.restored(self.agenda(), name="Un", location="Lyon")

    def test_a_declined_meeting(self):
        other = self.make_user("bob")
        event = self.event("Un", user_id=other.id)
        event.write({"partner_ids": [fields.Command.link(other.partner_id.id)]})
        self.sync()
        self.person.delete(self.link_of(event).google_id)
        self.sync()
        self.line("decline", "odoo").action_restore()
        mine = event.attendee_ids.filtered(
            lambda x: x.partner_id == self.ada.partner_id
        )
        self.assertEqual(mine.state, "accepted")
        self.restored(event)

    def test_a_conflict(self):
        event = self.event("Un")
        self.account.conflict_policy = "google"
        self.sync()
        event.with_user(self.ada).name = "Odoo"
        self.person.patch(self.link_of(event).google_id, {"summary": "Google"})
        self.sync()
        self.assertEqual(event.name, "Google")
        self.line("conflict", "odoo").action_restore()
        self.restored(event, name="Odoo")

    def test_an_adoption_that_changed_odoo(self):
        event = self.event("Un")
        self.google_event("Un", location="Lyon")
        self.sync()
        self.assertEqual(event.location, "Lyon")
        self.line("adopt", "odoo").action_restore()
        self.assertFalse(event.location)

    def test_once_only_and_not_by_a_delegate(self):
        event = self.event("Un")
        self.sync()
        self.person.patch(self.link_of(event).google_id, {"summary": "Deux"})
        self.sync()
        line = self.line("update", "odoo")
        bob = self.make_user("bob")
        self.env["google.sync.delegate"].create(
            {"account_id": self.account.id, "user_id": bob.id, "agenda": True}
        )
        self.assertFalse(line.with_user(bob).restorable)
        with self.assertRaises(AccessError):
            line.with_user(bob).action_restore()
        line.action_restore()
        line.invalidate_recordset()
        self.assertFalse(line.restorable)
