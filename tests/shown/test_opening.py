"""At opening: a pull without waiting, and the deletions that it finds, as one list."""

from datetime import datetime

from babel.dates import format_date

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestOpening(SyncCase):
    def setUp(self):
        super().setUp()
        self.account.pull_at_login = True
        self.accounts = self.env["google.sync.account"].with_user(self.ada)
        self.decisions = self.env["google.sync.decision"].with_user(self.ada)
        self.sync()
        self.runs_before = self.account.run_ids

    def clock(self):
        """The scheduled action, as the wake-up starts it."""
        self.env.ref("google_sync.ir_cron_synchronise").method_direct_trigger()
        self.env.invalidate_all()

    def new_runs(self):
        return self.account.run_ids - self.runs_before

    def open_odoo(self):
        asked = self.accounts.open_web_client()
        self.clock()
        return asked

    def held(self, *names, **values):
        """Events in step that Google has deleted."""
        events = self.env["calendar.event"]
        for day, name in enumerate(names):
            events += self.event(name, day, location="Paris", **values)
        self.sync()
        for event in events:
            self.person.delete(self.link_of(event).google_id)
        self.runs_before = self.account.run_ids
        return events

    # -- the pull --------------------------------------------------------------

    def test_opening_fetches_in_the_background(self):
        self.google_event("De Google")
        self.assertTrue(self.accounts.open_web_client())
        self.assertFalse(self.agenda(), "no request to Google while the page opens")
        self.clock()
        self.assertEqual(self.agenda().name, "De Google")
        run = self.new_runs()
        self.assertEqual((run.trigger, run.state), ("login", "done"))
        self.assertEqual(run.requested_by_id, self.ada)

    def test_opening_twice_fetches_once(self):
        self.google_event("Un")
        self.assertTrue(self.accounts.open_web_client())
        self.assertFalse(self.accounts.open_web_client(), "another tab, before the run")
        self.clock()
        self.google_event("Deux")
        self.assertFalse(self.open_odoo(), "the page again, after the run")
        self.assertEqual(len(self.new_runs()), 1)
        later = fields.Datetime.add(fields.Datetime.now(), minutes=6)
        with self.at(later):
            self.assertTrue(self.open_odoo())
        self.assertEqual(len(self.agenda()), 2)

    def test_opening_is_by_choice_and_also_without_the_regular_update(self):
        self.account.auto_pull = False
        self.account.pull_at_login = False
        self.google_event("De Google")
        self.assertFalse(self.open_odoo())
        self.assertFalse(self.agenda())
        self.account.pull_at_login = True
        self.assertTrue(self.open_odoo())
        self.assertEqual(self.agenda().name, "De Google")

    def test_opening_sends_nothing_where_sending_is_by_hand(self):
        self.account.auto_push = False
        self.event("Seulement Odoo")
        self.google_event("De Google")
        self.open_odoo()
        self.assertEqual(len(self.agenda()), 2)
        self.assertEqual(len(self.in_google()), 1)

    def test_opening_without_news_leaves_no_run(self):
        self.open_odoo()
        self.assertFalse(self.new_runs())
        self.assertFalse(self.account.sudo().unfinished)

    def test_a_killed_run_is_taken_up_again(self):
        self.google_event("De Google")
        self.accounts.open_web_client()
        with self.env.registry.cursor() as cr:
            # Taken from the queue and committed, then killed: the lease runs out.
            account = self.env(cr=cr)["google.sync.account"].sudo()._lease_next()
            account._open_run("cron", "normal", None)
            account.write({"lease_owner": False, "lease_until": False})
        self.env.invalidate_all()
        self.clock()
        self.assertEqual(self.agenda().name, "De Google")
        self.assertEqual(self.new_runs().trigger, "login")

    def test_who_is_not_connected_asks_for_nothing(self):
        bob = self.make_user("bob")
        accounts = self.env["google.sync.account"]
        self.assertFalse(accounts.with_user(bob).open_web_client())
        self.account.sudo()._mark_reconnect("ended")
        self.assertFalse(self.accounts.open_web_client())

    # -- the dialogue ----------------------------------------------------------

    def test_deletions_say_what_when_and_where(self):
        (event,) = self.held("Déjeuner")
        self.open_odoo()
        (row,) = self.decisions.waiting_deletions()
        self.assertEqual((row["title"], row["where"]), ("Déjeuner", "Paris"))
        self.assertIn(str(event.start.year), row["when"])
        self.assertEqual(row["side"], "odoo")
        state = self.accounts.my_state()
        self.assertEqual(state["deletions"], 1)
        self.assertEqual(state["newest_deletion"], row["id"])

    def test_when_is_said_in_the_reader_s_language_and_time(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        start = datetime(self.day.year + 1, 1, 14, 13, 0)
        self.account.months_after = 24
        self.held("Budget", start=start)
        self.open_odoo()
        told = []
        for lang in ("en_US", "fr_FR"):
            (row,) = self.decisions.with_context(lang=lang).waiting_deletions()
            told.append(row["when"].replace("\u202f", " "))
        day = format_date(start, "EEE", locale="en")
        self.assertEqual(told[0], f"{day}, Jan 14, {start.year}, 2:00 PM – 3:00 PM")
        day = format_date(start, "EEE", locale="fr")
        self.assertEqual(told[1], f"{day} 14 janv. {start.year}, 14:00 – 15:00")

    def test_all_day_says_its_last_day_once(self):
        first = self.day.date()
        self.held("Congé", allday=True, start_date=first, stop_date=first)
        self.open_odoo()
        (row,) = self.decisions.waiting_deletions()
        self.assertNotIn("–", row["when"])

    def test_one_by_one_takes_effect_at_once(self):
        first, second = self.held("Un", "Deux")
        self.account.auto_pull = False
        self.open_odoo()
        rows = {row["title"]: row["id"] for row in self.decisions.waiting_deletions()}
        self.decisions.answer_deletions("keep", [rows["Un"]])
        self.decisions.answer_deletions("delete", [rows["Deux"]])
        self.clock()
        self.assertTrue(first.exists())
        self.assertFalse(second.exists())
        self.assertEqual([x["summary"] for x in self.in_google().values()], ["Un"])
        self.assertFalse(self.decisions.waiting_deletions())

    def test_all_at_once_leaves_what_was_answered_meanwhile(self):
        events = self.held("Un", "Deux", "Trois")
        self.open_odoo()
        ids = [row["id"] for row in self.decisions.waiting_deletions()]
        self.decisions.answer_deletions("keep", ids[:1])
        kept = self.decisions.browse(ids[0]).candidate_ids
        self.assertEqual(self.decisions.answer_deletions("delete", ids), 2)
        self.clock()
        self.assertEqual(events.exists(), kept)

    def test_edited_meanwhile_is_said_and_comes_first(self):
        _first, second = self.held("Un", "Deux")
        second.with_user(self.ada).location = "Lyon"
        self.open_odoo()
        rows = self.decisions.waiting_deletions()
        said = [(row["title"], row["edited"]) for row in rows]
        self.assertEqual(said, [("Deux", True), ("Un", False)])

    def test_nobody_elses_deletions(self):
        self.held("Un")
        self.open_odoo()
        ids = [row["id"] for row in self.decisions.waiting_deletions()]
        bob = self.make_user("bob")
        others = self.env["google.sync.decision"].with_user(bob)
        self.assertFalse(others.waiting_deletions())
        self.assertFalse(others.waiting_deletions(self.account.id))
        self.assertFalse(others.answer_deletions("delete", ids))
        with self.assertRaises(AccessError):
            self.account.with_user(bob).action_deletions()
        chief = self.make_user(
            "chief", groups="base.group_user,google_sync.group_manager"
        )
        decisions = self.env["google.sync.decision"].with_user(chief)
        self.assertEqual(len(decisions.waiting_deletions(self.account.id)), 1)

    def test_private_ones_are_for_their_owner(self):
        self.held("Médecin", privacy="private")
        self.open_odoo()
        self.assertEqual(len(self.decisions.waiting_deletions()), 1)
        chief = self.make_user(
            "chief", groups="base.group_user,google_sync.group_manager"
        )
        decisions = self.env["google.sync.decision"].with_user(chief)
        self.assertFalse(decisions.waiting_deletions(self.account.id))
