"""Questions answered where they stand: all that is shown of them comes with a card."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .decision_case import DecisionCase

BOSS = "base.group_user,google_sync.group_manager"


@tagged("post_install", "-at_install")
class TestCards(DecisionCase):
    def twins(self):
        """Two events of one title and period, and Google's, which is one of them."""
        zoe = self.env["res.partner"].create({"name": "Zoé"})
        first = self.event("Même", description="<p>un</p>", location="Salle 1")
        second = self.event("Même", location="Salle 2")
        second.partner_ids = [Command.link(zoe.id)]
        item = self.google_event("Même", description="trois", location="Salle 2")
        self.sync("partial")
        return first, second, item

    def facts(self, rows):
        return {row["name"]: row["value"] for row in rows}

    def test_candidates_are_told_apart_and_one_click_pairs(self):
        first, second, item = self.twins()
        decision = self.decision()
        card = decision.card
        self.assertEqual(self.facts(card["google"])["where"], "Salle 2")
        self.assertEqual(self.facts(card["google"])["notes"], "trois")
        one, two = card["candidates"]
        self.assertEqual((one["pick"], two["pick"]), (first.id, second.id))
        self.assertEqual(self.facts(one["facts"])["where"], "Salle 1")
        self.assertEqual(self.facts(two["facts"])["guests"], "Zoé")
        self.assertIn("when", self.facts(one["facts"]))
        after = decision.answer_question("pair", two["pick"])
        self.assertEqual(after["state"], "answered")
        self.sync()
        self.assertEqual(self.link_of(second).google_id, item["id"])
        self.assertTrue(decision.card["written"] or decision.card["outcome"])

    def test_a_run_that_was_under_way_already_tells_its_result(self):
        _first, second, _item = self.twins()
        decision = self.decision()
        decision.answer_question("pair", second.id)
        run = self.sync()
        self.assertTrue(run.line_ids)
        answered = decision.sudo().answered_at
        run.sudo().started_at = answered - timedelta(minutes=1)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE google_sync_run_line SET create_date = %s WHERE run_id = %s",
            [answered + timedelta(seconds=1), run.id],
        )
        self.env.invalidate_all()
        self.assertTrue(decision.card["written"])

    def test_what_waits_is_told_of_whatever_run_found_nothing(self):
        self.twins()
        run = self.sync()
        said = "Everything else was in step already. 1 question waits."
        self.assertEqual(run._summary(), said)
        self.assertEqual(self.account.last_message, said)

    def test_twins_in_everything_are_told_apart_by_their_making(self):
        self.event("Même", description="un")
        self.event("Même", description="deux")
        self.google_event("Même", description="trois")
        self.sync("partial")
        for candidate in self.decision().card["candidates"]:
            self.assertIn("notes", self.facts(candidate["facts"]))

    def test_only_what_is_asked_about_can_be_picked(self):
        self.twins()
        other = self.event("Autre", 4)
        with self.assertRaises(AccessError):
            self.decision().answer_question("pair", other.id)
        self.assertEqual(self.decision().state, "open")

    def test_conflict_is_answered_in_one_call(self):
        event = self.conflict(place="")
        decision = self.decision()
        fields = {row["name"]: row for row in decision.card["fields"]}
        self.assertEqual(fields["title"]["odoo"], "O")
        self.assertEqual(fields["place"]["google"], "(empty)")
        with self.assertRaises(UserError):
            decision.answer_question("fields", choices={"title": "odoo"})
        decision.answer_question("fields", choices={"title": "odoo", "place": "google"})
        self.assertEqual(decision.card["answer"], "Title: O; Place: (empty)")
        self.sync()
        self.assertEqual((event.name, event.location or ""), ("O", ""))
        self.assertEqual(self.google_of(event)["summary"], "O")
        self.assertTrue(decision.card["written"])

    def test_what_came_of_an_answer_is_what_its_run_wrote(self):
        event = self.conflict(place="")
        decision = self.decision()
        with self.later(minutes=1):
            decision.answer_question(
                "fields", choices={"title": "odoo", "place": "odoo"}
            )
        with self.later(minutes=2):
            self.sync()
        written = decision.card["written"]
        with self.later(minutes=3):
            event.with_user(self.ada).name = "Plus tard"
            self.sync()
        decision.invalidate_recordset(["card"])
        self.assertEqual(decision.card["written"], written)

    def test_the_panel_of_a_conflict_says_one_thing(self):
        """Not, beside what each side has now, what they agreed on last."""
        event = self.conflict(place="").with_user(self.ada)
        (part,) = event.google_sync_why()["parts"]
        self.assertTrue(part["card"]["fields"])
        self.assertFalse(part["differences"])

    def test_a_colleague_is_not_sent_to_questions(self):
        self.held()
        bob = self.make_user("bob")
        self.account.delegate_ids = [
            fields.Command.create({"user_id": bob.id, "visible": True, "agenda": True})
        ]
        self.assertEqual(self.account.with_user(self.ada).decision_count, 1)
        self.assertFalse(self.account.with_user(bob).decision_count)

    def held(self):
        self.account.confirm_deletions = True
        event = self.event("Déjeuner", location="Paris")
        self.sync()
        self.person.delete(self.link_of(event).google_id)
        self.sync("partial")
        return event

    def later(self, minutes):
        """People answer later than they are asked; the journal keeps whole seconds."""
        return self.at(fields.Datetime.now() + timedelta(minutes=minutes))

    def test_deletion_says_what_comes_of_each_answer_and_then_what_came(self):
        event = self.held()
        decision = self.decision()
        card = decision.card
        self.assertEqual([x["answer"] for x in card["options"]], ["keep", "delete"])
        self.assertTrue(card["when"])
        with self.later(minutes=1):
            after = decision.answer_question("delete")
        self.assertFalse(after["options"])
        self.assertTrue(after["outcome"])
        with self.later(minutes=2):
            self.sync()
        self.assertFalse(event.exists())
        decision.invalidate_recordset(["card"])
        self.assertEqual(decision.card["written"], ["Deleted in Odoo: Déjeuner"])

    def test_an_answer_to_another_kind_of_question_is_refused(self):
        self.held()
        for answer in ("new", "retry", "fields", "other"):
            with self.assertRaises(UserError):
                self.decision().answer_question(answer)

    def test_odd_answers_are_refused_in_words(self):
        decisions = self.env["google.sync.decision"].with_user(self.ada)
        values = {"account_id": self.account.id, "calendar_id": self.calendar.id}
        asked = self.env["google.sync.decision"].create(
            [
                {**values, "kind": "adoption", "name": "A", "key": "a"},
                {**values, "kind": "conflict", "name": "C", "key": "c"},
            ]
        )
        fields = self.env["google.sync.decision.field"]
        fields.create({"decision_id": asked[1].id, "field": "title"})
        adoption, conflict = asked.with_user(self.ada)
        for pick in ("abc", [7], {"id": 7}, None, True, "7.5", 10**30):
            with self.subTest(pick=pick), self.assertRaises(AccessError):
                adoption.answer_question("pair", pick)
        for choices in ([1], "title", 7, {"title": ["odoo"]}, {"other": "odoo"}):
            with self.subTest(choices=choices), self.assertRaises(UserError):
                conflict.answer_question("fields", False, choices)
        for ids in (["abc"], [None], [10**30], "abc", 7, None):
            with self.subTest(ids=ids), self.assertRaises(UserError):
                decisions.answer_deletions("keep", ids)
        with self.assertRaises(UserError):
            decisions.answer_deletions("perhaps", [])
        for account_id in ("abc", [1, 2], {"id": 1}):
            with self.subTest(account=account_id), self.assertRaises(UserError):
                decisions.waiting_deletions(account_id)

    def test_the_panel_of_an_event_has_its_question(self):
        event = self.held()
        (part,) = event.with_user(self.ada).google_sync_why()["parts"]
        self.assertEqual(part["sign"], "question")
        self.assertEqual(part["card"]["id"], self.decision().id)
        self.assertEqual(event.with_user(self.ada).google_sync_sign, "question")
        self.decision().answer_question("keep")
        (part,) = event.with_user(self.ada).google_sync_why()["parts"]
        self.assertFalse(part["card"])

    def test_candidates_show_their_question_too(self):
        first, second, _item = self.twins()
        for event in first + second:
            self.assertEqual(event.with_user(self.ada).google_sync_sign, "question")
            (part,) = event.with_user(self.ada).google_sync_why()["parts"]
            self.assertEqual(part["card"]["kind"], "adoption")

    def test_a_private_candidate_of_others_is_not_shown(self):
        first, _second, _item = self.twins()
        chief = self.make_user("chief", groups=BOSS)
        first.with_user(self.ada).privacy = "private"
        self.env.flush_all()
        self.env.invalidate_all()
        card = self.decision().with_user(chief).card
        one = next(x for x in card["candidates"] if x["pick"] == first.id)
        self.assertEqual((one["title"], one["facts"]), ("Private", []))
