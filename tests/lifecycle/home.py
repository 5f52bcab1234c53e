"""A database that lives through installing, upgrading and removing the addon."""

import configparser
import json
import os
import subprocess
import tarfile
from io import BytesIO
from pathlib import Path

from lib import processes, results, work
from lib.place import environment

JOBS = Path(__file__).with_name("jobs.py")
MARK = "result: "


class Home:
    """Odoo, PostgreSQL and one database; a job is a function for Odoo's own shell."""

    def __init__(self, options):
        self.env = environment.prepare(verbose=False)
        self.name = f"gslife_{os.getpid()}"
        self.log = work.folder("log") / f"lifecycle-{os.getpid()}.log"
        self._read = 0
        mark = {k: os.environ[k] for k in (processes.MARK,) if k in os.environ}
        self.environ = {**results.environment(self.env.environ), **mark, **options}
        self.addons = self._addons_path()
        self.env.databases.drop_abandoned("gslife_")

    def close(self):
        self.env.drop_database(self.name)
        self.env.stop_postgres()

    def begin(self):
        """The database anew, without the addon."""
        self.env.clone_database(self.name)

    def odoo(self, *args, addon=None, feed=""):
        """Odoo's output; ``addon``: a folder that holds the addon instead of ours."""
        options = [f"--addons-path={self._addons_with(addon)}"] if addon else []
        command = self.env.odoo_command(
            self.name, *args, *options, "--no-http", "--max-cron-threads=0"
        )
        with open(self.log, "ab") as log:
            done = subprocess.run(
                command,
                env=self.environ,
                input=feed.encode(),
                stdout=subprocess.PIPE,
                stderr=log,
                check=False,
            )
        assert not done.returncode, f"see {self.log}"
        return done.stdout.decode()

    def install(self, addon=None, modules="google_sync"):
        self.odoo("-i", modules, "--stop-after-init", addon=addon)

    def warnings(self):
        """What Odoo has complained of since it was asked last."""
        said = self.log.read_text(errors="replace").splitlines()
        fresh, self._read = said[self._read :], len(said)
        bad = (" WARNING ", " ERROR ", " CRITICAL ")
        return [line for line in fresh if any(word in line for word in bad)]

    def upgrade(self):
        self.odoo("-u", "google_sync", "--stop-after-init")

    def do(self, job, addon=None, **options):
        """Run a function of ``jobs.py`` in Odoo's shell; what it returned."""
        call = f"json.dumps({job}(env, **{options!r}))"
        feed = f"{JOBS.read_text()}\nprint({MARK!r} + {call})\n"
        said = self.odoo("shell", addon=addon, feed=feed)
        told = [line for line in said.splitlines() if line.startswith(MARK)]
        assert told, f"{job} told nothing: see {self.log}\n{said[-2000:]}"
        return json.loads(told[-1].removeprefix(MARK))

    def rows(self, query, *values):
        return self.env.databases.query((query, values), database=self.name)

    def _addons_path(self):
        parser = configparser.RawConfigParser()
        parser.read(self.env.configuration)
        return parser["options"]["addons_path"].split(",")

    def _addons_with(self, folder):
        ours = str(self.env.addons_path)
        return ",".join(path for path in (*self.addons, str(folder)) if path != ours)


def of_commit(commit, folder):
    """A folder that holds the addon as it was; None when its history is not here."""
    done = subprocess.run(
        ["git", "archive", commit], cwd=work.ROOT, capture_output=True, check=False
    )
    if done.returncode:
        return None
    addon = folder / work.MODULE
    with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
        archive.extractall(addon, filter="data")
    return folder
