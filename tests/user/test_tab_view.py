"""The Synchronisation tab has one source, and stands in two forms."""

from lxml import etree

from odoo.tests import TransactionCase, tagged

from ...models.user.tab import MIRRORS

PLACES = (
    "base.view_users_form",
    "base.view_users_form_simple_modif",
    "google_sync.res_users_view_form_my_sync",
)


@tagged("post_install", "-at_install")
class TestTabView(TransactionCase):
    def tabs(self, lang="en_US"):
        users = self.env["res.users"].with_context(lang=lang)
        for place in PLACES:
            with self.subTest(place=place, lang=lang):
                arch = users.get_view(self.env.ref(place).id, "form")["arch"]
                (tab,) = etree.fromstring(arch).xpath("//page[@name='google_sync']")
                yield tab

    def extend(self, view, arch):
        return self.env["ir.ui.view"].create(
            {
                "name": "another addon's",
                "model": "res.users",
                "inherit_id": self.env.ref(view).id,
                "arch": arch,
            }
        )

    def test_it_stands_in_every_place(self):
        shown = {mirror.field_name for mirror in MIRRORS}
        for tab in self.tabs():
            names = {field.get("name") for field in tab.iter("field")}
            self.assertFalse(shown - names)
            self.assertTrue(tab.xpath(".//button[@name='action_google_sync_now']"))
            self.assertFalse(tab.xpath(".//t[not(ancestor::templates)]"))

    def test_in_the_reader_s_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"]._load_module_terms(
            ["google_sync"], ["fr_FR"], overwrite=True
        )
        for tab in self.tabs("fr_FR"):
            (button,) = tab.xpath(".//button[@name='action_google_sync_now']")
            self.assertEqual(button.get("string"), "Synchroniser maintenant")
            (names,) = tab.xpath(".//div[@name='google_sync_delegates_part']//button")
            self.assertIn("mon compte", names.get("string"))

    def test_an_addon_s_view_of_the_tab_shows_in_every_place(self):
        self.extend(
            "google_sync.res_users_view_form_tab",
            "<group name='google_sync_options' position='inside'>"
            "<field name='tz' string='Zone'/></group>",
        )
        for tab in self.tabs():
            self.assertTrue(tab.xpath(".//group/field[@name='tz'][@string='Zone']"))

    def test_an_addon_s_view_of_one_form_finds_what_is_in_the_tab(self):
        """As Studio writes it: of the whole form, by its path."""
        self.extend(
            "base.view_users_form",
            "<xpath expr=\"//page[@name='google_sync']//field[@name="
            "'google_sync_auto_push']\" position='attributes'>"
            "<attribute name='string'>Other</attribute></xpath>",
        )
        strings = [
            tab.xpath(".//field[@name='google_sync_auto_push']")[0].get("string")
            for tab in self.tabs()
        ]
        self.assertEqual(strings, ["Other", None, None])

    def test_what_odoo_checks_of_views_holds_in_the_tab(self):
        with self.assertRaisesRegex(Exception, "no_such_field"):
            self.extend(
                "google_sync.res_users_view_form",
                "<group name='google_sync_options' position='inside'>"
                "<field name='no_such_field'/></group>",
            )
