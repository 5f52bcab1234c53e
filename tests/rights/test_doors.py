"""One record, many doors: each shows it to whom reading shows it, nobody else."""

from functools import partial

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .case import MANAGE, OWNER, ROLES
from .fields import ADMIN, CLOSED, INTERNAL, READ
from .methods_case import MethodsCase
from .test_rights import MODELS


class _Undo(Exception):
    pass


#: Refused by right, or by what makes no sense.
_REFUSED = (
    *(AccessError, MissingError, UserError, ValidationError, IntegrityError),
    ValueError,
)
#: Who makes a record by its name alone: of the own list of contacts.
NAME_CREATE = {"google.sync.contact.rule": INTERNAL}
#: Who copies a record; an account, a right and what the engine makes, nobody.
COPY = {
    "google.sync.contact.rule": MANAGE,
    "google.sync.calendar.rule": OWNER,
    "google.sync.filter": OWNER,
    "google.sync.assistant": OWNER,
    **{name: OWNER for name in READ if READ[name] == OWNER},
    "google.sync.setup": ADMIN,
    "google.sync.invitation": ADMIN,
    "google.sync.workspace": ADMIN,
}
# What Google is to answer belongs to one window.
del COPY["google.sync.manual.connection"]


@tagged("post_install", "-at_install")
class TestRightsOfDoors(MethodsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        export = cls.env.ref("base.group_allow_export")
        for role in INTERNAL:
            cls.users[role].sudo().group_ids += export

    def readers(self, name):
        if name in READ:
            return READ[name]
        return [role for role in ROLES if "r" in MODELS[name].get(role, "")]

    def each(self, *left_out):
        for name, record in self.records.items():
            for role in ROLES:
                if record._name not in left_out:
                    self.env.invalidate_all()
                    user = self.users[role]
                    yield name, role, record.with_user(user).sudo(False)

    @staticmethod
    def answer(call, *args, **kwargs):
        """What comes back; None for a refusal."""
        try:
            return call(*args, **kwargs)
        except _REFUSED:
            return None

    def made(self, call):
        """Whether it made a record, which does not stay."""
        try:
            with self.env.cr.savepoint():
                made = bool(call())
                raise _Undo
        except _Undo:
            return made
        except _REFUSED:
            return False

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_doors_that_show(self):
        wrong = []
        # Companies are read by all, which is Odoo's; the fields there are tried alone.
        for name, role, mine in self.each("res.company", "res.config.settings"):
            wanted = role in self.readers(name)
            for door, shown in self.shown_by_doors(mine):
                if bool(shown) != wanted:
                    wrong.append(f"{name}.{door}: {role} {'sees' if shown else 'not'}")
        self.assertFalse(wrong, "\n".join(wrong))

    def shown_by_doors(self, mine):
        me = [("id", "=", mine.id)]
        model = mine.browse()
        spec = {"display_name": {}}
        found = self.answer(model.search_read, me, ["display_name"])
        yield "search_read", found
        found = self.answer(model.web_search_read, me, spec)
        yield "web_search_read", found and found["length"]
        yield "name_search", self.answer(model.name_search, "", me)
        found = self.answer(model.web_name_search, "", spec, domain=me)
        yield "web_name_search", found
        yield "search_count", self.answer(model.search_count, me)
        found = self.answer(model.formatted_read_group, me, [], ["__count"])
        yield "formatted_read_group", found and found[0]["__count"]
        by = ["account_id" if "account_id" in mine._fields else "create_uid"]
        found = self.answer(model.formatted_read_group, me, by, ["__count"])
        yield "formatted_read_group by", found
        yield "web_read", self.answer(mine.web_read, spec)
        found = self.answer(mine.export_data, [".id", "display_name"])
        yield "export_data", found
        if mine._log_access:
            yield "get_metadata", self.answer(mine.get_metadata)

    @mute_logger(
        *("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"),
        "odoo.sql_db",
    )
    def test_doors_that_make(self):
        wrong = []
        odoo = [name for name in READ if not name.startswith("google.sync.")]
        odoo.remove("res.config.settings")
        for name, role, mine in self.each(*odoo):
            for door, call, table in (
                ("name_create", partial(mine.browse().name_create, "X"), NAME_CREATE),
                ("copy", mine.copy, COPY),
            ):
                made = self.made(call)
                if made != (role in table.get(mine._name, ())):
                    wrong.append(f"{name}.{door}: {role} {'may' if made else 'not'}")
        self.assertFalse(wrong, "\n".join(wrong))

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_closed_fields_are_not_exported_either(self):
        for name, _role, mine in self.each():
            for field in CLOSED.get(mine._name, "").split():
                with self.subTest(name, field=field), self.assertRaises(UserError):
                    mine.export_data([field])

    def test_copies_of_odoo_s_records_bring_no_link_along(self):
        rows = {
            model: self.env[model].sudo().search_count([])
            for model in (
                *("google.sync.account", "google.sync.event.link"),
                *("google.sync.contact.link", "google.sync.token"),
            )
        }
        admin = self.users["admin"]
        self.ada.with_user(admin).copy()
        for name in ("res.partner", "calendar.event"):
            self.records[name].with_user(admin).copy()
        for model, before in rows.items():
            self.assertEqual(self.env[model].sudo().search_count([]), before)
