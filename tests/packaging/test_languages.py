"""Every language: nothing that a message is filled with is lost or made up."""

import csv
import re
from collections import Counter
from pathlib import Path

import polib
import pytest

FOLDER = Path(__file__).resolve().parents[2] / "i18n"
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.po"))
DRAFTS = [name for name in LANGUAGES if name != "fr"]
TEMPLATE = {entry.msgid for entry in polib.pofile(FOLDER / "google_sync.pot")}
#: What is filled in, and what is markup: neither is words.
_MARKS = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{\w*\}|</?\w+[^>]*>|https?://\S+")


def entries(language):
    return [entry for entry in polib.pofile(FOLDER / f"{language}.po") if entry.msgstr]


def glossary():
    with open(FOLDER / "glossary.csv", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="|"))


def test_there_are_some():
    assert {"fr", "de", "es", "it", "nl", "pt_BR"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_match(language):
    other = [
        (entry.msgid, entry.msgstr)
        for entry in entries(language)
        if Counter(_MARKS.findall(entry.msgid)) != Counter(_MARKS.findall(entry.msgstr))
    ]
    assert other == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_ends_as_in_english(language):
    """A colon before a number, a full stop: also where a line goes on behind it."""
    ends = ".:?…"
    other = [
        (entry.msgid, entry.msgstr)
        for entry in entries(language)
        for text, said in [(entry.msgid.strip(), entry.msgstr.strip())]
        if text[-1:] in ends and said[-1:] != text[-1:]
    ]
    assert other == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_but_what_the_template_has(language):
    assert {entry.msgid for entry in entries(language)} <= TEMPLATE
    assert not [entry for entry in entries(language) if entry.fuzzy]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_says_which_language_it_is(language):
    assert polib.pofile(FOLDER / f"{language}.po").metadata["Language"] == language


@pytest.mark.parametrize("language", DRAFTS)
def test_terms_are_those_of_the_glossary(language):
    said = {entry.msgid: entry.msgstr for entry in entries(language)}
    other = {
        row["en"]: said.get(row["en"])
        for row in glossary()
        # What reads the same in both languages is left empty.
        if said.get(row["en"], row["en"]) != row[language]
    }
    assert other == {}


@pytest.mark.parametrize("language", DRAFTS)
def test_one_word_for_one_thing(language):
    """Two terms are two in each language, but for singular and plural."""
    by_words = Counter(row[language] for row in glossary())
    alike = {words for words, number in by_words.items() if number > 1}
    english = {
        frozenset(row["en"].rstrip("s") for row in glossary() if row[language] == words)
        for words in alike
    }
    assert not [names for names in english if len(names) > 1 and not _near(names)]


def _near(names):
    first, *others = sorted(names)
    return all(other.startswith(first.split()[0]) for other in others)


def test_the_glossary_is_of_what_is_said():
    assert {row["en"] for row in glossary()} <= TEMPLATE
    assert all(all(row.values()) for row in glossary())
