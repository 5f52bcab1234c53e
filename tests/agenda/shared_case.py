"""Calendars that several accounts share."""

from collections import Counter

from ...sync.events.google_event import CalendarContext, parse_event
from .calendars_case import CalendarsCase


class SharedCase(CalendarsCase):
    """Ada and Bob both write in the team's calendar; each has a second of their own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bob = cls.make_user("bob")
        cls.others = cls.connect(cls.bob)

    def setUp(self):
        super().setUp()
        bob = self.world.account("bob@gmail.com")
        team = self.world.calendars[self.team_id]
        self.world.share(team, self.world.account("ada@gmail.com"), "writer")
        self.world.share(team, bob, "writer")
        self.home_id = self.world.add_calendar(bob, "Home").id
        self.bobs = self.world.person("bob@gmail.com")
        for item in self.bobs.list(showDeleted=False):
            if item["status"] != "cancelled":
                self.bobs.delete(item["id"])
        for account in (self.account, self.others):
            account.action_refresh_calendars()
        self.shut_out = set()
        self.users = {
            self.ada: (self.account, self.person, ["primary", self.work_id]),
            self.bob: (self.others, self.bobs, ["primary", self.home_id]),
        }
        for _account, _person, places in self.users.values():
            places.append(self.team_id)
        for user, (_account, _person, places) in self.users.items():
            for place in places[1:]:
                self.place_of(user, place).mode = "both"

    def place_of(self, user, google_id):
        account = self.users[user][0]
        if google_id == "primary":
            return account.calendar_id
        places = account.calendar_ids
        return places.filtered(lambda place: place.google_id == google_id)

    def sync_of(self, user):
        run = self.users[user][0].run_sync()
        self.assertIn(run.state, ("done", "partial"), run.message)
        self.assertFalse(self.problems(run), run.message)
        return run

    def settle(self, rounds=4):
        for _round in range(rounds):
            for user in self.users:
                self.sync_of(user)

    def agenda_of(self, user):
        """What stands in the user's agenda, and was not declined."""
        events = self.env["calendar.event"].with_user(user)
        events = events.search([("partner_ids", "in", user.partner_id.ids)])
        declined = events.sudo().attendee_ids.filtered(
            lambda x: x.partner_id == user.partner_id and x.state == "declined"
        )
        return events - declined.event_id.with_env(events.env)

    def calendars_of(self, user, **asked):
        """{(calendar, id): item} of all that the user's calendars hold."""
        _account, person, places = self.users[user]
        return {
            (place, item["id"]): item
            for place in places
            if place != self.team_id or user not in self.shut_out
            for item in person.list(place, showDeleted=False, **asked)
            if item["status"] != "cancelled" and item.get("location")
            if asked or "recurringEventId" not in item
        }

    # -- both sides ------------------------------------------------------------

    def odoo_side(self, user):
        return Counter(
            self.shown(event._google_sync_values()) for event in self.agenda_of(user)
        )

    def google_side(self, user):
        items = self.calendars_of(user, singleEvents=True)
        follow = self.followers_of(user)
        once = {
            (item["iCalUID"], str(item["start"])): item
            for (_calendar, google_id), item in items.items()
            if item.get("recurringEventId", google_id) not in follow
        }
        return Counter(
            self.shown(parse_event(item, CalendarContext()).values)
            for item in once.values()
        )

    def followers_of(self, user):
        """Ids of second copies, as a participant who puts theirs where both look, and
        of what the user hid for themselves."""
        links = self.env["google.sync.event.link"].sudo()
        domain = [
            ("account_id", "=", self.users[user][0].id),
            ("state", "in", ("following", "left")),
        ]
        return set(links.search(domain).mapped("google_id"))

    def shown(self, values):
        return str([values.get(name) for name in ("title", "place", "period")])

    def assert_equal_sides(self):
        for user in self.users:
            self.assertEqual(self.odoo_side(user), self.google_side(user), user.login)

    def assert_all_still(self):
        for user in self.users:
            run = self.sync_of(user)
            self.assertFalse(run.line_ids.mapped("action"), user.login)
            self.assertEqual(run.requests, 1, user.login)
