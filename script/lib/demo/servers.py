"""The demo's two programs, the sandbox and Odoo: started, watched, ended."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

from .. import processes, results, work
from ..place.environment import Environment
from ..steps import Stop

PATIENCE = 15
START_LIMIT = 120
CLIENT_ID, CLIENT_SECRET = "sandbox-client", "sandbox-secret"


class Server:
    """A program that serves HTTP until it is stopped; what it says is in ``log``."""

    def __init__(
        self,
        name: str,
        command: list[str],
        env: Mapping[str, str],
        ready_url: str,
        stop_signal: signal.Signals = signal.SIGTERM,
    ) -> None:
        self.name = name
        self.log = work.folder("log") / f"demo-{name.lower()}.log"
        self._ready_url = ready_url
        self._stop_signal = stop_signal
        with open(self.log, "w") as log:
            self._process = subprocess.Popen(
                command,
                env={**env, **processes.mark()},
                cwd=work.ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # A Ctrl-C of the terminal is for the demo, which ends both in order.
                start_new_session=True,
            )

    def wait(self) -> Server:
        """Returns when it answers."""
        opener = build_opener(ProxyHandler({}))
        deadline = time.monotonic() + START_LIMIT
        while time.monotonic() < deadline:
            self.check()
            with contextlib.suppress(HTTPError, OSError):
                opener.open(self._ready_url, timeout=5).close()
                return self
            time.sleep(0.1)
        raise Stop(f"{self.name} does not answer; see {work.short_path(self.log)}")

    def check(self) -> None:
        """An error when it ended by itself."""
        if self._process.poll() is not None:
            lines = self.log.read_text(errors="replace").split("\n")
            said = next((line for line in reversed(lines) if line.strip()), "nothing")
            raise Stop(
                f"{self.name} ended, saying: {said.strip()[:300]}"
                f" (all of it in {work.short_path(self.log)})"
            )

    def stop(self) -> None:
        """Ends it, asked first; harmless when it has ended."""
        if self._process.poll() is None:
            self._process.send_signal(self._stop_signal)
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def start_sandbox(
    env: Environment, interface: str, port: int, redirect_uri: str, state: Path
) -> Server:
    command = [
        *(str(env.python), "-m", "sandbox"),
        *("--host", interface, "--port", str(port), "--seed", "demo"),
        *("--redirect-uri", redirect_uri, "--state", str(state)),
    ]
    url = f"http://localhost:{port}/sandbox/api/counters"
    # Interrupted it saves what it knows.
    return Server("Sandbox", command, _environ(env), url, signal.SIGINT)


def start_odoo(
    env: Environment,
    database: str,
    interface: str,
    port: int,
    sandbox: str,
    scheduled: bool,
) -> Server:
    """Odoo on ``database``, with Google's addresses all at ``sandbox``."""
    command = env.odoo_command(
        database,
        f"--http-interface={interface}",
        f"--http-port={port}",
        f"--max-cron-threads={int(scheduled)}",
    )
    options = {
        "GOOGLE_SYNC_API_ROOT": sandbox,
        "GOOGLE_SYNC_CLIENT_ID": CLIENT_ID,
        "GOOGLE_SYNC_CLIENT_SECRET": CLIENT_SECRET,
    }
    url = f"http://localhost:{port}/web/health"
    return Server("Odoo", command, {**_environ(env), **options}, url)


def _environ(env: Environment) -> dict[str, str]:
    """As in tests, nothing may leave this machine: Odoo calls home otherwise."""
    return results.environment(env.environ)
