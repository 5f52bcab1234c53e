"""The catalogue of Google's errors: the refusal of one record."""

from odoo.tests import tagged

from .error_case import INSERT, REFUSED_RECORDS, CatalogueCase


@tagged("post_install", "-at_install")
class TestErrorCatalogueRecords(CatalogueCase):
    """Google refuses one record: told once, with advice, and the others go on."""

    def errors_of(self, run):
        return run.line_ids.filtered(lambda line: line.action == "error")

    def test_refused_records(self):
        for day, (status, reason, said, words) in enumerate(REFUSED_RECORDS, 1):
            with self.subTest(reason, said=said):
                self.check_refused(day, status, reason, said, words)

    def check_refused(self, day, status, reason, said, words):
        pair = self.event(f"Un {day}", day) + self.event(f"Deux {day}", day)
        self.fault(INSERT, times=1, status=status, reason=reason, message=said)
        run = self.sync("partial")
        line = self.errors_of(run)
        refused = pair.browse(line.res_id)
        other = pair - refused
        self.assertEqual(len(other), 1)
        self.assertEqual(line.error, f"{said} ({reason})")
        self.assertIn(words, line.advice)
        self.assert_fit(line.advice + line.error)
        self.assertEqual(run.message, "1 event could not be synchronised.")
        self.assertEqual(self.account.state, "connected")
        self.assertTrue(self.google_of(other))
        self.sync()
        refused.with_user(self.ada).location = "Corrigé"
        self.sync()
        self.assertEqual(self.google_of(refused)["location"], "Corrigé")
        self.assert_not_doubled()
        self.assert_quiet()

    def test_time_zone_that_google_does_not_know(self):
        """Once under another name, once in UTC; refused again, it is told."""
        for day, reason in ((1, "invalid"), (2, "required")):
            with self.subTest(reason):
                said = "Invalid time zone definition for start time."
                event = self.event(f"Fuseau {day}", day)
                refusal = {"status": 400, "reason": reason, "message": said}
                self.fault(INSERT, times=3, **refusal)
                line = self.errors_of(self.sync("partial"))
                self.assertIn("does not know the time zone", line.advice)
                event.with_user(self.ada).location = "Ici"
                self.fault(INSERT, times=2, **refusal)
                self.sync()
                start = self.google_of(event)["start"]
                self.assertEqual(start["timeZone"], "UTC")
                self.assert_quiet()

    def test_refused_edit_keeps_both_sides(self):
        self.kept.with_user(self.ada).location = "Lyon"
        self.fault("calendar.events.patch", times=1, status=403, reason="forbidden")
        line = self.errors_of(self.sync("partial"))
        self.assertIn("does not let your account", line.advice)
        self.assertEqual(self.kept.location, "Lyon")
        self.assertFalse(self.google_of(self.kept).get("location"))
        self.sync()
        self.kept.with_user(self.ada).location = "Nice"
        self.sync()
        self.assertEqual(self.google_of(self.kept)["location"], "Nice")
        self.assert_quiet()

    def test_event_of_googles_own_kind_is_read_only_from_then_on(self):
        reasons = ("WorkingLocation", "OutOfOffice", "FocusTime")
        for day, kind in enumerate(reasons, 1):
            with self.subTest(kind):
                event = self.event(kind, day)
                self.sync()
                event.with_user(self.ada).location = "Ici"
                reason = f"malformed{kind}Event"
                self.fault("calendar.events.patch", times=1, status=400, reason=reason)
                line = self.errors_of(self.sync("partial"))
                self.assertIn("Google keeps events of this kind", line.advice)
                event.with_user(self.ada).location = "Là"
                run = self.sync()
                self.assertEqual(run.line_ids.mapped("action"), ["put_back"])
                self.assertFalse(event.location)
                self.assert_quiet()

    def test_refused_deletion_is_told_once(self):
        self.kept.with_user(self.ada).unlink()
        self.fault("calendar.events.delete", times=9, status=403, reason="forbidden")
        line = self.errors_of(self.sync("partial"))
        self.assertIn("does not let your account", line.advice)
        self.assertEqual(len(self.in_google()), 1)
        self.assert_quiet()

    def test_what_google_says_is_shown_without_tokens_and_mark_up(self):
        said = 'Bad <a href="x">quota</a> for ya29.a0Af_b-C and 1//03xYz-Ab_c'
        self.event("Non", 1)
        self.fault(INSERT, times=1, status=400, reason="invalid", message=said)
        line = self.errors_of(self.sync("partial"))
        self.assertEqual(line.error, "Bad quota for *** and *** (invalid)")

    def test_json_and_pages_are_not_shown(self):
        self.event("Non", 1)
        said = '{"error": {"code": 400}}'
        self.fault(INSERT, times=1, status=400, reason="invalid", message=said)
        line = self.errors_of(self.sync("partial"))
        self.assertEqual(line.error, "HTTP 400 (invalid)")

    def test_event_deleted_in_google_without_a_trace_is_asked_about(self):
        """404 in a calendar that can be read: neither side is written."""
        google_id = self.link_of(self.kept).google_id
        calendar = self.world.calendars["ada@gmail.com"]
        with self.world.lock:
            del calendar.events[google_id]
        self.kept.with_user(self.ada).name = "Modifié"
        self.sync()
        decision = self.env["google.sync.decision"].with_user(self.ada).search([])
        self.assertIn("no longer knows this event", decision.question)
        self.assertEqual(self.kept.name, "Modifié")
        decision.action_keep()
        self.sync()
        titles = [event["summary"] for event in self.in_google().values()]
        self.assertEqual(titles, ["Modifié"])
        self.assert_quiet()

    def test_deletion_of_what_google_does_not_know_is_done(self):
        google_id = self.link_of(self.kept).google_id
        with self.world.lock:
            del self.world.calendars["ada@gmail.com"].events[google_id]
        self.kept.with_user(self.ada).unlink()
        run = self.sync()
        self.assertFalse(run.errors_count)
        self.assertFalse(self.env["google.sync.decision"].sudo().search([]))
        self.assert_quiet()

    def test_deletion_of_what_is_deleted_is_done(self):
        google_id = self.link_of(self.kept).google_id
        self.kept.with_user(self.ada).unlink()
        self.fault("calendar.events.delete", times=1, status=410, reason="deleted")
        run = self.sync()
        self.assertFalse(run.errors_count)
        self.person.delete(google_id)
        self.assert_quiet()

    def test_guest_of_somebody_elses_event_gets_googles_values_back(self):
        """forbiddenForNonOrganizer, known beforehand: not even sent."""
        body = self.person.get(self.link_of(self.kept).google_id)
        when = {key: body[key] for key in ("start", "end")}
        guests = [{"email": "ada@gmail.com", "responseStatus": "accepted"}]
        self.person.receive(
            {
                **when,
                "summary": "Invitée",
                "iCalUID": "outside@example.com",
                "organizer": {"email": "boss@example.com"},
                "attendees": guests,
            }
        )
        self.sync()
        event = self.agenda().filtered(lambda event: event.name == "Invitée")
        event.with_user(self.ada).name = "Autre"
        run = self.sync()
        self.assertEqual(event.name, "Invitée")
        line = run.line_ids.filtered(lambda line: line.action == "put_back")
        self.assertIn("Only the organiser", line.advice)
        self.assert_quiet()
