"""What Odoo's own methods are called with, on our models: words, where we answer first.

A wrong number of arguments and an unknown name in a search or a reading are any model's
faults in Odoo: they are Odoo's to answer.
"""

from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import tagged

from .methods_case import MethodsCase
from .test_odd_calls import _FOR_ADMINISTRATORS

#: Neither a table nor a list.
SHAPES = ("x", 5, None, "\0")
CONTEXTS = (
    *("x", ["x"], [1], 5, {"lang": ["a"]}, {"lang": 5}, {"lang": "xx"}),
    *({"tz": ["a"]}, {"tz": 5}, {"tz": {}}, {"allowed_company_ids": 7}),
    *({"allowed_company_ids": "x"}, {"allowed_company_ids": {"a": 1}}),
)
#: What people may open, also without a record.
DIALOGS = (
    *("google.sync.reset", "google.sync.test", "google.sync.workspace"),
    *("google.sync.manual.connection", "google.sync.first.day"),
)


@tagged("post_install", "-at_install")
class TestOddShapes(MethodsCase):
    def guarded(self):
        for name, model in self.env.items():
            if hasattr(model, "_check_named") and not model._abstract:
                yield name, self.as_reader(name)

    def as_reader(self, name):
        role = "admin" if name in _FOR_ADMINISTRATORS else "owner"
        record = self.records.get(name, self.env[name])
        return record.with_user(self.users[role]).sudo(False)

    def assertWords(self, record, method, args, **kwargs):
        said = f"{record._name}.{method}({args!r:.70}, {kwargs!r:.70})"
        with self.subTest(said):
            with self.assertRaises(UserError) as refusal, self.env.cr.savepoint():
                call_kw(record.browse(), method, args, kwargs)
            self.assertEqual(type(refusal.exception).__module__, "odoo.exceptions")
        self.env.invalidate_all()

    def test_forms(self):
        for _name, record in self.guarded():
            for ids in ([], record.ids[:1]):
                for odd in (*SHAPES, ["x"]):
                    self.assertWords(record, "onchange", [ids, odd, [], {}])
                    self.assertWords(record, "onchange", [ids, {}, [], odd])
                for odd in (*SHAPES, {"a": 1}):
                    self.assertWords(record, "onchange", [ids, {}, odd, {}])
                self.assertWords(record, "onchange", [ids, {}, [], {"nope": {}}])
            for odd in (*SHAPES, [1], [None]):
                self.assertWords(record, "default_get", [odd])

    def test_dialogues(self):
        for name in DIALOGS:
            record = self.as_reader(name)
            for odd in (*SHAPES, ["x"], {"nope": 1}):
                self.assertWords(record, "write", [record.ids[:1], odd])
                self.assertWords(record, "web_save", [record.ids[:1], odd, {}])
                self.assertWords(record, "create", [odd])

    def test_contexts(self):
        """Of whatever anybody may ask for; the engine's own rows are for nobody."""
        for name, model in self.env.items():
            if hasattr(model, "_somebody_elses") and not model._abstract:
                record = self.as_reader(name)
                for context in CONTEXTS:
                    told = {"context": context}
                    self.assertWords(record, "search_read", [[]], **told)

    def test_a_context_that_makes_sense(self):
        for context in ({}, None, {"lang": False, "tz": None}, {"lang": "en_US"}):
            found = call_kw(
                self.as_reader("google.sync.account").browse(),
                "search_read",
                [[], ["state"]],
                {"context": context},
            )
            self.assertEqual(found[0]["state"], "connected")

    # -- Odoo's settings, called for no record ------------------------------------

    def test_nobody_empties_the_options_by_calling_for_no_record(self):
        """Odoo's own `set_values` asks for no right: the pause of all would end."""
        parameters = self.env["ir.config_parameter"].sudo()
        names = ("google_sync.paused", "google_sync.revoke_archived")
        for name in names:
            parameters.set_param(name, "True")
        for role, user in self.users.items():
            if role == "admin":
                continue
            settings = self.env["res.config.settings"].with_user(user).sudo(False)
            self.assertWords(settings, "set_values", [[]])
        for name in names:
            self.assertEqual(parameters.get_param(name), "True")
