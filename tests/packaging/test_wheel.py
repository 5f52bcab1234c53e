"""What is in the wheel: what a server needs, and nothing else."""

import ast
import zipfile
from email.parser import HeaderParser

import pytest

ADDON = "odoo/addons/google_sync/"
NOT_THERE = ("sandbox", "script", "tests", "docs", "readme", ".ci", "compose")


@pytest.fixture(scope="module")
def packed(wheel):
    with zipfile.ZipFile(wheel) as archive:
        yield archive


def in_the_addon(archive):
    names = (name for name in archive.namelist() if name.startswith(ADDON))
    return {name.removeprefix(ADDON) for name in names}


def test_nothing_that_only_developers_need(packed):
    names = in_the_addon(packed)
    assert not {name for name in names if name.split("/")[0] in NOT_THERE}
    assert not {name for name in names if "/tests/" in name or name.startswith(".")}
    assert sum(info.file_size for info in packed.infolist()) < 4_000_000


def test_all_that_the_manifest_names(packed, clone):
    names = in_the_addon(packed)
    manifest = ast.literal_eval((clone / "google_sync" / "__manifest__.py").read_text())
    missing = set(manifest["data"]) - names
    assert not missing
    assert {"LICENSE", "README.rst", "i18n/fr.po", "data/neutralize.sql"} <= names
    assert {"static/description/icon.png", "static/description/index.html"} <= names


def test_every_file_of_the_run_time(packed, clone):
    """All Python of the floors is there: an import that lacks is seen too late."""
    source = clone / "google_sync"
    floors = ("controllers", "google_api", "models", "sync", "wizards")
    wanted = {
        path.relative_to(source).as_posix()
        for floor in floors
        for path in (source / floor).rglob("*.py")
    }
    assert wanted <= in_the_addon(packed)


def test_what_pip_is_told(packed, clone):
    name = next(n for n in packed.namelist() if n.endswith(".dist-info/METADATA"))
    said = HeaderParser().parsestr(packed.read(name).decode())
    manifest = ast.literal_eval((clone / "google_sync" / "__manifest__.py").read_text())
    assert said["Name"] == "odoo-addon-google_sync"
    assert said["Version"] == manifest["version"]
    needed = set(said.get_all("Requires-Dist"))
    assert {"odoo==19.0.*", *manifest["external_dependencies"]["python"]} == needed
