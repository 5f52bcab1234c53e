"""One sandbox and one database for the stories of this folder."""

import pytest
from home import Home

from sandbox.server import SandboxServer

CLIENT = "lifecycle.apps.googleusercontent.com"
SECRET = "GOCSPX-lifecycle"
REDIRECT = "http://localhost:8069/google_sync/oauth2/callback"
LOGINS = ("ada", "bob")


def pytest_addoption(parser):
    group = parser.getgroup("lifecycle")
    group.addoption("--events", type=int, default=60, help="of each agenda (60)")
    group.addoption("--beside", action="store_true", help="the neighbours too")


def pytest_ignore_collect(collection_path, config):
    if collection_path.name == "test_beside.py" and not config.option.beside:
        return True
    return None


@pytest.fixture
def google():
    with SandboxServer(seed="empty") as server:
        world = server.world
        world.auto_consent = True
        world.add_client(CLIENT, SECRET, "web", [REDIRECT])
        for login in LOGINS:
            world.add_account(f"{login}@gmail.com", login.title())
        yield server


@pytest.fixture
def home(google):
    home = Home(
        {
            "GOOGLE_SYNC_API_ROOT": google.url,
            "GOOGLE_SYNC_CLIENT_ID": CLIENT,
            "GOOGLE_SYNC_CLIENT_SECRET": SECRET,
            "GOOGLE_SYNC_USER_QUOTA": "0",
            "GOOGLE_SYNC_PROJECT_QUOTA": "0",
        }
    )
    home.begin()
    yield home
    home.close()


def writes(world):
    """What was written in Google since the counters were cleared."""
    counted = world.counters
    reading = ("list", "get", "instances", "batchGet", "watch", "stop")
    return {
        route: number
        for route, number in {**counted.requests, **counted.parts}.items()
        if route.startswith(("calendar.", "people."))
        and not route.endswith((*reading, "batch"))
        and number
    }


def in_google(world):
    """Titles of living events and names of contacts, of everybody."""
    events = {
        login: sorted(
            item["summary"]
            for item in world.person(f"{login}@gmail.com").list()
            if item["status"] != "cancelled"
        )
        for login in LOGINS
    }
    contacts = {
        login: len(world.person(f"{login}@gmail.com").contacts.list())
        for login in LOGINS
    }
    return events, contacts
