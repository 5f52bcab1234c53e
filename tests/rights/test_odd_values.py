"""Every field of ours that somebody may write, with values that make no sense there."""

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.rights.sense import LONG, TEXT
from .fields import WRITE
from .methods_case import MethodsCase

_ANY = (
    *(
        "abc",
        "\0",
        "\ud800",
        "x" * (TEXT + 1),
        "x" * (LONG + 1),
        -(10**20),
        10**20,
        1.5,
        True,
    ),
    *(float("nan"), float("inf"), [], [1], ["a"], [{}], [[9, 9, 9]], {}, {"a": 1}),
    *([[0, 0, 5]], [[6, 0, "x"]], [[6, 0, [10**20]]], [[1, "a", {}]], [[]]),
)
#: Odoo's own models answer for what they do with a form before it comes to us.
_WHOLE = "google.sync."


class _Undo(Exception):
    pass


@tagged("post_install", "-at_install")
class TestOddValues(MethodsCase):
    def fields_to_try(self):
        for name, by_role in WRITE.items():
            for roles, names in by_role.items():
                user = self.users[roles[0] if roles != ("admin",) else "admin"]
                record = self.records[name].with_user(user).sudo(False)
                for field in names.split():
                    if field in record._fields:
                        yield record, field

    def calls(self, record, field, value):
        yield "write", record.write, ({field: value},)
        yield "web_save", record.web_save, ({field: value}, {field: {}})
        if not record._name.startswith(_WHOLE):
            return
        empty = record.browse()
        yield "create", empty.create, ({field: value},)
        yield "onchange", empty.onchange, ({field: value}, [field], {field: {}})

    def trouble(self, record, field, call, args):
        try:
            with self.env.cr.savepoint():
                call(*args)
                self.env.flush_all()
                raise _Undo(len(str(record[field])))
        except _Undo as undone:
            (length,) = undone.args
            most = LONG if record._fields[field].readonly else TEXT
            return length > most and f"keeps {length} characters"
        except (UserError, IntegrityError) as refusal:
            # What the database refuses Odoo puts into words.
            str(refusal).encode()
            if isinstance(refusal, UserError):
                self.assertEqual(type(refusal).__module__, "odoo.exceptions")
        except Exception as fault:  # noqa: BLE001 # pylint: disable=broad-except
            return repr(fault)
        finally:
            self.env.invalidate_all()
        return ""

    @mute_logger("odoo.addons.google_sync", "odoo.models.unlink", "odoo.sql_db")
    def test_no_value_is_a_fault_of_the_server(self):
        wrong = []
        for record, field in self.fields_to_try():
            for value in _ANY:
                for method, call, args in self.calls(record, field, value):
                    if told := self.trouble(record, field, call, args):
                        said = f"{record._name}.{method}({field}={value!r:.40})"
                        wrong.append(f"{said}: {told:.110}")
        self.assertFalse(wrong, "\n" + "\n".join(wrong))

    def test_what_the_server_wrote_may_be_long(self):
        """A form sends back what it shows: the names of a thousand users, say."""
        invitation = self.records["google.sync.invitation"]
        invitation = invitation.with_user(self.users["admin"]).sudo(False)
        said = {"names": "x, " * 9_000, "words": "x" * 90_000}
        spec = {"names": {}, "with_rules": {}}
        answer = invitation.onchange({**said, "with_rules": True}, ["with_rules"], spec)
        self.assertIn("value", answer)
        with self.assertRaisesRegex(UserError, "at most"):
            invitation.onchange({"names": "x" * (LONG + 1)}, [], spec)
