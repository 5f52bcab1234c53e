"""The whole of it: ``prepare()`` gives Odoo, PostgreSQL and a template database, made
on the first call.

    from lib import environment

    with environment.prepare() as env:
        env.clone_database("gs_mine")
        command = env.odoo_command("gs_mine", "-i", "google_sync", "--stop-after-init")
        subprocess.run(command, env=env.environ)
        env.drop_database("gs_mine")

Leaving the ``with`` block (or calling ``stop_postgres()``) lets PostgreSQL stop when
nobody else uses it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .. import commands, steps, work
from ..steps import step
from . import databases, odoo, odoo_source, postgres, venv


class Environment:
    """Paths, commands and databases; everything a command needs to run Odoo."""

    def __init__(self, source: odoo_source.OdooSource, python: Path):
        self.source = source
        self.python = python
        """The virtual environment's Python: Odoo's, the addon's and the tests'
        packages."""
        self.addons_path = odoo.addons_path()
        """The folder that holds the addon under its own name."""
        external = postgres.external_environment()
        self._server = None if external else postgres.Server()
        self.postgres_environ = external or self._server.environment()
        self.configuration = odoo.configure(source, self.postgres_environ)
        self.environ = odoo.environment(
            source, self.configuration, python, self.postgres_environ
        )
        """The variables for ``odoo_command``; a copy may be changed."""
        self.databases = databases.Databases(
            python, self.environ, databases.filestores(odoo.DATA_DIR)
        )
        self.template = databases.template_name(
            source.identity, odoo.DATA_DIR, *odoo.TEMPLATE_MODULES
        )

    def __enter__(self) -> Environment:
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop_postgres()

    def odoo_command(self, database: str | None, *args: str) -> list[str]:
        """``python -m odoo [subcommand] -d database args``; run it with
        ``env=self.environ``."""
        return odoo.command(self.python, database, *args)

    @property
    def programs(self) -> Path:
        """The folder of psql, pg_dump... of our own server."""
        if not self._server:
            raise steps.Stop("PGHOST is set: use that server's own programs")
        return self._server.bin

    def start_postgres(self) -> None:
        """Starts our server, or joins those who use it; checks the one that PGHOST
        names."""
        if self._server:
            self._server.start()
        else:
            self.databases.query(("SELECT 1", ()))

    def stop_postgres(self) -> None:
        """Leaves our server, which stops when nobody else uses it; PGHOST's is left
        alone."""
        if self._server:
            self._server.stop()

    def clone_database(self, name: str) -> str:
        """A fresh database with base, calendar and contacts, without google_sync; an
        old one is replaced."""
        self.databases.clone(self.template, name)
        return name

    def drop_database(self, name: str) -> None:
        self.databases.drop(name)

    def ensure_template(self) -> None:
        if self.databases.exists(self.template):
            return
        # Under another name until it is complete: what is interrupted is not mistaken
        # for a template.
        unfinished = f"{self.template}_new"
        self.databases.drop(unfinished)
        self.databases.query(
            (f"CREATE DATABASE \"{unfinished}\" TEMPLATE template0 ENCODING 'UTF8'", ())
        )
        modules = ",".join(odoo.TEMPLATE_MODULES)
        with step(f"making the template database with {modules}"):
            args = (
                "-i",
                modules,
                "--stop-after-init",
                "--no-http",
                "--max-cron-threads=0",
            )
            commands.call(
                self.odoo_command(unfinished, *args),
                "installing Odoo's modules into the template database",
                log="template",
                env=self.environ,
            )
        self.databases.rename(unfinished, self.template)


def prepare(verbose: bool = True, template: bool = True) -> Environment:
    """Everything ready and PostgreSQL running; a first call takes minutes, the next
    ones a second.

    Raises ``steps.Stop`` with a line for a person when something is not to be had.
    """
    steps.verbose = verbose
    with work.exclusive("prepare", "another set-up to end"):
        env = Environment(*ingredients())
        env.start_postgres()
        try:
            if template:
                env.ensure_template()
        except BaseException:
            env.stop_postgres()
            raise
    return env


def ingredients(
    have_python: Callable[[Path], object] | None = None,
) -> tuple[odoo_source.OdooSource, Path]:
    """Odoo and the Python that runs it, fetched at the same time on the first call.

    have_python: called as soon as it is there, which may be long before Odoo is.
    """
    with steps.beside(odoo_source.find) as source:
        python = venv.ensure()
        if have_python:
            have_python(python)
    return source.result(), python
