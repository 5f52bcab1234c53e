"""Odoo as somebody runs it who does not develop the addon."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg2

from lib import commands, results
from lib.place import tools

STUB = "Metadata-Version: 2.1\nName: odoo\nVersion: 19.0\n"


def layer(bare, odoo, home):
    """A Python above ``bare`` that sees Odoo; what is installed stays in ``home``."""
    args = (bare, "-m", "venv", "--without-pip", home)
    commands.call(args, "making a virtual environment", log="packaging-venv")
    own, below = _site(home), _site(bare.parent.parent)
    (own / "below.pth").write_text(f"{below}\n{odoo}\n")
    # Odoo is installed, whatever it lists beside: Debian's names other packages.
    told = own / "odoo-19.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text(STUB)
    return home / "bin" / "python"


def _site(home):
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return Path(home).resolve() / "lib" / version / "site-packages"


class Plain:
    """One Odoo: its Python, its database and whatever is in its addons path."""

    def __init__(self, env, python, home):
        self.python = python
        self.database = f"gspack_{os.getpid()}"
        self._env = env
        self._home = home

    def pip(self, *args):
        """Installs what was fetched before: no test reaches the network."""
        options = ("--no-index", "--find-links", tools.ensure_wheels())
        commands.call(
            [self.python, "-m", "pip", "install", *options, *args],
            "installing packages",
            log="packaging-pip",
            env=commands.clean_environment(),
        )

    def odoo(self, *args, addons=None):
        """What Odoo logs, and its exit code."""
        environ = results.environment(self._env.environ)
        environ["ODOO_RC"] = str(self._configuration(addons))
        command = [self.python, "-m", "odoo", *args]
        done = subprocess.run(
            command, env=environ, capture_output=True, text=True, cwd=self._home
        )
        return done.stdout + done.stderr, done.returncode

    def serve_once(self, *args, addons=None):
        """The same, of a server that ends when it has loaded."""
        options = ("--stop-after-init", "--no-http", "--max-cron-threads=0")
        return self.odoo("-d", self.database, *options, *args, addons=addons)

    def uninstall(self, addons=None):
        command = ("module", "uninstall", "-d", self.database, "google_sync")
        return self.odoo(*command, addons=addons)

    def _configuration(self, addons):
        lines = self._env.configuration.read_text().splitlines()
        kept = [line for line in lines if not line.startswith("addons_path")]
        own = [
            self._env.source.python_path / "odoo" / "addons",
            *self._env.source.addons_paths,
            *([addons] if addons else []),
        ]
        path = self._home / "odoo.conf"
        path.write_text(
            "\n".join([*kept, f"addons_path = {','.join(map(str, own))}\n"])
        )
        return path

    def rows(self, query, *values):
        environ = self._env.environ
        connection = psycopg2.connect(
            host=environ["PGHOST"],
            port=environ["PGPORT"],
            user=environ["PGUSER"],
            password=environ.get("PGPASSWORD"),
            dbname=self.database,
        )
        with closing(connection), connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall()

    def state(self):
        return self.rows(
            "SELECT state FROM ir_module_module WHERE name = 'google_sync'"
        )[0][0]

    def remains(self):
        """What an uninstallation left behind."""
        tables = self.rows(
            "SELECT tablename FROM pg_tables WHERE tablename LIKE 'google_sync%%'"
        )
        columns = self.rows(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_name LIKE '%%google_sync%%'"
        )
        names = self.rows(
            "SELECT model, name FROM ir_model_data WHERE module = 'google_sync'"
        )
        return tables + columns + names


def troubles(log):
    """The lines of a log that say that something is wrong."""
    levels = (" WARNING ", " ERROR ", " CRITICAL ")
    return [line for line in log.splitlines() if any(level in line for level in levels)]
