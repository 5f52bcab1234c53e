"""One open question, and how it comes about."""

from ..sync_case import SyncCase


class DecisionCase(SyncCase):
    def decision(self):
        decision = self.env["google.sync.decision"].with_user(self.ada)
        found = decision.search([("state", "=", "open")])
        self.assertEqual(len(found), 1)
        return found

    def conflict(self, place="Lyon"):
        """Both sides changed title and place, and a person is to decide."""
        self.account.conflict_policy = "ask"
        event = self.event("Base", location="Paris")
        self.sync()
        google_id = self.link_of(event).google_id
        self.person.patch(google_id, {"summary": "G", "location": place})
        event.with_user(self.ada).write({"name": "O", "location": "Nice"})
        self.sync("partial")
        return event
