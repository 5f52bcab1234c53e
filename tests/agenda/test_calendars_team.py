"""Two users who synchronise one shared calendar: stories."""

from odoo.tests import tagged

from .shared_case import SharedCase


@tagged("post_install", "-at_install")
class TestTeamCalendar(SharedCase):
    def all_events(self):
        return self.env["calendar.event"].search([("location", "=", "T")])

    def put(self, person=None, title="Standup", place=None, **body):
        place = place or self.team_id
        return self.at_google(place, title, person=person, location="T", **body)

    def test_one_event_whoever_comes_first(self):
        for first in self.users:
            made = self.put(self.bobs, f"First {first.login}")
            self.sync_of(first)
            self.settle(2)
            event = self.all_events().filtered(lambda x, f=first: f.login in x.name)
            self.assertEqual(len(event), 1)
            self.assertEqual(event.user_id, self.bob)
            self.assertEqual(
                event.partner_ids, self.ada.partner_id | self.bob.partner_id
            )
            self.assertTrue(made)
        self.assert_all_still()

    def test_an_edit_of_either_reaches_google_once(self):
        self.put(self.bobs)
        self.settle(2)
        for user in self.users:
            self.all_events().with_user(user).name = f"By {user.login}"
            self.settle(2)
            self.assertEqual(self.listed(self.team_id), [f"By {user.login}"])
        self.assert_all_still()

    def test_hidden_by_one_it_stays_with_the_other(self):
        """The team's own event, made by somebody who is not in Odoo."""
        self.put(self.boss)
        self.settle(2)
        self.all_events().with_user(self.ada).unlink()
        self.settle(3)
        self.assertFalse(self.agenda_of(self.ada))
        self.assertEqual(self.agenda_of(self.bob).mapped("name"), ["Standup"])
        self.assertEqual(self.listed(self.team_id), ["Standup"])
        self.assert_all_still()

    def test_deleting_what_a_colleague_owns_is_not_for_me(self):
        """However it is deleted, and whoever's run is first."""
        deletions = {
            "unlink": lambda event: event.unlink(),
            "archived": lambda event: event.action_archive(),
        }
        for order in (self.users, [*self.users][::-1]):
            for name, delete in deletions.items():
                self.put(self.bobs, name)
                self.settle(2)
                delete(self.all_events().with_user(self.ada))
                for user in (*order, *order):
                    self.sync_of(user)
                self.assertFalse(self.agenda_of(self.ada), name)
                self.assertEqual(self.agenda_of(self.bob).mapped("name"), [name])
                self.assertEqual(self.listed(self.team_id), [name])
                self.assert_all_still()
                # Whoever owns it deletes it for everybody.
                self.agenda_of(self.bob).unlink()
                self.settle(2)
                self.assertEqual(self.listed(self.team_id), [], name)
                self.assert_all_still()

    def test_a_reader_deletes_nothing_of_its_owner(self):
        team = self.world.calendars[self.team_id]
        self.world.share(team, self.world.account("ada@gmail.com"), "reader")
        place = self.place_of(self.ada, self.team_id)
        self.account.action_refresh_calendars()
        place.mode = "from_google"
        self.put(self.bobs)
        self.settle(2)
        self.all_events().with_user(self.ada).unlink()
        for user in (self.bob, self.ada, self.bob):
            self.sync_of(user)
        self.assertFalse(self.agenda_of(self.ada))
        self.assertEqual(self.agenda_of(self.bob).mapped("name"), ["Standup"])
        self.assertEqual(self.listed(self.team_id), ["Standup"])
        self.assert_all_still()

    def test_a_series_that_a_colleague_owns_stays_with_them(self):
        body = {"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=3"]}
        self.put(self.bobs, **body)
        self.settle(2)
        mine = self.all_events()[:1].with_user(self.ada)
        mine.action_mass_deletion("all_events")
        self.settle(2)
        self.assertFalse(self.agenda_of(self.ada))
        self.assertEqual(len(self.agenda_of(self.bob)), 3)
        self.assertEqual(self.listed(self.team_id), ["Standup"])
        self.assert_all_still()

    def test_who_does_not_share_the_calendar_deletes_as_ever(self):
        """A secretary with rights on the agenda: it goes to Google."""
        carol = self.make_user("carol")
        self.put(self.bobs)
        self.settle(2)
        self.all_events().with_user(carol).unlink()
        self.settle(2)
        self.assertEqual(self.listed(self.team_id), [])
        self.assert_all_still()

    def test_who_moves_a_colleagues_event_takes_it_along(self):
        made = self.put(self.bobs)
        self.settle(2)
        event = self.all_events()
        self.person.move(made["id"], self.work_id, self.team_id)
        self.settle(3)
        self.assertEqual(self.agenda_of(self.ada), event.with_user(self.ada))
        self.assertFalse(self.agenda_of(self.bob))
        self.assertEqual(self.listed(self.work_id), ["Standup"])
        self.person.move(made["id"], self.team_id, self.work_id)
        self.settle(3)
        self.assertEqual(self.all_events(), event)
        self.assertEqual(len(self.agenda_of(self.bob)), 1)
        self.assert_all_still()

    def test_deleted_in_google_it_is_gone_for_both(self):
        made = self.put(self.bobs)
        self.settle(2)
        self.person.delete(made["id"], self.team_id)
        self.settle(3)
        self.assertFalse(self.all_events())
        self.assert_all_still()

    def test_unshared_it_stays_where_it_is(self):
        self.put(self.bobs)
        self.settle(2)
        bob = self.world.account("bob@gmail.com")
        self.world.unshare(self.world.calendars[self.team_id], bob)
        self.settle(2)
        self.assertEqual(len(self.agenda_of(self.bob)), 1)
        self.assertEqual(self.listed(self.team_id), ["Standup"])
        self.assertEqual(self.listed("primary", self.bobs), [])

    def test_a_colleagues_private_copy_gives_way(self):
        partners = (self.ada | self.bob).partner_id.ids
        event = self.event("Plan", location="T", partner_ids=[(6, 0, partners)])
        self.settle(2)
        self.assertEqual(self.listed("primary", self.bobs), ["Plan"])
        event.google_sync_calendar_id = self.place_of(self.ada, self.team_id)
        self.settle(3)
        self.assertEqual(self.listed("primary", self.bobs), [])
        self.assertEqual(self.listed(self.team_id), ["Plan"])
        self.assertEqual(len(self.agenda_of(self.bob)), 1)
        self.assert_all_still()
