"""An account that was synchronised, to be reset."""

from ..sync_case import SyncCase


class ResetCase(SyncCase):
    def counts(self):
        return len(self.in_google()), len(self.agenda())

    def fill(self, number):
        """As many events born on each side."""
        for index in range(number):
            self.event(f"Odoo {index}", days=index % 20)
            self.google_event(f"Google {index}", days=index % 20)
        self.sync()

    def other_calendar(self, name):
        self.world.add_calendar(self.world.account("ada@gmail.com"), name)
        self.account.action_refresh_calendars()
        return self.account.calendar_ids.filtered(lambda c: c.name == name)

    def receipt(self):
        return self.account.sudo().last_run_id

    def done(self, action, side="google"):
        lines = self.receipt().line_ids
        return lines.filtered(lambda x: (x.action, x.side) == (action, side))

    def follow(self, action):
        """The page of the run, to its end."""
        run = self.env[action["res_model"]].with_user(self.ada).browse(action["res_id"])
        for _turn in range(50):
            (shown,) = run.work_on()
            if shown["state"] != "running":
                return run
        return self.fail(run.message)

    def links(self):
        return self.calendar.env["google.sync.event.link"].search(
            [("calendar_id", "=", self.calendar.id)]
        )
