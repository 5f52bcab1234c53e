"""The sandbox, watched: who asks what when, and something done at a chosen moment."""

import threading
import time
from dataclasses import dataclass
from unittest.mock import patch

import psutil
from werkzeug.wsgi import ClosingIterator

from sandbox import server
from sandbox.app import App

LIST = "calendar.events.list"
INSERT = "calendar.events.insert"
BATCH = "batch"
ASKED, DONE, ANSWERED = "asked", "done", "answered"
"""A request came and Google did nothing yet; Google did it and the answer is held; the
answer has left."""


@dataclass
class Visit:
    """One request. connection: one client of one slice of work. done: None when cut."""

    route: str
    email: str
    connection: int
    pid: int
    asked: float
    done: float = None


class WatchedApp(App):
    """Remembers every request to the Calendar API, and tells the hooks of it."""

    def __init__(self, world):
        super().__init__(world)
        self.visits = []
        self.hooks = []
        self.pids = []
        self._lock = threading.Lock()
        self._here = threading.local()
        self._pid_of = {}

    def __call__(self, environ, start_response):
        self._here.port, self._here.visit = int(environ["REMOTE_PORT"]), None
        answer = super().__call__(environ, start_response)
        visit = self._here.visit
        if visit is None:
            return answer
        return ClosingIterator(answer, lambda: self._tell(ANSWERED, visit))

    def _serve(self, call):
        held = self.world.oauth.access.get(call.bearer())
        if held is None:
            return super()._serve(call)
        email = self.world.accounts[held.sub].email
        visit = self._here.visit = self._visit(self.route_of(call), email)
        self._tell(ASKED, visit)
        answer = super()._serve(call)
        visit.done = time.monotonic()
        self._tell(DONE, visit)
        return answer

    def _visit(self, route, email):
        port = self._here.port
        visit = Visit(route, email, port, self._pid(port), time.monotonic())
        with self._lock:
            self.visits.append(visit)
        return visit

    def _pid(self, port):
        """Which of the known processes talks from this port; 0 for another."""
        if port not in self._pid_of:
            self._pid_of[port] = next(
                (pid for pid in self.pids if port in _ports(pid)), 0
            )
        return self._pid_of[port]

    def _tell(self, stage, visit):
        for hook in list(self.hooks):
            hook(stage, visit)


class WatchedGoogle(server.SandboxServer):
    """The server of a `WatchedApp`."""

    def __init__(self, **options):
        with patch.object(server, "App", WatchedApp):
            super().__init__(**options)
        self.app = self._server.app

    def watch(self, *hooks, pids=()):
        """Forget the visits so far; from now on call these hooks."""
        self.app.visits.clear()
        self.app.hooks[:] = hooks
        self.app.pids[:] = pids
        self.app._pid_of.clear()

    def visits(self, email="", route=""):
        return [
            visit
            for visit in list(self.app.visits)
            if email in ("", visit.email) and route in ("", visit.route)
        ]


class At:
    """Calls `action` once: in `stage` of the `number`-th request of a route."""

    def __init__(self, stage, route, number, action, email=""):
        self.stage, self.route, self.number = stage, route, number
        self.action, self.email = action, email
        self._count = 0
        self._chosen = None
        self._lock = threading.Lock()

    def __str__(self):
        return f"{self.route} {self.number} {self.stage}"

    def __call__(self, stage, visit):
        if visit.route != self.route or self.email not in ("", visit.email):
            return
        with self._lock:
            if stage == ASKED:
                self._count += 1
                if self._count == self.number:
                    self._chosen = visit
            hit = stage == self.stage and visit is self._chosen
        if hit:
            self.action()


def _ports(pid):
    try:
        sockets = psutil.Process(pid).net_connections("tcp4")
    except psutil.Error:
        return ()
    return {connection.laddr.port for connection in sockets}
