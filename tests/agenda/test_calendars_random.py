"""Random edits and moves over several calendars of two users who share one of them.

After each round both users' runs settle: each agenda is what that user's calendars hold
together, nothing is gone that nobody deleted, there are no doubles, and one more run
asks once and writes nothing.
"""

from collections import Counter
from random import Random

from odoo import fields
from odoo.tests import tagged

from ...sandbox.errors import ApiError
from ...sync.events.google_event import CalendarContext, parse_event
from .test_calendars import CalendarsCase


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


@tagged("post_install", "-at_install")
class TestCalendarsRandom(SharedCase):
    def test_seed_3(self):
        self.play(3, rounds=6, gestures=8)

    def test_seed_34(self):
        self.play(34, rounds=6, gestures=8)

    def play(self, seed, rounds, gestures):
        self.random = Random(seed)
        self.serial, self.log = 0, []
        self.born, self.deleted = set(), set()
        makers = [self.create_odoo, self.create_google] * 2 + [self.create_series]
        movers = [self.move_odoo, self.move_google] * 3
        rest = [self.edit_odoo, self.edit_google] * 2
        rest += [self.delete_odoo, self.delete_google, self.sync_one, self.unshare]
        for round_ in range(rounds):
            for _gesture in range(gestures):
                self.random.choice([*makers, *movers, *rest])()
            self.share_again()
            self.log.append("settle")
            self.settle()
            try:
                self.assert_equal_sides()
                self.assert_nothing_lost()
                self.assert_all_still()
            except AssertionError as error:
                story = "\n".join(self.log)
                text = f"seed {seed} round {round_}: {error}\n{story}"
                raise AssertionError(text) from None

    def assert_nothing_lost(self):
        events = self.env["calendar.event"].search([("location", "!=", False)])
        whole = {(event.location, event.recurrence_id or event) for event in events}
        alive = Counter(token for token, _event in whole)
        for token in self.born:
            self.assertLessEqual(alive[token], 1, token)
            if token not in self.deleted:
                self.assertEqual(alive[token], 1, token)

    # -- gestures --------------------------------------------------------------

    def any_user(self):
        return self.random.choice(list(self.users))

    def token(self):
        self.serial += 1
        self.born.add(f"T{self.serial}")
        return f"T{self.serial}"

    def open_to(self, user, places):
        return [x for x in places if x != self.team_id or user not in self.shut_out]

    def say(self, *words):
        self.log.append(" ".join(str(word) for word in words))

    def create_odoo(self):
        user, token = self.any_user(), self.token()
        people = self.random.choice([[user], [user], list(self.users)])
        places = self.open_to(user, self.users[user][2])
        place = self.random.choice([None, *places])
        partners = [x.partner_id.id for x in people]
        values = {"partner_ids": [fields.Command.set(partners)], "location": token}
        if place:
            values["google_sync_calendar_id"] = self.place_of(user, place).id
        self.event(token, self.random.randrange(20), user=user, **values)
        self.say("odoo creates", token, user.login, len(people), place)

    def create_google(self):
        user, token = self.any_user(), self.token()
        _account, person, places = self.users[user]
        place = self.random.choice(self.open_to(user, places))
        days = self.random.randrange(20)
        self.at_google(place, token, days, person=person, location=token)
        self.say("google creates", token, user.login, place)

    def create_series(self):
        user, token = self.any_user(), self.token()
        _account, person, places = self.users[user]
        place = self.random.choice([x for x in places if x != self.team_id])
        days = self.random.randrange(20)
        rule = {"recurrence": ["RRULE:FREQ=DAILY;COUNT=3"]}
        self.at_google(place, token, days, person=person, location=token, **rule)
        self.say("google creates series", token, user.login, place)

    def unshare(self):
        """Bob may not read the team's calendar for a while."""
        self.say("unshare")
        bob = self.world.account("bob@gmail.com")
        self.world.unshare(self.world.calendars[self.team_id], bob)
        self.shut_out.add(self.bob)
        if self.random.random() < 0.5:
            self.sync_of(self.bob)

    def share_again(self):
        if self.shut_out:
            self.say("share again")
            bob = self.world.account("bob@gmail.com")
            self.world.share(self.world.calendars[self.team_id], bob, "writer")
            self.shut_out.clear()
            self.others.action_refresh_calendars()

    def pick_odoo(self):
        user = self.any_user()
        events = self.agenda_of(user).sorted("id")
        return user, self.random.choice(events) if events else events

    def pick_google(self):
        user = self.any_user()
        items = self.calendars_of(user)
        key = self.random.choice(sorted(items)) if items else None
        return user, key, items.get(key, {})

    def edit_odoo(self):
        user, event = self.pick_odoo()
        if event:
            self.serial += 1
            self.say("odoo edits", event.location, user.login, f"O{self.serial}")
            event.name = f"O{self.serial}"

    def edit_google(self):
        user, key, item = self.pick_google()
        if key:
            self.serial += 1
            self.say("google edits", item["location"], user.login, f"G{self.serial}")
            self.users[user][1].patch(key[1], {"summary": f"G{self.serial}"}, key[0])

    def delete_odoo(self):
        user, event = self.pick_odoo()
        if event:
            self.say("odoo deletes", event.location, user.login)
            self.deleted.add(event.location)
            event.unlink()

    def delete_google(self):
        user, key, item = self.pick_google()
        if key:
            self.say("google deletes", item["location"], user.login, key[0])
            self.deleted.add(item["location"])
            self.users[user][1].delete(key[1], key[0])

    def move_odoo(self):
        user, event = self.pick_odoo()
        if event:
            place = self.random.choice(self.open_to(user, self.users[user][2]))
            self.say("odoo moves", event.location, user.login, place)
            event.google_sync_calendar_id = self.place_of(user, place)

    def move_google(self):
        user, key, item = self.pick_google()
        if not key:
            return
        _account, person, places = self.users[user]
        places = self.open_to(user, places)
        place = self.random.choice([x for x in places if x != key[0]])
        self.say("google moves", item["location"], user.login, key[0], place)
        try:
            person.move(key[1], place, key[0])
        except ApiError as error:
            self.say("  refused", error)

    def sync_one(self):
        user = self.any_user()
        self.say("sync", user.login)
        self.sync_of(user)
