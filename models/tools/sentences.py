"""Sentences that are stored are stored in each language: whoever reads them, reads them
in their own, whoever the run belonged to.
"""

import re

from odoo import api, models

#: Google's word at the end of a sentence.
_CODE = re.compile(r" \[[^\]\s]+\]$")


class Sentence(str):
    """A sentence in each language of the database; as a plain str, in the writer's."""

    def __new__(cls, text, texts):
        sentence = super().__new__(cls, text)
        sentence.texts = texts
        return sentence


def together(*parts):
    """Sentences one after the other; empty ones are left out, and what was said."""
    parts = list(_unlike(filter(None, parts)))
    known = next((part for part in parts if isinstance(part, Sentence)), None)
    if known is None:
        return " ".join(parts)
    texts = {
        lang: " ".join(filter(None, (in_language(part, lang) for part in parts)))
        for lang in known.texts
    }
    return Sentence(" ".join(parts), texts)


def is_said_in(sentence, text):
    """`text` says it already, if with another word of Google's."""
    return _CODE.sub("", str(sentence)) in (text or "")


def _unlike(parts):
    """Both halves often have the same trouble, each with a word of its own API."""
    said = set()
    for part in parts:
        bare = _CODE.sub("", str(part))
        if bare not in said:
            said.add(bare)
            yield part


def in_language(text, lang):
    """`text` as a reader of `lang` is to see it."""
    return text.texts.get(lang, str(text)) if isinstance(text, Sentence) else text


class GoogleSyncSentences(models.AbstractModel):
    """Its translated fields are never left in one language with an older text."""

    _name = "google.sync.sentences"
    _description = "Sentences in each reader's language"

    @api.model
    def _sentence_languages(self):
        """English is what Odoo falls back to, installed or not."""
        return {
            "en_US",
            *(code for code, _name in self.env["res.lang"].get_installed()),
        }

    def _say(self, tell):
        """What `tell` says of these records, called once for each language."""
        texts = {
            lang: tell(self.with_context(lang=lang))
            for lang in self._sentence_languages()
        }
        return Sentence(texts.get(self.env.lang) or texts["en_US"], texts)

    def _stored_words(self, name):
        """The stored sentence of a field, in each language."""
        return self._say(lambda record: record[name] or "")

    def write(self, vals):
        texts = {
            name: value
            for name, value in vals.items()
            if value and getattr(self._fields.get(name), "translate", False)
        }
        result = super().write(
            {
                name: str(value) if name in texts else value
                for name, value in vals.items()
            }
        )
        here = self.env.lang or "en_US"
        for lang in self._sentence_languages() - {here} if texts else ():
            there = {name: in_language(text, lang) for name, text in texts.items()}
            super(GoogleSyncSentences, self.with_context(lang=lang)).write(there)
        return result
