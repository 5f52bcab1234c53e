"""An account with several calendars."""

from datetime import timedelta

from ..sync_case import SyncCase


class CalendarsCase(SyncCase):
    """Ada has a second calendar of her own, and reads a team's."""

    def setUp(self):
        super().setUp()
        ada = self.world.account("ada@gmail.com")
        boss = self.world.add_account("boss@gmail.com", "Boss")
        self.work_id = self.world.add_calendar(ada, "Work").id
        team = self.world.add_calendar(boss, "Team")
        self.team_id = team.id
        self.world.share(team, ada, "reader")
        self.boss = self.world.person("boss@gmail.com")
        self.account.action_refresh_calendars()
        self.work, self.team = self.place(self.work_id), self.place(self.team_id)

    def place(self, google_id):
        return self.account.calendar_ids.filtered(lambda x: x.google_id == google_id)

    def listed(self, calendar_id="primary", person=None):
        items = (person or self.person).list(calendar_id, showDeleted=False)
        return sorted(x.get("summary", "") for x in items if x["status"] != "cancelled")

    def at_google(self, calendar_id, summary="Google", days=0, person=None, **body):
        day = f"{self.day + timedelta(days=days):%Y-%m-%d}"
        when = {
            edge: {"dateTime": f"{day}T{hour:02}:00:00Z", "timeZone": "Europe/Paris"}
            for edge, hour in (("start", 9), ("end", 10))
        }
        person = person or self.person
        return person.insert({"summary": summary, **when, **body}, calendar_id)

    def assert_still(self):
        run = self.sync()
        self.assertEqual(run.requests, 1)
        self.assertFalse(run.line_ids.mapped("action"))
