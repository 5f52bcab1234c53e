"""A record of each dialogue and of Odoo's own models, beside those of the addon."""

from .case import RightsCase


class MethodsCase(RightsCase):
    def setUp(self):
        super().setUp()
        mine = {"account_id": self.account.id}
        env = self.env(user=self.ada)
        # A filter fills the list with all contacts: this one was on it before.
        self.records |= {
            "res.users": self.ada,
            "res.partner": self.records["google.sync.contact.link"].partner_id,
            "calendar.event": self.records["google.sync.event.link"].event_id,
            "google.sync.reset": env["google.sync.reset"].create(
                {**mine, "what": "account"}
            ),
            "google.sync.contact.removal": env["google.sync.contact.removal"].create(
                mine
            ),
            "google.sync.manual.connection": env[
                "google.sync.manual.connection"
            ].create(mine),
            "google.sync.owner.link": env["google.sync.owner.link"].create(mine),
            "google.sync.test": env["google.sync.test"].create(mine),
            "google.sync.first.day": env["google.sync.first.day"].create(mine),
            **{
                name: self.env[name].with_user(self.users["admin"]).create({})
                for name in (
                    *("google.sync.setup", "google.sync.invitation"),
                    "google.sync.workspace",
                )
            },
            "res.company": self.ada.company_id,
            "res.config.settings": self.env["res.config.settings"]
            .with_user(self.users["admin"])
            .create({}),
            "calendar.event.type": self.env["calendar.event.type"].create(
                {"name": "T"}
            ),
        }
