"""Events with guests: who is invited, by whom, and what Google was told."""

from ..sync_case import SyncCase

UNKNOWN = "client@elsewhere.org"


class GuestCase(SyncCase):
    """Ada, Bob and Cleo, each with a Google account."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleagues = {
            login: cls.make_user(login, email=f"{login}@example.com")
            for login in ("bob", "cleo")
        }
        cls.connected = {k: cls.connect(user) for k, user in cls.colleagues.items()}

    def setUp(self):
        super().setUp()
        self.users = {"ada": self.ada, **self.colleagues}
        self.accounts = {"ada": self.account, **self.connected}
        self.people = {"ada": self.person}
        for login in self.colleagues:
            self.people[login] = self.world.person(f"{login}@gmail.com")
            for item in self.shown(login):
                if "recurringEventId" not in item:
                    self.people[login].delete(item["id"])
        self.mails = self.world.mails.count
        self.odoo_mails = self.env["mail.mail"].search_count([])

    def sync_all(self, *logins):
        for login in logins or self.accounts:
            run = self.accounts[login].run_sync()
            self.assertEqual(run.state, "done", f"{run.message} {self.problems(run)}")

    def shown(self, login):
        items = self.people[login].list(showDeleted=False)
        return [item for item in items if item["status"] != "cancelled"]

    def invite(self, *logins, more=(), **body):
        guests = [{"email": f"{login}@gmail.com"} for login in logins]
        guests += [{"email": address} for address in more]
        return self.google_event("Invitation", attendees=guests, **body)

    def events(self):
        return self.env["calendar.event"].search([("name", "=", "Invitation")])

    def partners(self, *logins):
        return self.env["res.partner"].concat(
            *(self.users[login].partner_id for login in logins)
        )

    def answer(self, login, google_id):
        item = self.people[login].get(google_id)
        return next(g["responseStatus"] for g in item["attendees"] if g.get("self"))
