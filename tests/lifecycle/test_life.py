"""One database's life: 19.0.1.0.0 with data, upgraded, removed, installed again.

One story, because each start of Odoo takes seconds.
"""

import pytest
from conftest import LOGINS, in_google, writes
from home import of_commit

#: The addon as the first users could install it.
FROM = "d687974f25bb61c32801baf59a1c491b22e6ee4e"
CONTACTS = 10


@pytest.fixture
def events(request):
    """Of each of the two agendas; 2,000 links with ``-- --events 1000``."""
    return request.config.option.events


@pytest.fixture
def filled(home, tmp_path, events):
    """The database as the addon of then left it, upgraded; what it held before.

    A clone without that history begins with the addon as it is.
    """
    before = of_commit(FROM, tmp_path)
    home.install(before)
    home.do("fill", before, logins=LOGINS, events=events, contacts=CONTACTS)
    held = home.do("count", before)
    if before:
        home.upgrade()
    return held


def test_upgraded_removed_and_installed_again(home, google, filled, events):
    world, there = google.world, in_google(google.world)
    assert filled["event.link"] == len(LOGINS) * (events + 1)
    assert filled["contact.link"] == len(LOGINS) * CONTACTS
    assert filled["run.line"] > len(LOGINS) * (events + CONTACTS)
    assert home.do("count") == filled
    assert_quiet(home, world)
    assert home.do("count")["links"] == filled["links"]

    assert home.do("watch") == ["open"] * len(LOGINS)
    assert len(world.channels.open) == len(LOGINS)
    world.reset_counters()
    assert home.do("uninstall", revoke=False) == {"connected": len(LOGINS)}
    assert not world.channels.open
    assert writes(world) == {}
    assert len(world.oauth.consents) == len(LOGINS)
    assert_left(home, filled)

    home.install()
    home.do("connect", logins=LOGINS)
    assert {run["state"] for run in home.do("synchronise")} == {"done"}
    again = home.do("count")
    for name in ("events", "partners", "event.link", "contact.link"):
        assert again[name] == filled[name], name
    assert_quiet(home, world)
    assert in_google(world) == there

    home.do("uninstall", revoke=True)
    assert not world.oauth.consents


def assert_quiet(home, world):
    """A run of everybody plans nothing and writes nothing."""
    world.reset_counters()
    runs = home.do("synchronise")
    assert len(runs) == len(LOGINS)
    for run in runs:
        assert (run["state"], run["lines"]) == ("done", []), run
    assert writes(world) == {}


def assert_left(home, filled):
    """What the addon leaves behind: everything but its own tables."""
    left = home.do("count")
    for name in ("events", "partners"):
        assert left[name] == filled[name], name
    for name, (phone, comment) in home.do("phones").items():
        number = int(name.split()[-1])
        mobile = f"+33 6 12 34 56 {number:02d}"
        assert mobile in (comment if number % 2 else phone), name
    tables = "SELECT relname FROM pg_class WHERE relname LIKE %s"
    assert home.rows(tables, "google_sync%") == []
