"""The engineer's guide: its examples are taken from the page and run as shown there."""

import re
from pathlib import Path

import pytest
from plain import Plain, troubles

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "engineer.md"
# A block begins with the name of its file, as a comment.
FILE = re.compile(
    r"^```\w+\n((?:#|<!--) ([\w./]+/[\w./]+)[^\n]*\n.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
MODULE = "google_sync_nickname"
EVENTS = "google_sync_reference"
# What the page leaves out of its second example.
BESIDE = {
    "__manifest__.py": """{
    "name": "Reference", "version": "19.0.1.0.0", "author": "You",
    "license": "LGPL-3", "depends": ["google_sync"],
}""",
    "__init__.py": "from . import models\n",
    "tests/__init__.py": "from . import test_reference\n",
    "tests/test_reference.py": """
from odoo.addons.google_sync.tests.sync_case import SyncCase
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestReference(SyncCase):
    def test_it_goes_both_ways(self):
        event = self.event(reference="A7")
        self.sync()
        item = self.google_of(event)
        self.assertEqual(item["extendedProperties"]["shared"], {"reference": "A7"})
        shared = {"shared": {"reference": "B8"}}
        self.person.patch(item["id"], {"extendedProperties": shared})
        self.sync()
        self.assertEqual(event.reference, "B8")
        event.reference = "C9"
        self.assertTrue(self.env["google.sync.pending"].sudo().search([]))
        self.sync()
        shared = self.google_of(event)["extendedProperties"]["shared"]
        self.assertEqual(shared, {"reference": "C9"})
        self.assert_quiet()
""",
}


@pytest.fixture
def example(tmp_path):
    """A folder of addons with what the guide shows."""
    folder = tmp_path / "addons"
    shown = [(name, text) for text, name in FILE.findall(GUIDE.read_text())]
    beside = [(f"{EVENTS}/{name}", text) for name, text in BESIDE.items()]
    for name, text in [*shown, *beside]:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.fixture
def engineer(env, tmp_path):
    """An Odoo with all that the tests of the addon need."""
    engineer = Plain(env, env.python, tmp_path)
    env.clone_database(engineer.database)
    yield engineer
    env.drop_database(engineer.database)


def test_the_french_page_has_the_same_code():
    french = GUIDE.parent / "fr" / GUIDE.name
    assert FILE.findall(french.read_text()) == FILE.findall(GUIDE.read_text())


def test_the_example_is_as_short_as_the_page_says(example):
    text = (example / MODULE / "models.py").read_text()
    assert len([x for x in text.splitlines() if x and not x.startswith("#")]) <= 10


def test_the_examples_synchronise_their_fields(engineer, example, clone):
    log, code = engineer.odoo(
        *("-d", engineer.database, "-i", f"{MODULE},{EVENTS}", "--stop-after-init"),
        *("--test-tags", f"/{MODULE},/{EVENTS}", "--no-http", "--max-cron-threads=0"),
        addons=f"{clone},{example}",
    )
    assert (code, troubles(log)) == (0, []), log[-3000:]
    assert re.search(r"0 failed, 0 error\(s\) of 2 tests", log)
