"""An id is a number: as text or a fraction it would be stored, and seen by no check."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_forms import TrustCase

DIALOGUES = {
    "google.sync.manual.connection": {},
    "google.sync.owner.link": {},
    "google.sync.first.day": {},
    "google.sync.test": {},
    "google.sync.reset": {"what": "account"},
    "google.sync.contact.removal": {"count": 1},
    "google.sync.contact.rule": {"name": "x"},
    "google.sync.assistant": {},
    "google.sync.delegate": {"visible": True},
}


@tagged("post_install", "-at_install")
class TestIds(TrustCase):
    @mute_logger("odoo.sql_db")
    def test_an_account_is_not_named_by_an_odd_id(self):
        number = self.account.id
        for model, more in DIALOGUES.items():
            for role in ("stranger", "chief", "portal"):
                for odd in (str(number), f" {number} ", float(number), f"+{number}"):
                    with self.subTest(model, role=role, odd=odd):
                        self.try_to_name(self.as_role(role, model), more, odd)

    def try_to_name(self, records, more, odd):
        values = {**more, "account_id": odd}
        if "user_id" in records._fields and records._name.endswith("delegate"):
            values["user_id"] = records.env.uid
        if records._name.endswith("assistant"):
            values = {"account_ids": [[6, 0, [odd]]]}
        before = records.sudo().search_count([])
        self.answer_to(records.create, values)
        self.assertEqual(records.sudo().search_count([]), before)
        spec = {name: {} for name in values}
        spec["display_name"] = {}
        told = self.answer_to(records.onchange, dict(values), [], spec)
        self.assertKept(told)

    def test_a_line_that_is_not_saved_yet_has_no_id(self):
        account = self.account.with_user(self.ada)
        line = [0, "virtual_7", {"user_id": self.users["stranger"].id}]
        account.web_save({"delegate_ids": [line]}, {"delegate_ids": {}})
        self.assertIn(self.users["stranger"], self.account.delegate_ids.user_id)
