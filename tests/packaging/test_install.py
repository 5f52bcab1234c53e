"""The addon comes into a plain Odoo, is upgraded there, and goes."""

import ast
from pathlib import Path

from plain import troubles

ROOT = Path(__file__).resolve().parents[2]


def test_a_clone_in_the_addons_path(plain, clone):
    """What lacks is said by name; then it installs, upgrades and leaves no trace."""
    log, code = plain.serve_once("-i", "google_sync", addons=clone)
    assert code, "Odoo took it without its packages"
    assert "google-api-python-client" in log

    plain.pip("-r", clone / "google_sync" / "requirements.txt")
    log, code = plain.serve_once("-i", "google_sync", addons=clone)
    assert (code, troubles(log), plain.state()) == (0, [], "installed")
    log, code = plain.serve_once("-u", "google_sync", addons=clone)
    assert (code, troubles(log), plain.state()) == (0, [], "installed")
    log, code = plain.uninstall(addons=clone)
    assert (code, troubles(log), plain.state()) == (0, [], "uninstalled")
    assert plain.remains() == []


def test_a_wheel(plain, wheel):
    """pip brings the addon and what it needs, and Odoo finds it there."""
    plain.pip(wheel)
    log, code = plain.serve_once("-i", "google_sync")
    assert (code, troubles(log), plain.state()) == (0, [], "installed")
    log, code = plain.uninstall()
    assert (code, troubles(log), plain.state()) == (0, [], "uninstalled")
    assert plain.remains() == []


def test_the_requirements_are_the_manifest_s():
    manifest = ast.literal_eval((ROOT / "__manifest__.py").read_text())
    listed = (ROOT / "requirements.txt").read_text().splitlines()
    wanted = sorted(manifest["external_dependencies"]["python"])
    assert sorted(line for line in listed if not line.startswith("#")) == wanted
