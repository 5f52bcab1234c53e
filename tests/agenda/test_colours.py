"""The types' colours in Google: written at creation and when the type changes only."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.tools.quiet import QUIET
from ..common import GoogleSyncHttpCase
from ..sync_case import SyncCase


class ColourCase(SyncCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        types = cls.env["calendar.event.type"]
        types.action_google_sync_standard_types()
        cls.training = cls.env.ref("google_sync.event_type_f")
        cls.meeting = cls.env.ref("google_sync.event_type_ru")
        cls.plain = types.create({"name": "Sans couleur", "color": 8})
        cls.account.sudo().transfer_colors = True

    def typed(self, *types, **values):
        types = self.env["calendar.event.type"].union(*types)
        return self.event(categ_ids=[fields.Command.set(types.ids)], **values)

    def colour(self, event):
        return self.google_of(event).get("colorId")

    def label(self, google_id, label="a1b2", colour=None):
        """The person gives the event one of their own labels, in Google's page."""
        data = self.world.calendars["ada@gmail.com"].events[google_id].data
        self.person.patch(google_id, {"colorId": colour, "location": label})
        data = self.world.calendars["ada@gmail.com"].events[google_id].data
        data["eventLabelId"] = label


@tagged("post_install", "-at_install")
class TestColoursToGoogle(ColourCase):
    def test_a_new_event_has_its_types_colour(self):
        event, other = self.typed(self.training), self.typed(self.plain)
        self.sync()
        self.assertEqual(self.colour(event), "3")
        self.assertFalse(self.colour(other))
        self.assert_quiet()

    def test_of_several_types_the_first_with_a_colour_counts(self):
        event = self.typed(self.plain, self.meeting, self.training)
        self.sync()
        self.assertEqual(self.colour(event), "3")  # the training is the older type

    def test_another_type_is_another_colour(self):
        event = self.typed(self.training)
        self.sync()
        event.categ_ids = self.meeting
        run = self.sync()
        self.assertEqual(self.colour(event), "6")
        line = run.line_ids.filtered(lambda x: x.side == "google")
        self.assertIn("Grape", line.before_display)
        self.assertIn("Tangerine", line.after_display)
        event.categ_ids = False
        self.sync()
        self.assertFalse(self.colour(event))
        self.assert_quiet()

    def test_a_colour_given_in_google_is_never_put_back(self):
        event, cleared = self.typed(self.training), self.typed(self.training)
        self.sync()
        self.person.patch(self.link_of(event).google_id, {"colorId": "11"})
        self.person.patch(self.link_of(cleared).google_id, {"colorId": None})
        self.sync()
        event.name = "Autre titre"
        cleared.name = "Autre titre aussi"
        self.sync()
        self.sync(mode="full")
        self.assertEqual(self.colour(event), "11")
        self.assertFalse(self.colour(cleared))
        self.assertEqual(event.categ_ids, self.training)
        self.assert_quiet()

    def test_only_our_own_colour_is_taken_back(self):
        event = self.typed(self.training)
        self.sync()
        self.person.patch(self.link_of(event).google_id, {"colorId": "11"})
        event.categ_ids = False
        self.sync()
        self.assertEqual(self.colour(event), "11")

    def test_an_event_of_google_keeps_its_colour_until_it_gets_a_type(self):
        self.google_event("Dentiste", colorId="5")
        self.sync()
        event = self.agenda().filtered(lambda e: e.name == "Dentiste")
        self.assertFalse(event.categ_ids)
        event.location = "Paris"
        self.sync()
        self.assertEqual(self.colour(event), "5")
        event.categ_ids = self.meeting
        self.sync()
        self.assertEqual(self.colour(event), "6")

    def test_a_label_is_never_wiped(self):
        mine, foreign = self.typed(self.training), self.typed(self.training)
        self.sync()
        self.label(self.link_of(foreign).google_id)
        self.label(self.link_of(mine).google_id, colour="3")
        (mine | foreign).write({"categ_ids": [fields.Command.set(self.meeting.ids)]})
        self.sync()
        self.assertEqual(self.google_of(foreign)["eventLabelId"], "a1b2")
        self.assertFalse(self.colour(foreign))
        # What we coloured ourselves is ours, whatever label Google shows with it.
        self.assertEqual(self.colour(mine), "6")
        self.assert_quiet()

    def test_a_label_on_an_event_without_type_stays(self):
        event = self.typed(self.plain)
        self.sync()
        self.label(self.link_of(event).google_id)
        event.categ_ids = self.meeting
        self.sync()
        self.assertEqual(self.google_of(event)["eventLabelId"], "a1b2")
        self.assert_quiet()

    def test_a_types_new_colour_is_followed_by_its_events(self):
        events = self.typed(self.training)
        for number in range(59):
            events |= self.typed(self.training, name=f"Formation {number}")
        other = self.typed(self.meeting)
        self.sync()
        self.training.google_color = "1"
        pending = self.env["google.sync.pending"].sudo()
        rows = pending.search([("account_id", "=", self.account.id)])
        self.assertEqual((len(rows), rows.type_id), (1, self.training.id))
        run = self.sync()
        self.assertEqual({self.colour(event) for event in events}, {"1"})
        self.assertEqual(self.colour(other), "6")
        self.assertEqual(run.pushed_updated, 60)
        self.assert_quiet()

    def test_a_types_new_colour_revives_nothing(self):
        event = self.typed(self.training)
        self.sync()
        self.person.delete(self.link_of(event).google_id)
        self.training.google_color = "1"
        self.sync()
        self.assertFalse(event.exists())

    def test_a_deleted_type_takes_its_colour_along(self):
        event = self.typed(self.training)
        self.sync()
        self.training.unlink()
        self.sync()
        self.assertFalse(self.colour(event))

    def test_switched_off_nothing_is_coloured(self):
        self.account.sudo().transfer_colors = False
        event = self.typed(self.training)
        self.sync()
        self.assertFalse(self.colour(event))
        self.training.google_color = "1"
        self.assertFalse(self.env["google.sync.pending"].sudo().search_count([]))

    def test_switched_on_later_what_people_coloured_stays(self):
        self.account.sudo().transfer_colors = False
        blank, coloured = self.typed(self.training), self.typed(self.training)
        self.sync()
        self.person.patch(self.link_of(coloured).google_id, {"colorId": "11"})
        self.sync()
        self.account.with_user(self.ada).transfer_colors = True
        self.sync()
        self.assertEqual(self.colour(blank), "3")
        self.assertEqual(self.colour(coloured), "11")
        self.assert_quiet()

    def test_off_and_on_again_keeps_what_people_coloured_meanwhile(self):
        event, ours = self.typed(self.training), self.typed(self.training)
        self.sync()
        self.account.sudo().transfer_colors = False
        self.person.patch(self.link_of(event).google_id, {"colorId": "11"})
        (event | ours).write({"categ_ids": [fields.Command.set(self.meeting.ids)]})
        self.sync()
        self.account.sudo().transfer_colors = True
        self.sync()
        self.assertEqual(self.colour(event), "11")
        self.assertEqual(self.colour(ours), "6")

    def test_a_guests_copy_is_coloured_once(self):
        grace = self.make_user("grace")
        event = self.event(
            user=grace,
            partner_ids=[
                fields.Command.set([grace.partner_id.id, self.ada.partner_id.id])
            ],
            categ_ids=[fields.Command.set(self.training.ids)],
        )
        self.sync()
        self.assertEqual(self.colour(event), "3")
        event.categ_ids = self.meeting
        self.sync()
        self.assertEqual(self.colour(event), "3")
        self.assert_quiet()


