"""Random edits of contacts on both sides, with faults between: equal and no doubles."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random

from odoo.tests import tagged

from ..contact_case import ContactCase

#: What Google may do after the work was done, too.
FAULTS = ("rate_limit", "backend_error", "cut", "bad_gateway", "truncated")


@tagged("post_install", "-at_install")
class TestContactRandom(ContactCase):
    def setUp(self):
        super().setUp()
        self.random = Random(23)
        self.serial = 0
        self.mine = self.env["res.partner"]

    def test_edits_on_both_sides_converge(self):
        for round_ in range(12):
            self.edit(15)
            with self.subTest(round=round_):
                self.sync()
                self.assert_equal()
        self.assert_quiet()

    def test_faults_between_edits_make_no_doubles(self):
        for _round in range(20):
            self.edit(5)
            for _fault in range(self.random.randrange(3)):
                self.world.faults.add(
                    "*",
                    self.random.choice(FAULTS),
                    when=self.random.choice(["before", "after"]),
                    skip=self.random.randrange(4),
                )
            self.account.run_sync(scope="contacts")
            self.world.faults.clear()
            self.account.sudo().state = "connected"
        self.forget_doubts()
        for _run in range(3):
            self.account.run_sync(scope="contacts")
        self.assert_equal()
        self.assert_quiet()

    def forget_doubts(self):
        """A quarter of an hour later: nothing is too recent to be believed."""
        for link in self.links().sudo():
            if link.tried_at:
                link.tried_at -= timedelta(minutes=20)
            if link.updated:
                moment = datetime.fromisoformat(link.updated) - timedelta(minutes=20)
                link.updated = moment.isoformat()

    def assert_equal(self):
        listed = self.links().filtered(lambda x: x.listed and x.state == "linked")
        people = self.in_google()
        for link in listed:
            person = people[link.resource_name]
            partner = link.partner_id
            self.assertEqual(person["names"][0]["displayName"], partner.name)
            mails = [x["value"] for x in person["emailAddresses"]]
            self.assertIn(partner.email, mails)
            if link.sudo().contested:
                # A note that was there first waits for its owner's answer.
                continue
            note = (person.get("biographies") or [{"value": ""}])[0]["value"]
            text = (partner.comment or "").removeprefix("<p>").removesuffix("</p>")
            self.assertEqual(note, text)
        names = Counter(x["names"][0]["displayName"] for x in people.values())
        self.assertFalse([name for name, count in names.items() if count > 1])

    # -- gestures --------------------------------------------------------------

    def edit(self, times):
        gestures = [self.create_odoo] + [self.edit_odoo, self.edit_google] * 3
        gestures += [self.take_off, self.put_on, self.delete_google]
        for _edit in range(times):
            self.random.choice(gestures)()

    def word(self):
        self.serial += 1
        return f"Mot {self.serial}"

    def create_odoo(self):
        name = self.word()
        mail = f"{name.replace(' ', '')}@example.com"
        self.mine += self.partner(name, email=mail).sudo()

    def edit_odoo(self):
        if self.mine:
            value = self.random.choice(
                [{"name": self.word()}, {"comment": f"<p>{self.word()}</p>"}]
                + [{"function": self.word()}, {"phone": f"+3312345{self.serial:04d}"}]
            )
            self.random.choice(self.mine).write(value)

    def edit_google(self):
        names = sorted(self.in_google())
        if names:
            value = self.random.choice(
                [{"biographies": [{"value": self.word()}]}] * 2
                + [{"nicknames": [{"value": self.word()}]}]
            )
            self.google_page.edit(self.random.choice(names), value)

    def take_off(self):
        if self.mine:
            self.unchoose(self.random.choice(self.mine))

    def put_on(self):
        if self.mine:
            self.choose(self.random.choice(self.mine))

    def delete_google(self):
        gone = self.links().filtered(lambda link: link.state == "gone")
        if gone:
            gone.with_user(self.ada).action_put_back()
            return
        names = sorted(self.in_google())
        if names and self.random.random() < 0.5:
            self.google_page.delete(self.random.choice(names))
