"""A user whose agenda is private by default: nothing of it is published."""

from odoo.tests import tagged

from ..series_case import SeriesCase

DAILY = ["RRULE:FREQ=DAILY;COUNT=4"]


@tagged("post_install", "-at_install")
class TestPrivacyByDefault(SeriesCase):
    def keep(self, default):
        """The user's own word, or nothing where it is empty (the database's then)."""
        if default:
            self.ada.with_user(self.ada).calendar_default_privacy = default
        else:
            params = self.env["ir.config_parameter"].sudo()
            params.set_param("calendar.default_privacy", "private")
            self.ada.res_users_settings_id.unlink()
        self.env.invalidate_all()

    def invited(self, summary="Invited"):
        """An event that somebody outside organises."""
        outsider = self.world.add_account("out@gmail.com", "Out")
        person = self.world.person(outsider.email)
        start = self.day.isoformat() + "Z"
        person.insert(
            {
                "summary": summary,
                "start": {"dateTime": start},
                "end": {"dateTime": start.replace("T09", "T10")},
                "attendees": [{"email": "ada@gmail.com"}],
            }
        )

    def named(self, name):
        return self.agenda().filtered(lambda event: event.name == name)

    def assert_settled(self):
        """Nothing more to write on either side, however hard one looks."""
        before = self.in_google()
        self.assert_quiet()
        for mode in ("full", "normal"):
            run = self.sync(mode=mode)
            self.assertFalse(run.line_ids, run.line_ids.mapped("after"))
        self.account.sudo().last_sweep_at = False
        self.assertFalse(self.sync().line_ids)
        after = self.in_google()
        self.assertEqual(
            {k: e.get("visibility") for k, e in after.items()},
            {k: e.get("visibility") for k, e in before.items()},
        )
        self.assertEqual(
            {k: e["etag"] for k, e in after.items()},
            {k: e["etag"] for k, e in before.items()},
        )

    def check_what_google_s_default_becomes(self, default, hidden):
        self.keep(default)
        self.google_event("Ordinary", 1)
        self.google_event("Open", 2, visibility="public")
        self.google_event("Secret", 3, visibility="private")
        self.google_event("Rule", 4, recurrence=DAILY)
        self.invited()
        self.sync()
        self.assertEqual(self.named("Ordinary").privacy, False)
        self.assertEqual(set(self.named("Rule").mapped("privacy")), {False})
        self.assertEqual(len(self.named("Rule")), 4)
        self.assertEqual(self.named("Secret").privacy, "private")
        for name in ("Ordinary", "Invited", "Rule"):
            seen = set(self.named(name).mapped("effective_privacy"))
            found = bool(seen & {"private", "confidential"})
            self.assertEqual(found, hidden, (name, seen))
        self.assertEqual(self.named("Open").privacy, hidden and "public")
        self.assert_settled()

    def test_google_s_default_is_odoo_s_private(self):
        self.check_what_google_s_default_becomes("private", True)

    def test_google_s_default_is_odoo_s_confidential(self):
        self.check_what_google_s_default_becomes("confidential", True)

    def test_google_s_default_is_odoo_s_public(self):
        self.check_what_google_s_default_becomes("public", False)

    def test_google_s_default_is_the_database_s_where_the_user_said_nothing(self):
        self.check_what_google_s_default_becomes("", True)

    def test_odoo_s_default_goes_as_private_and_stays(self):
        self.keep("private")
        event = self.event()
        self.sync()
        self.assertEqual(self.google_of(event)["visibility"], "private")
        self.assert_settled()
        self.assertFalse(event.privacy)

    def test_what_a_person_says_later_travels(self):
        self.keep("private")
        made = self.google_event("Ordinary", 1)
        self.sync()
        event = self.named("Ordinary")
        event.with_user(self.ada).privacy = "private"
        self.sync()
        self.assertEqual(self.person.get(made["id"])["visibility"], "private")
        self.person.patch(made["id"], {"visibility": "default"})
        self.sync()
        self.assertEqual(event.privacy, "public")
        self.assert_settled()
        event.with_user(self.ada).write({"privacy": "private", "name": "Other"})
        self.sync()
        self.assertEqual(self.person.get(made["id"])["visibility"], "private")
        self.assert_settled()

    def test_a_changed_default_writes_nothing(self):
        self.google_event("Ordinary", 1)
        self.google_event("Rule", 4, recurrence=DAILY)
        self.sync()
        for default in ("private", "confidential", "public", "private"):
            self.keep(default)
            self.assert_settled()

    def test_pairing_publishes_nothing(self):
        """After a reset, and of what was on both sides before the first run."""
        self.keep("private")
        self.google_event("Ordinary", 1)
        self.event("Ordinary", 1)
        self.google_event("Kept", 2)
        self.event("Kept", 2, privacy="private")
        self.google_event("Rule", 4, recurrence=DAILY)
        self.sync()
        self.assertEqual(self.named("Ordinary").privacy, False)
        self.assertEqual(self.named("Kept").privacy, "private")
        shown = {e["summary"]: e.get("visibility") for e in self.in_google().values()}
        self.assertEqual(shown["Ordinary"], None)
        self.assertEqual(shown["Kept"], "private")
        self.account.reset(what="calendar")
        self.account.calendar_id = self.calendar
        self.sync()
        self.assertEqual(len(self.agenda()), 6)
        self.assertEqual(self.named("Ordinary").privacy, False)
        self.assertEqual(self.named("Kept").privacy, "private")
        self.assert_settled()

    def test_more_rows_and_moved_rows_stay_as_the_series(self):
        self.keep("private")
        made = self.google_event("Rule", 1, recurrence=DAILY)
        self.sync()
        self.person.patch(made["id"], {"recurrence": ["RRULE:FREQ=DAILY;COUNT=6"]})
        self.sync()
        rows = self.named("Rule")
        self.assertEqual(len(rows), 6)
        self.assertEqual(set(rows.mapped("privacy")), {False})
        self.assert_settled()

    def test_the_journal_of_a_private_agenda_is_its_owner_s(self):
        self.keep("private")
        manager = self.make_user(
            "max", groups="base.group_user,google_sync.group_manager"
        )
        self.google_event("Doctor", 1)
        run = self.sync()
        self.assertEqual(run.line_ids.mapped("name"), ["Doctor"])
        seen = run.line_ids.with_user(manager).read(["name", "after_display"])
        self.assertNotIn("Doctor", str(seen))
