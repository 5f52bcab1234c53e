"""Sentences are put together, and none is said twice."""

from odoo.tests import TransactionCase, tagged

from ...models.tools.sentences import Sentence, is_said_in, together


@tagged("post_install", "-at_install")
class TestTold(TransactionCase):
    def test_both_halves_with_one_trouble_say_it_once(self):
        agenda = "Google asks to slow down. [rateLimitExceeded]"
        contacts = "Google asks to slow down. [RATE_LIMIT_EXCEEDED]"
        self.assertEqual(together(agenda, contacts), agenda)
        self.assertTrue(is_said_in(contacts, agenda))
        self.assertEqual(together("One.", "", "Two."), "One. Two.")

    def test_in_each_language(self):
        def told(word):
            return Sentence(
                f"A [{word}]", {"en_US": f"A [{word}]", "fr_FR": f"B [{word}]"}
            )

        both = together(told("x"), told("y"), "Now.")
        self.assertEqual(both.texts, {"en_US": "A [x] Now.", "fr_FR": "B [x] Now."})
