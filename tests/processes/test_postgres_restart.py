"""PostgreSQL is restarted while a process pushes: nothing is lost, nothing is doubled.

On a server of its own: others may be using the one that all tests share.
"""

import os
import shutil
import subprocess
import threading

import pytest
from checks import assert_in_step, mail, names
from conftest import LOGINS
from watched_google import BATCH, DONE, At
from workers import Office

from lib.place import postgres, postgres_place

PUSHED, PULLED = 300, 100
SETTLED = """
    SELECT count(*) FROM google_sync_account
     WHERE next_pull_at IS NOT NULL AND unfinished IS NOT TRUE AND lease_until IS NULL
"""


class OwnServer(postgres.Server):
    """A second server with the programs of the shared one, thrown away afterwards."""

    def __init__(self):
        super().__init__()
        self.home = self.home.with_name(f"{self.home.name}-{os.getpid()}")
        self.data = self.home / "data"
        self.sockets = postgres_place.socket_dir(self.home)

    def start(self):
        super().start()
        # Else a crash of the server would lose commits, as nobody's data should.
        with open(self.data / "postgresql.conf", "a") as configuration:
            configuration.write("synchronous_commit = on\nshared_buffers = 64MB\n")
        self.restart("fast")

    def restart(self, mode):
        """fast: connections are ended. immediate: as when it crashes."""
        self._pg_ctl("stop", "-m", mode, what="stopping PostgreSQL")
        self._launch()

    def remove(self):
        self.stop()
        shutil.rmtree(self.home)
        shutil.rmtree(self.sockets, ignore_errors=True)

    def take(self, place, database):
        """A copy of a database of the shared server, as `place` names it."""
        there = {**place.environ, **self.environment()}
        command = [self.bin / "createdb", "-T", "template0", place.name]
        subprocess.run(command, env=there, check=True)
        dump = [self.bin / "pg_dump", "-Fc", "-Z0", database]
        restore = [self.bin / "pg_restore", "-d", place.name]
        with subprocess.Popen(
            dump, env=place.environ, stdout=subprocess.PIPE
        ) as dumping:
            subprocess.run(restore, env=there, stdin=dumping.stdout, check=True)
        assert not dumping.returncode


@pytest.fixture
def own_server(place, four):
    if os.environ.get("PGHOST"):
        pytest.skip("PGHOST is set: not ours to restart")
    server = OwnServer()
    try:
        server.start()
        server.take(place, place.kept_database("four"))
        yield server
    finally:
        server.remove()


@pytest.fixture
def branch(place, own_server, server_options, tmp_path, monkeypatch):
    """An office whose processes, like `place`, use that server."""
    monkeypatch.setattr(place, "host", str(own_server.sockets))
    branch = Office(place, tmp_path, server_options)
    yield branch
    branch.close()


def test_restart_in_a_push(place, google, own_server, branch):
    """Ended in one account's call and crashed in another's; the process lives on."""
    restarts = {"ada": "fast", "bob": "immediate"}
    calls = {login: Held(login) for login in restarts}
    google.watch(*(call.hook for call in calls.values()))
    worker = branch.start("synchronise")
    for login, mode in restarts.items():
        assert calls[login].came.wait(60), f"{login}'s second batch"
        own_server.restart(mode)
        calls[login].answer.set()
    place.until(lambda: place.value(SETTLED) == 2, "the others' accounts")
    place.expire_leases()
    worker.result()
    for login in LOGINS:
        assert_in_step(place, google, login, names(login, PUSHED, PULLED))


class Held:
    """An account's second batch, done by Google; its answer waits for `answer`."""

    def __init__(self, login):
        self.came, self.answer = threading.Event(), threading.Event()
        self.hook = At(DONE, BATCH, 2, self._hold, mail(login))

    def _hold(self):
        self.came.set()
        self.answer.wait(60)
