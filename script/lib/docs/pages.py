"""The pages that are made of the code: messages, and fields with their directions.

Run with a Python that has Babel: ``pages.py <root> write``, or ``check``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from babel.messages.pofile import read_po

from lib.docs import catalogue, field_words, words

_PLACE = re.compile(r"%\((\w+)\)[sd]|%[sd]")
#: Reasons of Google stand behind these alone; elsewhere a key is a word of ours.
_WITH_REASONS = ("models/journal/",)
Translate = Callable[[str], str]


def made(root: Path) -> dict[str, str]:
    """Path below the root and text of each page, as it should be."""
    pages = {}
    for language in words.LANGUAGES:
        folder = "docs" if language == "en" else f"docs/{language}"
        say = translator(root, language)
        pages[f"{folder}/troubleshooting.md"] = _troubles(root, language, say)
        pages[f"{folder}/fields.md"] = _fields(root, language, say)
    return pages


def translator(root: Path, language: str) -> Translate:
    if language == "en":
        return lambda text: text
    with open(root / "i18n" / f"{language}.po", "rb") as file:
        found = read_po(file, locale=language)
    by_text: dict[str, str] = {}
    for entry in found:
        strings = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        names = entry.id if isinstance(entry.id, tuple) else (entry.id,)
        by_text.update(zip(names, strings, strict=False))

    def translated(text: str) -> str:
        return by_text.get(text) or field_words.FRENCH_LABELS.get(text) or text

    return translated


# -- messages ------------------------------------------------------------------------


def _troubles(root: Path, language: str, say: Translate) -> str:
    title, introduction = words.TROUBLES[language]
    by_part: dict[int, dict[str, set[str]]] = {}
    for message in catalogue.messages(root):
        codes = message.codes if message.path.startswith(_WITH_REASONS) else ()
        part = by_part.setdefault(part_of(message.path), {})
        part.setdefault(say(message.text), set()).update(codes)
    lines = [words.NOTICE, "", f"# {title}", "", introduction]
    for number, (_paths, texts) in enumerate(words.PARTS):
        heading, told = texts[language]
        lines += ["", f"## {heading}", "", told, ""]
        said = by_part.get(number, {})
        lines += [
            _bullet(text, codes, language)
            for text, codes in sorted(said.items(), key=_key)
        ]
    return "\n".join(lines) + "\n"


def part_of(path: str) -> int:
    return next(
        number
        for number, (beginnings, _texts) in enumerate(words.PARTS)
        if path.startswith(beginnings)
    )


def _key(item: tuple[str, object]) -> str:
    return re.sub(r"\W+", " ", item[0]).casefold().strip()


def _bullet(text: str, codes: set[str], language: str) -> str:
    shown = _escaped(text)
    if not codes:
        return f"- {shown}"
    names = ", ".join(f"`{code}`" for code in sorted(codes))
    mark = " :" if language == "fr" else ":"
    return f"- {shown} ({words.REASON[language]}{mark} {names})"


def _escaped(text: str) -> str:
    """For Markdown: names of places instead of their marks, nothing of it as markup."""
    shown = _PLACE.sub(lambda found: f"‹{found[1] or '…'}›", text).replace("%%", "%")
    shown = re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", shown)
    return " ".join(shown.split())


# -- fields --------------------------------------------------------------------------


def _fields(root: Path, language: str, say: Translate) -> str:
    sys.path.insert(0, str(root))
    from sync.contacts.fields import CONTACT_FIELDS
    from sync.events.fields import EVENT_FIELDS

    title, told, events, of_events, contacts, of_contacts, heads = field_words.FIELDS[
        language
    ]
    place = words.LANGUAGES.index(language)
    lines = [words.NOTICE, "", f"# {title}", "", told]
    lines += ["", f"## {events}", "", *_table(heads)]
    for name, field in EVENT_FIELDS.items():
        odoo, google, *minds = field_words.EVENT_ROWS[name]
        lines.append(
            _row(say(field.label), field, language, odoo, google, minds[place])
        )
    lines += ["", of_events, "", f"## {contacts}", "", *_table(heads)]
    for name, field in CONTACT_FIELDS.items():
        odoo, *minds = field_words.CONTACT_ROWS.get(name, ("", "", ""))
        row = (say(field.label), field, language, odoo, field.section, minds[place])
        lines.append(_row(*row))
    return "\n".join([*lines, "", of_contacts]) + "\n"


def _table(heads: tuple[str, ...]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)


def _row(label: str, field, language: str, odoo: str, google: str, mind: str) -> str:
    way = field_words.DIRECTIONS[field.direction.value][language]
    return f"| {label} | {way} | {_code(odoo)} | {_code(google)} | {mind} |"


def _code(names: str) -> str:
    return ", ".join(f"`{name}`" for name in names.split(", ") if name)


def write(root: Path, pages: Mapping[str, str]) -> None:
    for path, text in pages.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def stale(root: Path, pages: Mapping[str, str]) -> list[str]:
    return [
        f"{path}:1: is not what the code says; script/docs makes it anew"
        for path, text in pages.items()
        if not (root / path).is_file() or (root / path).read_text() != text
    ]


def main(root: Path, what: str) -> int:
    pages = made(root)
    if what == "write":
        write(root, pages)
        return 0
    complaints = stale(root, pages)
    print("\n".join(complaints))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), sys.argv[2]))
