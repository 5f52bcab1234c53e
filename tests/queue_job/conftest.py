"""Two Odoos with OCA's queue_job on one database, behind one door, and a Google."""

import configparser
from contextlib import ExitStack, closing

import pytest
from place import Place
from servers import Balancer, Person, Server
from watched_google import WatchedGoogle
from workers import Office

from lib.place import queue_job

LOGINS = ("ada", "bob", "cleo", "dan")
CLIENT = "jobs.apps.googleusercontent.com"
SECRET = "GOCSPX-jobs"
#: It holds a lock as long as it lives.
RUNNER = """
    SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
REDIRECT = "http://localhost:8069/google_sync/oauth2/callback"


def pytest_addoption(parser):
    group = parser.getgroup("queue_job")
    group.addoption("--events", type=int, default=300, help="of each first push (300)")


@pytest.fixture(scope="session")
def google():
    with WatchedGoogle(seed="empty") as google:
        world = google.world
        world.auto_consent = True
        world.add_client(CLIENT, SECRET, "web", [REDIRECT])
        for login in LOGINS:
            world.add_account(f"{login}@gmail.com", login.title())
        yield google


@pytest.fixture(scope="session")
def options(google):
    return {
        "GOOGLE_SYNC_API_ROOT": google.url,
        "GOOGLE_SYNC_CLIENT_ID": CLIENT,
        "GOOGLE_SYNC_CLIENT_SECRET": SECRET,
        "GOOGLE_SYNC_USER_QUOTA": "0",
        "GOOGLE_SYNC_PROJECT_QUOTA": "0",
    }


@pytest.fixture(scope="session")
def place(options, tmp_path_factory, request):
    """Ada and Bob with all their events still to push, Cleo and Dan with none."""
    with closing(Place()) as place:
        folder = tmp_path_factory.mktemp("place")
        show_queue_job(place, folder)
        place.install("google_sync,queue_job")
        many = request.config.option.events
        with closing(Office(place, folder, options)) as office:
            office.do("connect", logins=LOGINS)
            office.do("fill", counts={"ada": many, "bob": many})
        place.leave_alone("ada", "bob")
        yield place


def show_queue_job(place, folder):
    """Odoo's configuration again, with one more folder of addons."""
    there = queue_job.ensure()
    parser = configparser.RawConfigParser()
    parser.read(place.env.configuration)
    known = parser["options"]["addons_path"]
    parser["options"]["addons_path"] = f"{known},{queue_job.addons(there)}"
    path = folder / "odoo.conf"
    with open(path, "w") as file:
        parser.write(file)
    python_path = f"{place.environ['PYTHONPATH']}:{there}"
    place.environ.update(ODOO_RC=str(path), PYTHONPATH=python_path)


@pytest.fixture(scope="session")
def door(place, options):
    """Both servers are at work behind it, and one of them runs the jobs."""
    with ExitStack() as stack:
        door = stack.enter_context(closing(Balancer()))
        for _n in range(2):
            server = Server(place, options, door.port)
            door.servers.append(stack.enter_context(closing(server)))
        for server in door.servers:
            server.wait()
        place.until(lambda: place.value(RUNNER), "queue_job's runner")
        yield door


@pytest.fixture
def person(place, door):
    """Anybody, by login."""
    return lambda login: Person(place.name, door.port, login)
