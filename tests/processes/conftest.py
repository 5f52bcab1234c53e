"""A place with Odoo, a watched Google, and worker processes."""

from datetime import timedelta
from random import SystemRandom

import pytest
from place import Place
from watched_google import WatchedGoogle
from workers import Office

LOGINS = ("ada", "bob", "cleo", "dan")
CLIENT = "processes.apps.googleusercontent.com"
SECRET = "GOCSPX-processes"


def pytest_addoption(parser):
    group = parser.getgroup("processes")
    group.addoption("--kills", type=int, default=0, help="so many random kills")
    group.addoption("--kill-seed", type=int, help="the seed of an earlier campaign")
    group.addoption("--flood", action="store_true", help="forged calls by thousands")


def pytest_ignore_collect(collection_path, config):
    if collection_path.name == "test_flood.py" and not config.option.flood:
        return True
    return None


def pytest_configure(config):
    if config.option.kill_seed is None:
        config.option.kill_seed = SystemRandom().randrange(10**6)


def pytest_terminal_summary(terminalreporter, config):
    if config.option.kills:
        again = f"--kills {config.option.kills} --kill-seed {config.option.kill_seed}"
        terminalreporter.write_line(f"the same kills again: {again}")


@pytest.fixture(scope="session")
def place():
    place = Place()
    yield place
    place.close()


@pytest.fixture(scope="session")
def google():
    with WatchedGoogle(seed="empty") as google:
        yield google


@pytest.fixture(scope="session")
def server_options(google):
    return {
        "GOOGLE_SYNC_API_ROOT": google.url,
        "GOOGLE_SYNC_CLIENT_ID": CLIENT,
        "GOOGLE_SYNC_CLIENT_SECRET": SECRET,
        "GOOGLE_SYNC_USER_QUOTA": "0",
        "GOOGLE_SYNC_PROJECT_QUOTA": "0",
    }


@pytest.fixture(scope="session")
def offices(place, google, server_options, tmp_path_factory):
    """The one office, with everybody's account connected and kept as "connected"."""
    place.install()
    office = Office(place, tmp_path_factory.mktemp("office"), server_options)
    try:
        open_accounts(google.world, office)
        place.keep("connected", google.world)
        yield office
    finally:
        office.close()


def open_accounts(world, office):
    redirect = "http://localhost:8069/google_sync/oauth2/callback"
    world.auto_consent = True
    world.add_client(CLIENT, SECRET, "web", [redirect])
    for login in LOGINS:
        world.add_account(f"{login}@gmail.com", login.title())
    office.do("connect", logins=LOGINS)


@pytest.fixture
def office(offices, google):
    """The office; whatever a test leaves running is ended, whatever waits let go."""
    yield offices
    google.watch()
    offices.dismiss()


@pytest.fixture
def connected(place, google, office):
    """Four connected accounts, nothing in their agendas."""
    place.restore("connected", google.world)


@pytest.fixture
def four(place, google, office):
    """Four accounts with 300 events to push and 100 to pull each."""
    begin("four", place, google, office, dict.fromkeys(LOGINS, 300), 100)


@pytest.fixture
def big(place, google, office):
    """Ada has 2,500 events to push and 500 to pull; the others have nothing."""
    begin("big", place, google, office, {"ada": 2500}, 500)


def begin(label, place, google, office, pushed, pulled):
    if place.has(label):
        place.restore(label, google.world)
        return
    place.restore("connected", google.world)
    office.do("fill", counts=pushed)
    for login in pushed:
        for number in range(pulled):
            insert(google.world.person(f"{login}@gmail.com"), login, number)
    place.keep(label, google.world)


def insert(person, login, number):
    day = person.world.clock.now().replace(hour=6, minute=30, second=0, microsecond=0)
    start, end = (
        (day + timedelta(days=1, hours=number + length)).isoformat()
        for length in (0, 1)
    )
    person.insert(
        {
            "summary": f"google {login} {number}",
            "start": {"dateTime": start},
            "end": {"dateTime": end},
        }
    )
