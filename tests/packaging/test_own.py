"""Somebody's own Odoo: what lacks is said by name before anything starts."""

import pytest

from lib import steps
from lib.place import odoo_source, postgres, venv


@pytest.fixture
def named(monkeypatch):
    def name(python):
        monkeypatch.setenv("ODOO_PYTHON", str(python))

    return name


def test_a_python_without_the_addon_s_packages(named, bare):
    named(bare)
    with pytest.raises(steps.Stop) as stopped:
        venv.ensure()
    said = str(stopped.value)
    assert "lacks google-api-python-client, google-auth" in said
    assert f"{bare} -m pip install google-api-python-client" in said
    assert "psycopg2" not in said


def test_a_python_that_is_none(named, tmp_path):
    named(tmp_path / "python")
    with pytest.raises(steps.Stop, match="No such file"):
        venv.ensure()


def test_one_that_has_all_is_taken_as_it_is(named, env):
    named(env.python)
    assert venv.ensure() == env.python


def test_what_the_demo_says_of_another_series(monkeypatch, tmp_path):
    (tmp_path / "odoo").mkdir()
    (tmp_path / "odoo" / "release.py").write_text("version_info = (18, 0, 0)\n")
    monkeypatch.setenv("ODOO_SOURCE", str(tmp_path))
    with pytest.raises(steps.Stop, match="is Odoo 18.0, this addon needs Odoo 19.0"):
        odoo_source.find()


def test_nothing_is_run_with_a_server_s_superuser(monkeypatch):
    monkeypatch.setenv("PGHOST", "localhost")
    monkeypatch.setenv("PGUSER", "postgres")
    with pytest.raises(steps.Stop, match="set PGUSER"):
        postgres.external_environment()