@tagged("post_install", "-at_install")
class TestTypesFromColours(ColourCase):
    def pulled(self, colour):
        self.google_event(f"Couleur {colour}", colorId=colour)
        self.sync()
        return self.agenda().filtered(lambda event: event.name == f"Couleur {colour}")

    def test_off_by_default(self):
        self.assertFalse(self.pulled("3").categ_ids)

    def test_a_mapped_colour_gives_its_type(self):
        self.account.with_user(self.ada).types_from_colors = True
        self.assertEqual(self.pulled("3").categ_ids, self.training)
        self.meeting.google_color = False
        self.assertFalse(self.pulled("6").categ_ids)
        self.assert_quiet()

    def test_a_colour_that_somebody_chose_in_google_is_not_cleared(self):
        self.account.sudo().types_from_colors = True
        event = self.pulled("3")
        event.categ_ids = False
        self.sync()
        self.assertEqual(self.colour(event), "3")
        event.categ_ids = self.meeting
        self.sync()
        self.assertEqual(self.colour(event), "6")

    def test_the_standard_type_comes_first(self):
        self.account.sudo().types_from_colors = True
        self.plain.google_color = "3"
        older = min(self.plain, self.training, key=lambda kind: kind.id)
        self.assertEqual(older, self.training)
        self.env["ir.model.data"].search(
            [("name", "=", "event_type_f"), ("module", "=", "google_sync")]
        ).res_id = self.plain.id
        self.env.registry.clear_cache()
        self.assertEqual(self.pulled("3").categ_ids, self.plain)


