"""Worker processes as tests see them: started, told what to do, killed, waited for."""

import json
import os
import signal
import socket
import subprocess
from contextlib import suppress
from pathlib import Path

PATIENCE = 200


class WorkerFailed(AssertionError):
    """A worker ended otherwise than the test says; with its traceback."""


class Worker:
    """One process. It does nothing before `start`; `pid` is known from the first."""

    def __init__(self, path):
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(PATIENCE)
        self._socket.connect(path)
        self._line = self._socket.makefile("rw", encoding="utf-8")
        self.pid = json.loads(self._line.readline())["pid"]

    def start(self, job, **options):
        self._line.write(json.dumps({"job": job, "options": options}) + "\n")
        self._line.flush()
        return self

    def result(self):
        """What the job returned, when it has ended."""
        said = self._end()
        if said is None or "failed" in said:
            text = said["failed"] if said else "no answer: the process died"
            raise WorkerFailed(f"worker {self.pid}: {text}")
        return said

    def wait_killed(self):
        """Return when the process is dead; fails when it had finished its job."""
        said = self._end()
        if said is not None:
            raise WorkerFailed(f"worker {self.pid} was to be killed, but said: {said}")

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)

    def pause(self):
        os.kill(self.pid, signal.SIGSTOP)

    def go_on(self):
        os.kill(self.pid, signal.SIGCONT)

    def abandon(self):
        """Kill it, unless its end was waited for."""
        if self._line.closed:
            return
        with suppress(ProcessLookupError):
            self.kill()
        self._end()

    def _end(self):
        try:
            said = self._line.readline()
        except ConnectionResetError:
            said = ""
        self._line.close()
        self._socket.close()
        return json.loads(said) if said else None


class Office:
    """Starts workers on one database; see prefork.py."""

    def __init__(self, place, folder, options):
        self.database = place.name
        self._path = str(folder / "office")
        self._log = open(place.log, "ab")  # noqa: SIM115 (until close)
        script = Path(__file__).with_name("prefork.py")
        opened, opening = os.pipe()
        self._process = subprocess.Popen(
            [place.python, script, self._path, self.database, str(opening)],
            env={**place.environ, **options, "PGHOST": place.host},
            stdin=subprocess.PIPE,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            pass_fds=[opening],
        )
        self._workers = []
        os.close(opening)
        self._await_open(opened)

    def _await_open(self, opened):
        """Until Odoo is loaded, or its process has ended: either closes `opened`."""
        with open(opened, "rb") as pipe:
            pipe.read()
        if not os.path.exists(self._path):
            raise WorkerFailed(f"Odoo did not load: see {self._log.name}")

    def hire(self):
        """A process that waits for its order."""
        worker = Worker(self._path)
        self._workers.append(worker)
        return worker

    def start(self, job, **options):
        return self.hire().start(job, database=self.database, **options)

    def do(self, job, **options):
        """Have a job done by a process of its own, to the end."""
        return self.start(job, **options).result()

    @property
    def pids(self):
        return [worker.pid for worker in self._workers]

    def dismiss(self):
        """End whatever a failed test left running."""
        for worker in self._workers:
            worker.abandon()
        self._workers.clear()

    def close(self):
        self.dismiss()
        self._process.stdin.close()
        self._process.wait(PATIENCE)
        self._log.close()
