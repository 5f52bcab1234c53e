"""A run is undone from the journal: both sides, what is left out, the undo undone."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .undo_case import UndoCase


@tagged("post_install", "-at_install")
class TestUndo(UndoCase):
    def titles(self):
        google = sorted(x["summary"] for x in self.in_google().values())
        return sorted(self.agenda().mapped("name")), google

    def test_a_first_sync_is_taken_back_and_the_undo_too(self):
        self.event("Odoo")
        self.google_event("Google", 1)
        paired = self.event("Paire", 2, location="Lyon")
        theirs = self.google_event("Paire", 2, description="De Google")
        run = self.sync()
        self.assertTrue(run.with_user(self.ada).may_undo)
        before = self.state()
        page = self.look(run)
        self.assertEqual(self.state(), before)
        self.assertEqual(
            self.deeds(page),
            [
                ("google", "delete"),
                ("google", "update"),
                ("odoo", "delete"),
                ("odoo", "part"),
            ],
        )
        undo = self.carry_out(page)
        self.assertEqual((undo.state, undo.trigger), ("done", "undo"))
        self.assertEqual(self.titles(), (["Odoo", "Paire"], ["Google", "Paire"]))
        self.assertFalse(paired.description)
        self.assertFalse(self.person.get(theirs["id"]).get("location"))
        self.assertFalse(run.with_user(self.ada).may_undo)
        self.assert_stays()
        again = self.undo(undo)
        self.assertEqual(again.state, "done", again.message)
        self.sync()
        self.assertEqual(
            self.titles(), (["Google", "Odoo", "Paire"], ["Google", "Odoo", "Paire"])
        )
        self.assert_quiet()

    def test_what_was_edited_since_is_left_out_and_named(self):
        said = "x"
        mine = self.event("Mien")
        self.google_event("Google", 1)
        theirs = self.google_event("Autre", 2)
        noted = self.google_event("Noté", 3)
        run = self.sync()
        mine.with_user(self.ada).location = "Lyon"
        self.person.patch(theirs["id"], {"location": "Nice"})
        self.agenda().filtered(lambda e: e.name == "Noté").message_post(
            body=said, message_type="comment"
        )
        page = self.look(run)
        left = {x.name: x.line_id.reason for x in page.line_ids if x.action == "skip"}
        self.assertEqual(
            left,
            {
                "Mien": "undo_edited_odoo",
                "Autre": "undo_edited_google",
                "Noté": "undo_worked_on",
            },
        )
        undo = self.carry_out(page)
        self.assertEqual(undo.state, "partial")
        self.assertIn("3", undo.message)
        self.sync()
        self.assertEqual(
            self.titles(),
            (["Autre", "Mien", "Noté"], ["Autre", "Google", "Mien", "Noté"]),
        )
        self.assertTrue(noted)

    def test_what_is_not_ticked_stays(self):
        self.google_event("Un")
        self.google_event("Deux", 1)
        run = self.sync()
        page = self.look(run)
        page.line_ids.filtered(lambda x: x.name == "Un").take = False
        self.carry_out(page)
        self.assertEqual(self.titles()[0], ["Un"])
        self.sync()
        self.assertEqual(self.titles(), (["Un"], ["Deux", "Un"]))
        self.assertTrue(run.with_user(self.ada).may_undo)

    def test_an_edit_and_a_deletion_are_put_back_on_both_sides(self):
        edited, gone = self.event("Edité", location="Lyon"), self.event("Parti", 1)
        self.sync()
        self.person.patch(self.link_of(edited).google_id, {"location": "Nice"})
        self.person.delete(self.link_of(gone).google_id)
        run = self.sync()
        self.assertFalse(gone.exists())
        undo = self.undo(run)
        self.assertEqual(undo.state, "done", undo.message)
        self.assertEqual(edited.location, "Lyon")
        self.assertEqual(self.google_of(edited)["location"], "Lyon")
        self.assertEqual(self.titles(), (["Edité", "Parti"], ["Edité", "Parti"]))
        self.assert_stays()
        self.undo(undo)
        self.sync()
        self.assertEqual(edited.location, "Nice")
        self.assertEqual(self.titles(), (["Edité"], ["Edité"]))

    def test_others_are_not_touched(self):
        bob = self.make_user("bob")
        shared = self.event("Ensemble")
        self.sync()
        self.person.patch(self.link_of(shared).google_id, {"location": "Nice"})
        run = self.sync()
        shared.with_user(self.ada).partner_ids |= bob.partner_id
        self.sync()
        page = self.look(run)
        self.assertEqual(page.line_ids.line_id.mapped("reason"), ["undo_others"])
        self.carry_out(page)
        self.assertEqual(shared.location, "Nice")

    def test_guests_hear_nothing_and_their_event_goes_from_odoo_only(self):
        self.google_event("Invités", attendees=[{"email": "x@example.com"}])
        run = self.sync()
        sent = self.env["mail.mail"].sudo().search_count([])
        undo = self.undo(run)
        self.assertEqual(undo.state, "done", undo.message)
        self.assertEqual(self.titles(), ([], ["Invités"]))
        self.assertEqual(self.env["mail.mail"].sudo().search_count([]), sent)
        self.assertFalse(self.world.mails.count)
        self.assert_stays()

    def test_a_series_with_exceptions_is_taken_back(self):
        rule = ["RRULE:FREQ=DAILY;COUNT=4"]
        self.google_event("Série", recurrence=rule, location="Paris")
        instances = self.person.list(singleEvents=True, orderBy="startTime")
        self.person.patch(instances[1]["id"], {"location": "Lyon"})
        self.person.delete(instances[2]["id"])
        run = self.sync()
        self.assertEqual(len(self.agenda()), 3)
        undo = self.undo(run)
        self.assertEqual(undo.state, "done", undo.message)
        self.assertFalse(self.agenda())
        self.assert_stays()
        again = self.undo(undo)
        self.assertEqual(again.state, "done", again.message)
        self.sync()
        places = self.agenda().sorted("start").mapped("location")
        self.assertEqual(places, ["Paris", "Lyon", "Paris"])
        self.assert_quiet()

    # -- who may ---------------------------------------------------------------

    def test_a_colleague_may_not_and_a_manager_not_what_is_private(self):
        self.google_event("Secret", visibility="private")
        self.google_event("Public", 1)
        run = self.sync()
        bob, boss = self.make_user("bob"), self.make_user("boss")
        self.env["google.sync.delegate"].sudo().create(
            {
                "account_id": self.account.id,
                "user_id": bob.id,
                "visible": True,
                "agenda": True,
            }
        )
        self.assertFalse(run.with_user(bob).may_undo)
        with self.assertRaises(AccessError):
            run.with_user(bob).action_undo()
        boss.group_ids |= self.env.ref("google_sync.group_manager")
        page = self.look(run, boss)
        left = page.line_ids.filtered(lambda x: x.action == "skip")
        self.assertEqual(left.line_id.mapped("reason"), ["undo_private"])
        self.assertNotIn("Secret", page.line_ids.mapped("name"))
        with self.assertRaises(AccessError):
            page.plan_ids.with_user(bob).action_apply_plan()
        self.carry_out(page)
        self.assertEqual(self.titles()[0], ["Secret"])

    def test_there_is_nothing_left_to_undo(self):
        run = self.sync()
        self.assertFalse(run.with_user(self.ada).may_undo)
        with self.assertRaises(UserError):
            run.with_user(self.ada).action_undo()

    def test_a_reset_begins_anew(self):
        self.event("Odoo")
        self.google_event("Google", 1)
        self.undo(self.sync())
        self.account.reset("calendar")
        self.sync()
        self.sync()
        self.assertEqual(self.titles(), (["Google", "Odoo"], ["Google", "Odoo"]))

    def test_a_preview_that_waits_is_not_mixed_up_with_that_of_an_undo(self):
        self.event("Un")
        run = self.sync().with_user(self.ada)
        undo = run._queue_undo()
        account = self.account.with_user(self.ada)
        preview = account._queue_run(undo.scope, "preview")
        self.assertFalse(preview.sudo().undoes_id)
        self.assertEqual(account._queue_run(undo.scope, "preview"), preview)
        self.assertEqual(run._queue_undo(), undo)
