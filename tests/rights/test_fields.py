"""Fields: every one of ours is in a table, for reading and for writing, by role."""

from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import tagged
from odoo.tools import mute_logger

from .case import MANAGE, ROLES
from .fields import CLOSED, OPEN, READ, WRITE
from .methods_case import MethodsCase
from .test_rights import MODELS

_NOT_OURS = {*MAGIC_COLUMNS, "display_name"}


class _Undo(Exception):
    pass


@tagged("post_install", "-at_install")
class TestRightsOfFields(MethodsCase):
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

    def test_every_model_with_open_fields_has_a_record_to_try(self):
        tried = {name.split(",")[0] for name in self.records}
        closed = {name for name in OPEN if self.is_closed(name)}
        # Odoo's own dialogue: who may remove modules is Odoo's to say.
        self.assertEqual(set(OPEN) - tried - closed, {"base.module.uninstall"})
        self.assertEqual(set(WRITE) - set(self.records), set())

    def is_closed(self, name):
        """A model that nobody has a right on."""
        return not any(
            self.env[name].with_user(user).sudo(False).has_access(operation)
            for user in self.users.values()
            for operation in ("read", "write", "create")
        )

    # -- closed ones -----------------------------------------------------------

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_closed_fields_are_closed_to_everybody(self):
        for name, names in CLOSED.items():
            for role in ROLES:
                model = self.env[name].with_user(self.users[role]).sudo(False)
                for field in names.split():
                    with self.subTest(name, role=role, field=field):
                        for operation in ("read", "write"):
                            self.assertFalse(
                                model._has_field_access(model._fields[field], operation)
                            )
                        with self.assertRaises(AccessError):
                            model.search([(field, "!=", False)])

    # -- open ones -------------------------------------------------------------

    def readers(self, name):
        if name in READ:
            return READ[name]
        return [role for role in ROLES if "r" in MODELS[name].get(role, "")]

    def each(self):
        """(record's name, role, its open fields, the record as that role has it)."""
        for name, record in self.records.items():
            fields = OPEN[record._name].split()
            for role in ROLES:
                self.env.invalidate_all()
                yield name, role, fields, record.with_user(self.users[role]).sudo(False)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_every_role_reads_every_field_or_none(self):
        """Refused one by one, not through what else is read with them."""
        wrong = []
        for name, role, fields, mine in self.each():
            wanted = role in self.readers(name)
            # Of what may be read, one refusal refuses all.
            for some in [fields] if wanted else [[field] for field in fields]:
                may = self.reads(mine, some)
                if may != wanted:
                    wrong.append(f"{name}.{some}: {role} {'reads' if may else 'not'}")
        self.assertFalse(wrong, "\n".join(wrong))

    @staticmethod
    def reads(record, fields):
        try:
            record.read(fields)
        except (AccessError, MissingError):
            return False
        return True

    def test_what_a_reader_of_the_user_learns_of_the_account(self):
        """The mirrors are there for all, their values for who manages the account."""
        names = [x for x in OPEN["res.users"].split() if "connect_way" not in x]
        for role in READ["res.users"]:
            self.env.invalidate_all()
            user = self.ada.with_user(self.users[role]).sudo(False)
            told = {x: y for x, y in user.read(names)[0].items() if y and x != "id"}
            with self.subTest(role):
                self.assertEqual(bool(told), role in MANAGE, told)

    @mute_logger(
        *("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"),
        "odoo.models.unlink",
    )
    def test_every_role_writes_every_field_or_not(self):
        """What it holds already, so that nothing but the right can stand in the way."""
        wrong = []
        for name, role, fields, mine in self.each():
            may_some = mine.has_access("write") or mine._name == "res.users"
            for field in fields:
                wanted = any(
                    role in roles and field in names.split()
                    for roles, names in WRITE.get(name, {}).items()
                )
                may = may_some and self.writes(mine, field)
                if may != wanted:
                    wrong.append(f"{name}.{field}: {role} {'writes' if may else 'not'}")
        self.assertFalse(wrong, "\n".join(wrong))

    def writes(self, record, name):
        """Past the rights, and it is kept: a computed value is nobody's to write."""
        field = record._fields[name]
        if not (field.store or field.inverse):
            return False
        value = field.convert_to_write(record.sudo()[name], record.sudo())
        try:
            with self.env.cr.savepoint():
                record.write({name: value})
                raise _Undo
        except AccessError:
            return False
        except (_Undo, UserError, ValidationError):
            return True
