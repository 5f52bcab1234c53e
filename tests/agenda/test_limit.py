"""An administrator's limit on an agenda: reached, said, lifted."""

from odoo.tests import tagged

from ..sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestLimit(SyncCase):
    def limit(self, number):
        params = self.env["ir.config_parameter"].sudo()
        params.set_param("google_sync.max_events", number)

    def test_no_limit_unless_it_is_set(self):
        for value in ("", "0", "-3", "beaucoup", False):
            self.limit(value)
            self.assertFalse(self.account._max_events())

    def test_new_events_of_both_sides_wait_outside(self):
        self.limit(3)
        for number in range(2):
            self.google_event(f"Google {number}", number)
        for number in range(3):
            self.event(f"Odoo {number}", number)
        run = self.sync(state="partial")
        self.assertEqual((run.pulled_created, run.pushed_created), (2, 1))
        self.assertIn("Beyond the limit", run.skipped_display)
        self.assertEqual(run.skipped, {"over_limit": 2})
        account = self.account.sudo()
        self.assertTrue(account.limit_reached)
        self.assertIn("limit of 3 events", account.last_message)
        self.assertIn("limit of 3 events", account.limit_message)
        self.assertIn("limit", self.ada.with_user(self.ada).google_sync_limit_message)

    def test_those_in_step_go_on(self):
        self.limit(1)
        event, other = self.event("Dedans"), self.event("Dehors", 1)
        self.sync(state="partial")
        event.name = "Renommé"
        self.google_event("De trop", 2)
        run = self.sync()
        self.assertIn("limit", run.message)
        self.assertEqual(self.google_of(event)["summary"], "Renommé")
        self.assertFalse(self.link_of(other))
        self.assertEqual(len(self.agenda()), 2)
        self.person.patch(self.link_of(event).google_id, {"location": "Paris"})
        self.sync()
        self.assertEqual(event.location, "Paris")

    def test_an_edit_of_an_event_outside_does_not_let_it_in(self):
        self.limit(1)
        self.event("Dedans")
        self.sync()
        late = self.event("Trop tard", 1)
        self.sync(state="partial")
        late.name = "Toujours trop tard"
        self.sync()
        self.assertEqual(len(self.in_google()), 1)

    def test_room_again_takes_in_what_waited(self):
        self.limit(2)
        events = [self.event(f"Odoo {number}", number) for number in range(2)]
        self.sync()
        self.google_event("Attend", 3)
        self.sync(state="partial")
        events[0].unlink()
        self.sync()
        self.sync()
        self.assertIn("Attend", self.agenda().mapped("name"))
        self.assertFalse(self.account.sudo().limit_reached)

    def test_a_higher_limit_takes_in_what_waited(self):
        self.limit(1)
        self.google_event("Un", 1)
        self.google_event("Deux", 2)
        self.event("Trois", 3)
        self.sync(state="partial")
        self.limit(10)
        self.sync()
        self.assertEqual(len(self.agenda()), 3)
        self.assertEqual(len(self.in_google()), 3)
        self.assertFalse(self.account.sudo().limit_message)
        self.assert_quiet()

    def test_full_to_the_brim_is_no_news(self):
        self.limit(1)
        self.event("Seul")
        self.sync()
        self.assertFalse(self.account.sudo().limit_reached)
        self.assert_quiet()

    def test_old_events_do_not_count(self):
        self.limit(1)
        old = self.event("Bientôt vieux")
        self.sync()
        old.write({"start": "2020-01-01 09:00:00", "stop": "2020-01-01 10:00:00"})
        self.sync()
        new = self.event("Nouveau")
        self.sync()
        self.assertEqual(self.link_of(new).state, "linked")
