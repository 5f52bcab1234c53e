"""Fields: every one of ours is in a table, and closed ones are closed to all roles."""

from odoo.exceptions import AccessError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import tagged
from odoo.tools import mute_logger

from .case import ROLES, RightsCase
from .fields import CLOSED, OPEN

_NOT_OURS = {*MAGIC_COLUMNS, "display_name"}


@tagged("post_install", "-at_install")
class TestRightsOfFields(RightsCase):
    def ours(self, model):
        """Of our models all, of Odoo's those that this addon adds."""
        for name, field in model._fields.items():
            own = model._name.startswith("google.sync.")
            # What a user has from its contact is in the contact's table.
            if name in _NOT_OURS or field.inherited:
                continue
            if own or "google_sync" in field._modules:
                yield name

    def test_every_field_is_in_a_table(self):
        for name, model in self.env.items():
            if model._abstract:
                continue
            there = {*OPEN.get(name, "").split(), *CLOSED.get(name, "").split()}
            with self.subTest(name):
                self.assertEqual(set(self.ours(model)) ^ there, set())

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_closed_fields_are_closed_to_everybody(self):
        for name, names in CLOSED.items():
            for role in ROLES:
                model = self.env[name].with_user(self.users[role]).sudo(False)
                for field in names.split():
                    with self.subTest(name, role=role, field=field):
                        self.assertFalse(
                            model._has_field_access(model._fields[field], "read")
                        )
                        with self.assertRaises(AccessError):
                            model.search([(field, "!=", False)])

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_open_fields_are_for_who_reads_the_record(self):
        """One by one, not through what else is read with them."""
        for name, record in self.records.items():
            fields = OPEN.get(record._name, "").split()
            for role in ROLES:
                mine = record.with_user(self.users[role]).sudo(False)
                if mine.has_access("read"):
                    continue
                for field in fields:
                    self.env.invalidate_all()
                    case = self.subTest(name, role=role, field=field)
                    with case, self.assertRaises(AccessError):
                        mine.read([field])
