"""Databases of the tests: one working name, and kept states to start again from.

The working database always has the same name: an account belongs to the database it was
connected in, by name, and a copy under another name would be suspended.
"""

import json
import os
import subprocess
import time
from contextlib import closing

import psycopg2

from lib import processes, results, work
from lib.place import environment
from sandbox import state

PREFIX = "gsproc_"
PATIENCE = 60
KEPT_LOGS = 5


class Place:
    """Odoo, PostgreSQL and the working database with the addon in it."""

    def __init__(self):
        self.env = environment.prepare(verbose=False)
        self.python = self.env.python
        mark = {k: os.environ[k] for k in (processes.MARK,) if k in os.environ}
        self.environ = {**results.environment(self.env.environ), **mark}
        self.host = self.environ["PGHOST"]
        self.name = f"{PREFIX}{os.getpid()}"
        self.log = _new_log()
        self._kept = {}
        self._drop_abandoned()

    def close(self):
        self.env.drop_database(self.name)
        for name, _world in self._kept.values():
            self.env.drop_database(name)
        self.env.stop_postgres()

    def install(self, modules="google_sync"):
        """The working database anew, with the addon and without accounts."""
        self.env.clone_database(self.name)
        options = ("-i", modules, "--stop-after-init", "--no-http")
        command = self.env.odoo_command(self.name, *options, "--max-cron-threads=0")
        with open(self.log, "ab") as log:
            subprocess.run(command, env=self.environ, stderr=log, check=True)

    # -- states to start from ----------------------------------------------------------

    def keep(self, label, world):
        """Remember database and world as they are now."""
        self.wait_alone()
        name = f"{PREFIX}{label}_{os.getpid()}"
        self.env.databases.clone(self.name, name)
        with world.lock:
            self._kept[label] = name, json.dumps(state.dump(world))

    def restore(self, label, world):
        """Back to what was kept: both sides, no process at work."""
        name, kept = self._kept[label]
        self.env.databases.clone(name, self.name)
        with world.lock:
            state.load(world, json.loads(kept))

    def has(self, label):
        return label in self._kept

    def kept_database(self, label):
        return self._kept[label][0]

    def _drop_abandoned(self):
        for label in ("", "connected_", "four_", "big_"):
            self.env.databases.drop_abandoned(f"{PREFIX}{label}")

    # -- looking and meddling ----------------------------------------------------------

    def connect(self):
        """A connection to the working database; a statement starts a transaction."""
        return psycopg2.connect(
            host=self.host,
            port=self.environ["PGPORT"],
            user=self.environ["PGUSER"],
            password=self.environ.get("PGPASSWORD"),
            dbname=self.name,
        )

    def rows(self, query, *values):
        """Run one statement, committed; its rows."""
        with closing(self.connect()) as connection, connection.cursor() as cursor:
            cursor.execute(query, values)
            found = cursor.fetchall() if cursor.description else []
            connection.commit()
        return found

    def value(self, query, *values):
        return self.rows(query, *values)[0][0]

    def end_leases(self):
        """As if the time of every lease were over."""
        self.wait_alone()
        self.expire_leases()

    def expire_leases(self):
        """The same while their owners are still there."""
        self.rows(
            "UPDATE google_sync_account"
            " SET lease_until = (now() AT TIME ZONE 'UTC') - interval '1 second'"
            " WHERE lease_until IS NOT NULL"
        )

    def is_blocked(self):
        """Whether a process waits for a lock that somebody else holds."""
        return self.value(
            "SELECT count(*) FROM pg_locks AS wanted"
            " JOIN pg_stat_activity AS activity USING (pid)"
            " WHERE NOT wanted.granted AND activity.datname = current_database()"
        )

    def leave_alone(self, *logins):
        """Have nobody work on these accounts by himself; on all others again."""
        self.rows(
            "UPDATE google_sync_account AS account SET next_try ="
            " CASE WHEN person.login = ANY(%s) THEN '2100-01-01'::timestamp END"
            " FROM res_users AS person WHERE person.id = account.user_id",
            list(logins),
        )

    def wait_alone(self):
        """Until PostgreSQL took note that the processes are gone."""
        others = (
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        self.until(lambda: not self.value(others), "other processes to end")

    @staticmethod
    def until(condition, what):
        """Ask again and again: for what PostgreSQL knows and tells nobody."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError(f"waited {PATIENCE} s for {what}")
            time.sleep(0.02)


def _new_log():
    """In .work/log, with those of the last runs."""
    folder = work.folder("log")
    logs = folder.glob("processes-*.log")
    older = sorted(logs, key=lambda path: path.stat().st_mtime)
    for path in older[: 1 - KEPT_LOGS]:
        path.unlink(missing_ok=True)
    return folder / f"processes-{os.getpid()}.log"
