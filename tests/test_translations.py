"""No string without its place in the template, none without its French."""

import io
import re

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_path
from odoo.tools.translate import trans_export

ADVICE = (
    "Export the template again: script/odoo i18n export -d <database> google_sync "
    "-l pot, and add the French to i18n/fr.po."
)


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    def terms(self, name):
        return polib.pofile(file_path(f"google_sync/i18n/{name}"))

    def test_template_holds_every_string(self):
        buffer = io.BytesIO()
        trans_export(None, ["google_sync"], buffer, "po", self.env)
        there = {entry.msgid for entry in polib.pofile(buffer.getvalue().decode())}
        kept = {entry.msgid for entry in self.terms("google_sync.pot")}
        self.assertEqual(there - kept, set(), ADVICE)
        self.assertEqual(kept - there, set(), ADVICE)

    def test_french_is_complete(self):
        """An empty translation is one that reads the same in both languages."""
        french = {entry.msgid for entry in self.terms("fr.po")}
        template = {entry.msgid for entry in self.terms("google_sync.pot")}
        self.assertEqual(template - french, set(), ADVICE)
        self.assertFalse([entry.msgid for entry in self.terms("fr.po") if entry.fuzzy])

    def test_sentences_are_in_french(self):
        """A word can read the same in both languages, a sentence cannot."""
        left = [
            entry.msgid
            for entry in self.terms("fr.po")
            if len(entry.msgid.split()) > 3
            and not entry.msgid.startswith("<")
            and not entry.msgstr
        ]
        self.assertFalse(left, ADVICE)

    def test_french_spaces(self):
        """Before : ; ! ? and inside quotes a line is not broken."""
        plain = re.compile(r" [:;!?»]|« |\w[;!?](\s|$)|\w:\s")
        left = [x.msgstr for x in self.terms("fr.po") if plain.search(x.msgstr)]
        self.assertFalse(left)

    def test_one_word_for_mail(self):
        """As Odoo's own French has it."""
        other = re.compile(r"(?<![-\w.@/])(mails?|emails?|courriels?|mél)\b", re.I)
        left = [x.msgstr for x in self.terms("fr.po") if other.search(x.msgstr)]
        self.assertFalse(left)

    def test_no_plural_in_brackets(self):
        shown = [x.msgstr or x.msgid for x in self.terms("fr.po")]
        bracket = re.compile(r"\w\((s|x|e|es|aux)\)")
        self.assertFalse([text for text in shown if bracket.search(text)])

    def test_placeholders_survive_the_translation(self):
        for entry in self.terms("fr.po"):
            for mark in ("%s", "%(", "<span>"):
                with self.subTest(msgid=entry.msgid, mark=mark):
                    expected = entry.msgid.count(mark)
                    if entry.msgstr:
                        self.assertEqual(entry.msgstr.count(mark), expected)
