"""Writes a draft of a language: the glossary's terms, and what Odoo's own apps call the
same thing. What is in neither stays English, and what somebody translated stays.

Run with a Python that has polib: ``draft.py <addon> <Odoo's addons>``.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping
from pathlib import Path

import polib

GLOSSARY = "i18n/glossary.csv"
TEMPLATE = "i18n/google_sync.pot"
#: Odoo's apps whose words ours are, the nearest first.
APPS = ("calendar", "google_calendar", "contacts", "mail", "web", "base")
#: Odoo says another thing by the same word there.
OTHER_MEANING = {
    "Base",
    "Channel",
    "Chat",
    "Incoming call",
    "Key",
    "Line",
    "Lines",
    "Person",
    "Plan",
    "Planned",
    "Project",
    "Record",
    "Reset",
    "Resource",
    "Run",
    "Scope",
    "State",
    "Title",
    "Trigger",
    "Usage",
    "Values",
    "question",
}


def main(addon: Path, apps: Path) -> int:
    with open(addon / GLOSSARY, encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="|"))
    for language in [name for name in rows[0] if name != "en"]:
        terms = {row["en"]: row[language] for row in rows}
        path = addon / "i18n" / f"{language}.po"
        draft(polib.pofile(addon / TEMPLATE), terms, language, path, apps).save(path)
    return 0


def draft(
    template: polib.POFile,
    terms: Mapping[str, str],
    language: str,
    path: Path,
    apps: Path,
) -> polib.POFile:
    known = polib.pofile(path) if path.exists() else polib.POFile()
    by_hand = {entry.msgid: entry.msgstr for entry in known if entry.msgstr}
    odoo, plural = _of_odoo(apps, language)
    made = polib.POFile(wrapwidth=78)
    made.metadata = {
        **template.metadata,
        "Language": language,
        "Plural-Forms": plural,
    }
    for entry in template:
        said = terms.get(entry.msgid) or by_hand.get(entry.msgid)
        if not said and entry.msgid not in OTHER_MEANING:
            said = odoo.get(entry.msgid, "")
        if said:
            # An empty translation is one that reads the same in both languages.
            entry.msgstr = "" if said == entry.msgid else said
            made.append(entry)
    return made


def _of_odoo(apps: Path, language: str) -> tuple[dict[str, str], str]:
    found: dict[str, str] = {}
    plural = ""
    for app in APPS:
        path = apps / app / "i18n" / f"{language}.po"
        if not path.exists():
            # Of a checkout, base lies elsewhere.
            continue
        file = polib.pofile(path)
        plural = plural or file.metadata["Plural-Forms"]
        for entry in file:
            if entry.msgstr and not entry.fuzzy:
                found.setdefault(entry.msgid, entry.msgstr)
    return found, plural


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
