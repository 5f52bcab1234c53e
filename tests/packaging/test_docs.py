"""The documentation: made of the code where it can be, built, and no link is dead."""

import re
from pathlib import Path

import pytest

from lib.docs import catalogue, site

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
MADE = ("troubleshooting.md", "fields.md")


@pytest.fixture(scope="module")
def built():
    return site.build()


def test_the_pages_made_of_the_code_are_current():
    site.pages("check")


def test_every_sentence_of_the_code_is_in_the_troubleshooting():
    """Seen through marks and placeholders: word by word."""
    page = _words((DOCS / "troubleshooting.md").read_text())
    said = catalogue.messages(ROOT)
    assert len(said) > 300
    missing = [x for x in said if _words(x.text) not in page]
    assert not missing


def _words(text):
    text = re.sub(r"%\((\w+)\)[sd]|%[sd]", lambda found: found[1] or "", text)
    return " ".join(re.findall(r"\w+", text.replace("\\", "")))


def test_google_s_reasons_are_told_with_what_is_said():
    page = (DOCS / "troubleshooting.md").read_text()
    for reason in ("quotaExceeded", "invalid_client", "forbiddenForNonOrganizer"):
        assert f"`{reason}`" in page


def test_the_french_pages_are_french():
    for name in MADE:
        english = (DOCS / name).read_text().splitlines()
        french = (DOCS / "fr" / name).read_text().splitlines()
        assert len(english) == len(french)
        same = [x for x in set(english) & set(french) if x.startswith("- ")]
        assert not same


def test_each_threat_names_a_test_that_there_is():
    page = (DOCS / "security.md").read_text()
    rows = [x for x in page.splitlines() if x.startswith("| ") and x.count("|") == 4]
    tests = "".join(x.read_text() for x in (ROOT / "tests").rglob("*.py"))
    files = {path.name for path in (ROOT / "tests").rglob("*.py")}
    for row in rows:
        threat, _answer, proof = row.strip("|").split("|")
        named = re.findall(r"`([^`]+)`", proof)
        assert named or threat.strip() == "threat", threat
        for name in named:
            for part in re.split(r"\.(?!py$)", name):
                known = part.strip("_") in tests or Path(part).name in files
                assert known, f"{threat}: {name}"


@pytest.mark.parametrize("name", ["user.md", "administrator.md"])
def test_a_guide_has_the_same_chapters_in_french(name):
    """A chapter that is added in English only is missed here."""
    english, french = (
        re.findall(r"^(#+) ", (folder / name).read_text(), re.MULTILINE)
        for folder in (DOCS, DOCS / "fr")
    )
    assert english == french


@pytest.mark.parametrize("name", ["user.md", "administrator.md"])
def test_buttons_are_called_as_on_the_screen(name):
    """What is bold in the English guide and a term of the catalogue has its French."""
    say = _translations()
    bold = re.findall(r"\*\*([^*]+)\*\*", (DOCS / name).read_text())
    buttons = {" ".join(x.split()) for x in bold} & say.keys()
    french = _plain((DOCS / "fr" / name).read_text())
    wanted = {_plain(say[button]) for button in buttons}
    assert {words for words in wanted if words not in french} == set()


def _plain(text):
    return " ".join(text.replace("\u00a0", " ").replace("’", "'").split())


def _translations():
    """Single terms of the catalogue, as one line each."""
    text = (ROOT / "i18n" / "fr.po").read_text()
    found = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', text, re.MULTILINE)
    return dict(found)


def test_nothing_is_dead_and_nothing_is_fetched(built):
    assert site.dead_links(built) == []
    assert list(site.fetched(built)) == []


def test_a_dead_link_would_be_seen(tmp_path):
    (tmp_path / "a.html").write_text('<a href="b.html">b</a> <a href="#no">c</a>')
    assert len(site.dead_links(tmp_path)) == 2
    (tmp_path / "b.html").write_text('<p id="no"></p><a href="a.html">a</a>')
    assert len(site.dead_links(tmp_path)) == 1


def test_every_page_is_found_from_the_first(built):
    pages = {path.relative_to(built).as_posix() for path in built.rglob("*.html")}
    pages = {page for page in pages if page.startswith("docs/")}
    first = (built / "docs" / "index.html").read_text()
    french = (built / "docs" / "fr" / "index.html").read_text()
    for page in pages - {"docs/index.html"}:
        name = page.removeprefix("docs/")
        here = f'href="{name}' in first
        assert here or f'href="{name.removeprefix("fr/")}' in french, page
