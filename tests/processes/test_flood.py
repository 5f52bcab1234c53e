"""Ten seconds of a thousand calls a second at Google's door.

Odoo has two workers and two databases. Only where it is asked for:
script/test processes -- --flood
"""

import http.client
import itertools
import threading
import time
from statistics import quantiles
from typing import NamedTuple

import psutil
import pytest
from conftest import LOGINS

from lib import ports
from lib.demo.servers import Server

DOOR = "/google_sync/notify"
SECONDS, RATE, CALLERS = 10, 1000, 24
#: What a worker may grow by, in bytes, and seconds of the processor for a call.
#: How long it takes by the clock is shown only: it depends on what else goes on.
GROWTH, BUSY = 15 * 2**20, 0.01
RECORDED = "SELECT count(*) FROM google_sync_knock"


class Flood:
    """Callers at a steady pace; each call as the next of `calls`: (path, headers)."""

    def __init__(self, port, calls):
        self._port, self._calls = port, itertools.cycle(calls)
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        self.seconds, self.statuses = [], set()

    def run(self, seconds):
        self._begin = time.monotonic()
        self._end = self._begin + seconds
        callers = [threading.Thread(target=self._call_on) for _n in range(CALLERS)]
        for caller in callers:
            caller.start()
        for caller in callers:
            caller.join()

    def _call_on(self):
        while True:
            with self._lock:
                path, headers = next(self._calls)
                due = self._begin + next(self._numbers) / RATE
            if due > self._end or time.monotonic() > self._end:
                return
            time.sleep(max(0, due - time.monotonic()))
            began = time.monotonic()
            status = self._call(path, headers)
            with self._lock:
                self.seconds.append(time.monotonic() - began)
                self.statuses.add(status)

    def _call(self, path, headers):
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        connection.request("POST", path, headers=headers)
        status = connection.getresponse().status
        connection.close()
        return status


@pytest.fixture
def other(place, connected):
    """A second database on the same server."""
    name = f"{place.name}_other"
    place.env.databases.clone(place.kept_database("connected"), name)
    yield name
    place.env.drop_database(name)


@pytest.fixture
def server(place, other, server_options):
    port = ports.free_port()
    command = place.env.odoo_command(
        f"{place.name},{other}",
        *("--workers=2", "--max-cron-threads=0", f"--http-port={port}"),
        f"--gevent-port={ports.free_port()}",
    )
    url = f"http://127.0.0.1:{port}/web/health"
    environ = {**place.environ, **server_options}
    server = Server("Flooded", command, environ, url)
    try:
        server.wait()
        yield port
    finally:
        server.stop()


@pytest.fixture
def message(google, office, connected):
    """What Google sends Ada's channel."""
    channels = google.world.channels
    channels.held = True
    office.do("watch")
    yield channels.take()[0]
    channels.__init__(google.world)


class Worker(NamedTuple):
    rss: int
    cpu: float


def workers(port):
    """The server's processes, by what they hold and have used."""
    mine = [
        process
        for process in psutil.process_iter(["cmdline"])
        if f"--http-port={port}" in (process.info["cmdline"] or ())
    ]
    return {
        process.pid: Worker(process.memory_info().rss, sum(process.cpu_times()[:2]))
        for process in mine
    }


def test_a_flood_is_answered_and_leaves_next_to_nothing(
    place, google, message, other, server
):
    true = f"{DOOR}?{message.address.partition('?')[2]}"
    assert f"db={place.name}" in true
    headers = message.headers
    calls = [
        (true, headers),
        (true, {**headers, "X-Goog-Channel-Token": "guessed"}),
        (true, {**headers, "X-Goog-Channel-ID": "f" * 32}),
        (f"{DOOR}?db={other}", {**headers, "X-Goog-Channel-Token": "guessed"}),
        (f"{DOOR}?db=nowhere", headers),
        (DOOR, headers),
    ]
    # Odoo loads what it needs for each database.
    Flood(server, calls).run(3)
    before = workers(server)
    flood = Flood(server, calls)
    flood.run(SECONDS)
    after = workers(server)
    grown = max(after[pid].rss - before[pid].rss for pid in before.keys() & after)
    busy = sum(after[pid].cpu - before[pid].cpu for pid in before.keys() & after)
    each = busy / len(flood.seconds)
    print(
        f"\n{len(flood.seconds) / SECONDS:.0f} calls a second, "
        f"p95 {quantiles(flood.seconds, n=20)[-1] * 1000:.0f} ms, "
        f"{each * 1000:.1f} ms of processor each, grown by {grown / 2**20:.1f} MB"
    )
    assert flood.statuses == {204}
    assert place.value(RECORDED) <= len(LOGINS)
    assert before.keys() <= after.keys(), "a worker was replaced"
    assert grown < GROWTH
    assert each < BUSY
