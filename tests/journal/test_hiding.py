"""What becomes private is private in what was told of it before."""

from odoo.tests import tagged

from ..sync_case import SyncCase

SECRET = "Oncologue"


@tagged("post_install", "-at_install")
class TestHiding(SyncCase):
    """Vera sees the account, Max manages it; both know the journal of an open event."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vera = cls.make_user("vera")
        boss = "base.group_user,google_sync.group_manager"
        cls.max = cls.make_user("max", groups=boss)
        cls.env["google.sync.delegate"].create(
            {"account_id": cls.account.id, "user_id": cls.vera.id}
        )

    def told(self, user):
        """All that the journal and the questions say to this user."""
        self.env.invalidate_all()
        rows = []
        for model in ("google.sync.run.line", "google.sync.decision"):
            mine = self.env[model].with_user(user)
            rows += mine.search_read([])
            rows += mine.name_search(SECRET)
        for model in ("google.sync.run", "google.sync.account"):
            mine = self.env[model].with_user(user).sudo(False)
            rows += mine.search([]).read(["display_name", *self.words_of(model)])
        return str(rows)

    def words_of(self, model):
        return {
            "google.sync.run": ["message"],
            "google.sync.account": ["last_message"],
        }[model]

    def assert_told(self, user, told=True):
        check = self.assertIn if told else self.assertNotIn
        check(SECRET, self.told(user), user.login)

    def assert_hidden(self):
        for user in (self.vera, self.max):
            self.assert_told(user, False)
        self.assert_told(self.ada)

    def open_event(self):
        event = self.event(SECRET)
        self.sync()
        for user in (self.vera, self.max):
            self.assert_told(user)
        return event

    def test_an_event_that_is_made_private(self):
        for privacy in ("private", "confidential"):
            with self.subTest(privacy=privacy):
                event = self.open_event()
                event.with_user(self.ada).privacy = privacy
                self.assert_hidden()

    def test_one_that_google_makes_private(self):
        event = self.open_event()
        self.person.patch(self.link_of(event).google_id, {"visibility": "private"})
        self.sync()
        self.assertEqual(event.privacy, "private")
        self.assert_hidden()

    def test_an_agenda_that_is_made_private(self):
        event = self.open_event()
        gone = self.event(f"{SECRET} annulé", 1)
        self.sync()
        gone.unlink()
        self.ada.with_user(self.ada).calendar_default_privacy = "private"
        self.assertEqual(event.effective_privacy, "private")
        self.assert_hidden()

    def test_an_event_that_is_given_to_who_keeps_all_private(self):
        bob = self.make_user("bob")
        bob.with_user(bob).calendar_default_privacy = "private"
        event = self.open_event()
        event.with_user(self.ada).user_id = bob
        self.assert_hidden()

    def test_a_series_that_is_made_private(self):
        event = self.event(SECRET, recurrency=True, rrule_type="daily", count=3)
        self.sync()
        self.assert_told(self.vera)
        base = event.recurrence_id.base_event_id
        base.with_user(self.ada).write(
            {"privacy": "private", "recurrence_update": "all_events"}
        )
        self.sync()
        self.assert_hidden()

    def test_a_question_about_it(self):
        self.account.conflict_policy = "ask"
        event = self.open_event()
        event.with_user(self.ada).location = "Ici"
        self.person.patch(self.link_of(event).google_id, {"location": "Là"})
        self.sync(state="partial")
        questions = self.env["google.sync.decision"].with_user(self.max)
        self.assertTrue(questions.search([]))
        event.with_user(self.ada).privacy = "private"
        self.assertFalse(questions.search([]))
        self.assert_hidden()

    def test_another_addon_s_words_about_it(self):
        event = self.open_event()
        line = self.account.last_run_id.line_ids.sudo()
        line.error = f"“{SECRET}” is too long (invalid)"
        self.assert_told(self.vera)
        event.with_user(self.ada).privacy = "private"
        self.assert_hidden()
        self.assertEqual(line.with_user(self.vera).error_display, "(invalid)")
        self.assertIn(SECRET, line.with_user(self.ada).error_display)

    def test_a_plan_that_was_out_of_date_named_it(self):
        event = self.event(SECRET)
        other = self.event("Ouvert", 2)
        plan = self.sync("planned", mode="preview")
        event.with_user(self.ada).name = f"{SECRET} bis"
        other.with_user(self.ada).name = "Ouvert bis"
        run = plan.with_user(self.ada)._apply_plan()
        for _turn in range(60):
            if all(x["state"] != "running" for x in run.work_on()):
                break
        self.env.invalidate_all()
        self.assertIn(SECRET, run.message)
        self.assertIn(SECRET, self.account.last_message)
        event.with_user(self.ada).privacy = "private"
        self.env.invalidate_all()
        self.assertNotIn(SECRET, run.message)
        self.assertIn("Changed meanwhile: others", run.message)
        self.assertIn("Changed meanwhile: others", self.account.last_message)
        self.assert_hidden()
