"""Tables that grow from outside: whatever is called again and again adds no rows."""

from contextlib import suppress
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ...models.agenda import own_word
from ...models.connection import consent
from ...models.contacts import rule
from ...models.running import kept
from ...models.tools import edge
from .methods_case import MethodsCase
from .test_methods import METHODS
from .test_methods import OPEN as OPEN_METHODS
from .test_rights import BUTTONS, HARMLESS

#: More often than what is kept of anything.
_TIMES = 5


class _Undo(Exception):
    pass


@tagged("post_install", "-at_install")
class TestGrowth(MethodsCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(kept, "KEPT_EMPTY", 1))
        self.startPatcher(patch.object(kept, "KEPT_PLANS", 1))
        self.startPatcher(patch.object(consent, "OPEN_AT_ONCE", 2))
        self.startPatcher(patch.object(edge, "ENOUGH_CALLS", 2))

    def rows(self):
        """{table: how many rows}, of ours and of what our methods fill in Odoo's.

        Without dialogues, which Odoo forgets by their age.
        """
        self.env.flush_all()
        tables = {
            model._table
            for name, model in self.env.items()
            if model._auto and not model._transient and name.startswith("google.sync.")
        }
        tables |= {"ir_cron_trigger", "calendar_event", "res_partner", "ir_model_data"}
        tables |= {"calendar_event_type", "ir_attachment", "mail_message"}
        counts = SQL(" UNION ALL ").join(
            SQL("SELECT %s, count(*) FROM %s", table, SQL.identifier(table))
            for table in sorted(tables)
        )
        self.env.cr.execute(counts)
        return dict(self.env.cr.fetchall())

    def press(self, record, method, args):
        for _time in range(_TIMES):
            # A refusal adds nothing, which is what is asked here.
            with suppress(Exception), self.env.cr.savepoint():
                getattr(record, method)(*args)
        return self.rows()

    def growth(self, record, method, args):
        try:
            with self.env.cr.savepoint():
                before = self.press(record, method, args)
                after = self.press(record, method, args)
                raise _Undo
        except _Undo:
            self.env.invalidate_all()
        return {x: after[x] - n for x, n in before.items() if after[x] > n}

    @mute_logger(
        *("odoo.addons.google_sync", "odoo.models.unlink", "odoo.sql_db"),
        "odoo.addons.base.models.ir_model",
    )
    def test_no_public_method_that_is_repeated_adds_rows(self):
        methods = [*BUTTONS, *METHODS, *OPEN_METHODS, *HARMLESS]
        grown = {}
        for name, method, *args in methods:
            record = self.record_of(name)
            args = [self.account.id if x == "account" else x for x in args]
            args = args or self.arguments(method)
            if more := self.growth(record, method, args):
                grown[f"{name}.{method}"] = more
        self.assertFalse(grown)

    def record_of(self, name):
        user = self.users["admin" if name == "google.sync.setup" else "owner"]
        known = self.records.get(name, self.env[name.split(",")[0]])
        return known.with_user(user).sudo(False)

    def arguments(self, method):
        partners = self.ada.partner_id.ids
        return {
            "agenda_states": [partners],
            "sync_agendas": [partners],
            "answer_deletions": ["keep", self.records["google.sync.decision"].ids],
        }.get(method, [])

    # -- the same in other forms -----------------------------------------------

    def test_asking_again_why_an_event_waits_queues_it_once(self):
        waits, foreign = self.event("Attend", 2), self.event("D'autrui", 2)
        foreign.sudo().partner_ids = self.users["stranger"].partner_id
        pending = self.env["google.sync.pending"].sudo()
        pending.search([]).unlink()
        for event, wanted in ((waits, 1), (foreign, 0)):
            for _time in range(_TIMES):
                event.with_user(self.ada).google_sync_retry(self.account.id)
            rows = pending.search_count([("event_id", "=", event.id)])
            self.assertEqual(rows, wanted)

    def test_previews_of_everybody_take_the_place_of_older_ones(self):
        for number in range(4):
            self.event(f"Neuf {number}", 2)
            for role in ("owner", "agenda"):
                account = self.account.with_user(self.users[role]).sudo(False)
                account.run_sync(scope="events", mode="preview")
        plans = self.env["google.sync.run"].search([("mode", "=", "preview")])
        # One of each, whoever was last.
        self.assertEqual(plans.requested_by_id, self.ada | self.users["agenda"])
        self.assertLessEqual(len(plans), 4)

    def test_a_plan_is_carried_out_by_one_run(self):
        self.event("Neuf", 2)
        plan = self.sync("planned", mode="preview")
        first = plan._apply_plan()
        self.assertEqual(plan._apply_plan(), first)
        self.assertEqual(len(plan.search([("plan_id", "=", plan.id)])), 1)

    def test_what_did_something_is_kept(self):
        for number in range(4):
            self.event(f"Neuf {number}", 2)
            self.sync(scope="events")
        runs = self.account.sudo().run_ids
        self.assertGreaterEqual(len(runs.filtered("line_ids")), 4)

    def test_an_assistant_that_is_set_back_shows_its_plan_once(self):
        self.event("Neuf", 2)
        assistant = self.records["google.sync.assistant"].with_user(self.ada)
        assistant.account_ids = self.account
        plan = self.sync("planned", mode="preview")
        for _time in range(_TIMES):
            assistant.write({"step": "look", "run_ids": [(6, 0, plan.ids)]})
            assistant.runs_ended()
        self.assertEqual(len(assistant.line_ids), len(plan.line_ids))

    def test_an_account_has_so_many_rules(self):
        rules = self.env["google.sync.contact.rule"].with_user(self.ada)
        self.startPatcher(patch.object(rule, "RULES", 3))
        more = 3 - rules.search_count([])
        for _time in range(more):
            rules.create({"name": "R", "domain": "[('id', '=', 0)]"})
        with self.assertRaisesRegex(UserError, "rules"):
            rules.create({"name": "R", "domain": "[('id', '=', 0)]", "active": False})

    def test_an_account_has_so_many_filters_and_rules_for_calendars(self):
        self.startPatcher(patch.object(own_word, "ROWS", 3))
        for model, values in (
            ("google.sync.filter", {"kind": "free"}),
            ("google.sync.calendar.rule", {"calendar_id": self.calendar.id}),
        ):
            rows = self.env[model].with_user(self.ada)
            values = {**values, "account_id": self.account.id}
            for _time in range(3 - rows.search_count([])):
                rows.create(values)
            with self.assertRaisesRegex(UserError, "at most 3"):
                rows.create(values)

    def test_a_preview_is_asked_for_once_though_an_undo_waits(self):
        run = self.records["google.sync.run"].with_user(self.ada)
        self.assertTrue(run._queue_undo().undoes_id)
        account = self.account.with_user(self.ada)
        asked = {account._queue_run("events", "preview") for _time in range(_TIMES)}
        self.assertEqual(len(asked), 1)
        self.assertFalse(asked.pop().undoes_id)

    def test_refusals_are_no_rows_either(self):
        account = self.account.with_user(self.users["stranger"]).sudo(False)
        before = self.rows()
        for _time in range(_TIMES):
            with self.assertRaises(AccessError):
                account.run_sync()
        self.assertEqual(self.rows(), before)