@tagged("post_install", "-at_install")
class TestTypes(ColourCase):
    COLOURS = {
        "i": "11",
        "ts": "9",
        "tl": "7",
        "r": "10",
        "f": "3",
        "ru": "6",
        "e": "4",
        "p": "5",
        "ch": "1",
        "cg": "2",
        "t": "8",
    }

    def test_standard_types_have_the_sheets_colours(self):
        for short, colour in self.COLOURS.items():
            kind = self.env.ref(f"google_sync.event_type_{short}")
            self.assertEqual(kind.google_color, colour, kind.name)

    def test_standard_types_are_read_in_each_reader_s_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        french = self.training.with_context(lang="fr_FR")
        self.assertEqual(self.training.display_name, "Training")
        self.assertEqual(french.display_name, "Formation")
        self.training.name = "Stage"
        self.assertEqual(french.display_name, "Stage")
        namesake = self.env["calendar.event.type"].create({"name": "Task "})
        self.assertEqual(namesake.with_context(lang="fr_FR").display_name, "Task ")

    def test_creating_them_again_changes_nothing(self):
        self.training.write({"name": "Stage", "google_color": "1"})
        before = self.env["calendar.event.type"].search([])
        before.action_google_sync_standard_types()
        self.assertEqual(self.env["calendar.event.type"].search([]), before)
        self.assertEqual(
            (self.training.name, self.training.google_color), ("Stage", "1")
        )

    def test_a_namesake_becomes_the_standard_type(self):
        self.training.unlink()
        mine = self.env["calendar.event.type"].create({"name": "training"})
        mine.action_google_sync_standard_types()
        self.assertEqual(self.env.ref("google_sync.event_type_f"), mine)
        self.assertEqual(mine.google_color, "3")

    def test_the_nearest_colour_is_proposed_and_taken_by_a_button(self):
        self.assertEqual(self.plain.google_color_proposal, "9")
        self.plain.action_google_sync_nearest()
        self.assertEqual(self.plain.google_color, "9")
        self.assertEqual(self.training.google_color, "3")

    def test_only_who_may_create_types_creates_them(self):
        types = self.env["calendar.event.type"].with_user(self.ada)
        with self.assertRaises(AccessError):
            types.action_google_sync_standard_types()

    def test_uninstalling_keeps_the_types(self):
        from ...hooks import uninstall_hook

        uninstall_hook(self.env)
        found = self.env["ir.model.data"].search(
            [("model", "=", "calendar.event.type"), ("module", "=", "google_sync")]
        )
        self.assertFalse(found)
        self.assertTrue(self.training.exists())


@tagged("post_install", "-at_install")
class TestClash(ColourCase):
    def test_the_calendars_own_colour_is_warned_of(self):
        self.calendar.default_color = "#039be5"
        self.assertIn("Peacock", self.account.color_clash)
        self.assertIn(
            self.env.ref("google_sync.event_type_tl").name, self.account.color_clash
        )
        self.calendar.default_color = "#4285f4"
        self.assertFalse(self.account.color_clash)

    def test_nothing_is_said_while_colours_stay_in_odoo(self):
        self.calendar.default_color = "#039be5"
        self.account.sudo().transfer_colors = False
        self.assertFalse(self.account.color_clash)


@tagged("post_install", "-at_install")
class TestColourTour(GoogleSyncHttpCase):
    def test_types_get_colours_and_events_follow(self):
        kinds = self.env["calendar.event.type"]
        own = kinds.create({"name": "Livraison", "color": 8})
        self.start_tour(
            "/odoo/google-sync-types", "google_sync_colours", login="admin", timeout=120
        )
        self.assertEqual(own.google_color, "3")
        self.assertEqual(self.env.ref("google_sync.event_type_i").google_color, "11")
        account = self.connect(self.ada)
        account.sudo().calendar_id.default_color = "#039be5"
        start = fields.Datetime.now() + timedelta(days=2)
        self.env["calendar.event"].with_user(self.ada).with_context(**QUIET).create(
            {
                "name": "Béton",
                "start": start,
                "stop": start + timedelta(hours=1),
                "partner_ids": [fields.Command.set(self.ada.partner_id.ids)],
                "categ_ids": [fields.Command.set(own.ids)],
            }
        )
        path = f"/odoo/my-google-sync/{self.ada.id}"
        self.start_tour(path, "google_sync_colours_option", login="ada", timeout=120)
        items = self.world.person("ada@gmail.com").list(showDeleted=False)
        colours = {item["summary"]: item.get("colorId") for item in items}
        self.assertEqual(colours["Béton"], "3")
