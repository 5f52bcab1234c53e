"""Where the bench measures: databases, a simulated Google and Odoo, a set for each
measurement, and nothing left of them afterwards."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .. import commands, processes, results, work
from ..demo.browser import Browser
from ..place.environment import Environment
from ..steps import Stop
from .data import CLIENT_ID, CLIENT_SECRET, EMAIL

PREFIX = "gsbench_"
SUFFIXES = ("0", "1", "2", "3")
MODULES = {"ours": work.MODULE, "theirs": "google_calendar"}
SIDES = {"ours": "ours", "theirs": "theirs", "orm": "ours", "plain": "plain"}
"""Who measures -> which database it works on a copy of."""
CONTACT_WRITES = tuple(
    f"{verb}Contact{s}"
    for verb in ("create", "update", "delete", "Create", "Update", "Delete")
    for s in ("", "s", "Photo")
)


class Program:
    """A child that answers a line of JSON with a line of JSON."""

    def __init__(self, name: str, command: list[str], env: dict[str, str]):
        self.name = name
        self.log = work.folder("log") / f"bench-{name}.log"
        with open(self.log, "w") as log:
            self._process = subprocess.Popen(
                command,
                env={**env, **processes.mark()},
                cwd=work.ROOT / "script",
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                # A Ctrl-C of the terminal is for the bench, which ends all in order.
                start_new_session=True,
            )

    def read(self) -> dict:
        line = self._process.stdout.readline()
        answer = json.loads(line) if line else {"error": "it ended"}
        if "error" in answer:
            raise Stop(
                f"{self.name}: {answer['error'][:300]}"
                f" (all of it in {work.short_path(self.log)})"
            )
        return answer

    def ask(self, question: dict) -> dict:
        with contextlib.suppress(BrokenPipeError):
            print(json.dumps(question), file=self._process.stdin, flush=True)
        return self.read()

    def stop(self) -> None:
        """Ends it by closing its stdin; harmless when it has ended."""
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        try:
            self._process.wait(processes.PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()


@dataclass
class Google:
    """The simulated Google of one measurement, through its control API."""

    url: str
    token: str
    crowd: list[str]
    """Tokens of the accounts without events."""

    def switch(self, **switches: object) -> None:
        self._send("POST", "switches", switches)

    def reset(self) -> None:
        self._send("DELETE", "counters")

    def counted(self) -> dict:
        return self._send("GET", "counters")

    def asked(self) -> int:
        """Insertions that were tried since the last reset, alone or in a batch."""
        counted, name = self.counted(), "calendar.events.insert"
        return counted["requests"].get(name, 0) + counted["parts"].get(name, 0)

    def contact_writes(self) -> int:
        """Requests since the last reset that write contacts."""
        counted = self.counted()["requests"]
        return sum(n for name, n in counted.items() if name.endswith(CONTACT_WRITES))

    def contacts(self) -> int:
        return len(self._send("GET", f"accounts/{EMAIL}/contacts")["items"])

    def events(self) -> int:
        account = self._send("GET", "state")["accounts"][0]
        return account["calendars"][0]["events"]

    def edit(self, number: int) -> None:
        """A person changes a title in Google's page."""
        path = f"accounts/{EMAIL}/events"
        found = self._send("GET", path)["items"][number]
        body = {"summary": f"{found['summary']}, edit {number}"}
        self._send("PATCH", f"{path}/{found['id']}", body)

    def _send(self, method: str, path: str, body: dict | None = None) -> dict:
        return Browser().json(method, f"{self.url}/sandbox/api/{path}", body)


@dataclass
class Pair:
    """Odoo and its Google."""

    odoo: Program
    google: Google

    def do(self, what: str, **arguments: object) -> dict:
        """A measured call: time, memory, and what went over the wire meanwhile."""
        self.google.reset()
        sample = self.odoo.ask({"do": what, **arguments})
        counted = self.google.counted()
        names = ("bytes_in", "bytes_out", "units")
        return {
            **sample,
            "requests": counted["total"],
            "bytes": counted["bytes_in"] + counted["bytes_out"],
            **{name: counted[name] for name in names},
        }


class Place:
    """All databases of one call of the bench; ``profile`` is a folder for profiles of
    Odoo."""

    def __init__(self, env: Environment, profile: Path | None = None):
        self.env = env
        self.profile = profile
        self._masters: dict[str, str] = {"plain": env.template}

    def __enter__(self) -> Place:
        for what in ("ours", "theirs", *map(_run, ["", *SUFFIXES])):
            self.env.databases.drop_abandoned(f"{PREFIX}{what}_")
        return self

    def __exit__(self, *exception: object) -> None:
        processes.end_marked()
        for name in self._masters.values():
            if name.startswith(PREFIX):
                self.env.drop_database(name)

    def install(self, side: str) -> None:
        """A database with one of the addons, to be copied for each measurement."""
        name = self._masters[side] = self._name(side)
        self.env.clone_database(name)
        module = MODULES[side]
        args = ("-i", module, "--stop-after-init", "--no-http", "--max-cron-threads=0")
        commands.call(
            self.env.odoo_command(name, *args),
            f"installing {module}",
            log="bench-install",
            env=_environ(self.env),
        )

    @contextlib.contextmanager
    def pair(
        self,
        who: str,
        events_in_google: int = 0,
        *,
        crowd: int = 0,
        suffix: str = "",
        paced: bool = False,
        **switches: object,
    ) -> Iterator[Pair]:
        """Fresh ones: Odoo without knowledge of Google, Google with so many events, and
        with so many accounts beside Ada's.

        ``suffix``, one of SUFFIXES, tells pairs apart that exist at the same time.
        Only when ``paced`` our addon keeps to Google's limits by itself.
        """
        side = SIDES[who]
        database = self._name(_run(suffix))
        self.env.databases.clone(self._masters[side], database)
        with contextlib.ExitStack() as cleanup:
            cleanup.callback(self.env.drop_database, database)
            programs = (
                self._google(events_in_google, crowd, suffix),
                self._odoo(side, database, suffix, paced),
            )
            for program in programs:
                cleanup.callback(program.stop)
            google = Google(**programs[0].read())
            programs[1].ask({"google": google.url})
            google.switch(**switches)
            yield Pair(programs[1], google)

    def _google(self, events: int, crowd: int, suffix: str) -> Program:
        uri = "http://localhost:8069/google_sync/oauth2/callback"
        args = ["lib.bench.google", str(events), str(crowd), uri]
        command = [str(self.env.python), "-m", *args]
        return Program(f"google{suffix}", command, _environ(self.env))

    def _odoo(self, side, database, suffix, paced) -> Program:
        args = ["lib.bench.worker", side, database]
        command = [str(self.env.python), "-m", *args]
        options = {
            "GOOGLE_SYNC_CLIENT_ID": CLIENT_ID,
            "GOOGLE_SYNC_CLIENT_SECRET": CLIENT_SECRET,
            **({} if paced else {"GOOGLE_SYNC_USER_QUOTA": "0"}),
        }
        if self.profile:
            options["GOOGLE_SYNC_BENCH_PROFILE"] = str(self.profile)
        return Program(f"odoo{suffix}", command, {**_environ(self.env), **options})

    @staticmethod
    def _name(what: str) -> str:
        return f"{PREFIX}{what}_{os.getpid()}"


def _environ(env: Environment) -> dict[str, str]:
    """Nothing may leave this machine: Odoo calls home otherwise."""
    return results.environment(env.environ)


def _run(suffix: str) -> str:
    return f"run{suffix}"
