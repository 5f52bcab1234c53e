"""An invitation in a colleague's name: nobody vouches for who sent it."""

from odoo.tests import tagged

from .test_joining import JoiningCase


@tagged("post_install", "-at_install")
class TestForged(JoiningCase):
    def linked_twice(self):
        """Ada's event, with a copy in her Google and one in Bob's."""
        event = self.event("Ours", partner_ids=[self.set_of("ada", "bob")])
        self.sync_all()
        mine = self.link_of(event)
        return event, mine, event.sudo().google_sync_link_ids - mine

    def to_ada(self, uid):
        people = [{"email": "bob@gmail.com"}, {"email": "ada@gmail.com"}]
        return self.body(uid, "bob@gmail.com", attendees=people)

    def check_as_before(self, event, before):
        self.look_hard()
        self.assertEqual(self.state(event), before)

    def test_her_own_event_is_not_rewritten_under_a_guests_uid(self):
        event, mine, bobs = self.linked_twice()
        before = self.state(event)
        self.person.receive(self.to_ada(bobs.ical_uid))
        self.check_as_before(event, before)

    def test_what_is_changed_after_joining_writes_nothing(self):
        event = self.event("Ada's")
        self.sync_all("ada")
        before = self.state(event)[0]
        body = self.body(self.uid_of(event), "ada@gmail.com", summary="Ada's")
        self.people["bob"].receive(body)
        self.look_hard()
        self.people["bob"].receive({**body, "summary": "Later", "sequence": 1})
        self.look_hard()
        self.assertEqual(self.state(event)[0][:7], before[:7])
        self.assertEqual(self.shown("ada")[0]["summary"], "Ada's")

    def test_what_a_private_copy_is_replaced_by_writes_nothing(self):
        event, mine, bobs = self.linked_twice()
        before = self.state(event)
        body = self.body(mine.ical_uid, "ada@gmail.com")
        self.people["bob"].receive(body)
        self.check_as_before(event, before)
        self.people["bob"].receive({**body, "summary": "Later", "sequence": 1})
        self.check_as_before(event, before)
