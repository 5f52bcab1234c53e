"""Random edits and moves over several calendars of two users who share one of them.

After each round both users' runs settle: each agenda is what that user's calendars hold
together, nothing is gone that nobody deleted, there are no doubles, and one more run
asks once and writes nothing.

A campaign, run by its tag: what is played depends on the ids that Google gives, and
somebody who moves the own copy of a shared event into a team calendar may double it.
"""

from collections import Counter
from random import Random

from odoo import fields
from odoo.tests import tagged

from ...sandbox.errors import ApiError
from .shared_case import SharedCase


@tagged("-standard", "random_calendars", "post_install", "-at_install")
class TestCalendarsRandom(SharedCase):
    def test_seed_3(self):
        self.play(3, rounds=6, gestures=8)

    def test_seed_34(self):
        self.play(34, rounds=6, gestures=8)

    def test_google_fails_between_their_gestures(self):
        self.play(6, rounds=5, gestures=8, broken=True)

    def play(self, seed, rounds, gestures, broken=False):
        """broken: runs meet faults of Google before they settle."""
        self.random = Random(seed)
        self.serial, self.log = 0, []
        self.born, self.deleted = set(), set()
        makers = [self.create_odoo, self.create_google] * 2 + [self.create_series]
        movers = [self.move_odoo, self.move_google] * 3
        rest = [self.edit_odoo, self.edit_google] * 2
        rest += [self.delete_odoo, self.delete_google, self.sync_one, self.unshare]
        if broken:
            rest = [x for x in rest if x != self.unshare] + [self.sync_broken] * 4
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

    def sync_broken(self):
        """A run that Google cuts off, before or after it did what was asked."""
        user = self.any_user()
        kinds = ("rate_limit", "backend_error", "cut", "bad_gateway", "truncated")
        kind = self.random.choice((*kinds, "drop_part", "empty", "malformed"))
        when = self.random.choice(["before", "after"])
        skip = self.random.randrange(4)
        self.world.faults.add("*", kind, when=when, skip=skip, times=2)
        self.say("broken sync", user.login, kind, when, skip)
        account = self.users[user][0]
        account.run_sync()
        self.world.faults.clear()
        account.sudo().write({"next_try": False, "contacts_next_try": False})

    def sync_one(self):
        user = self.any_user()
        self.say("sync", user.login)
        self.sync_of(user)
