"""Databases and their filestores: made, cloned, dropped.

A template database holds Odoo with the addon's dependencies but without the addon; a
clone of it takes a second where installing takes half a minute. Templates are never
opened by a server.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from .. import work
from ..steps import Stop

NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")


class Databases:
    def __init__(self, python: Path, environ: Mapping[str, str], filestores: Path):
        self._python = python
        self._environ = environ
        self._filestores = filestores

    def query(
        self, *statements: tuple[str, Sequence[object]], database: str = "postgres"
    ) -> list[list]:
        """Runs the statements one by one; the rows of the last."""
        done = subprocess.run(
            [self._python, Path(__file__).with_name("sql.py"), database],
            input=json.dumps(statements),
            capture_output=True,
            text=True,
            env=dict(self._environ),
        )
        if done.returncode:
            raise Stop(_failure(done.stderr.strip(), self._environ))
        return json.loads(done.stdout)

    def names(self) -> set[str]:
        rows = self.query(
            ("SELECT datname FROM pg_database WHERE NOT datistemplate", ())
        )
        return {row[0] for row in rows}

    def exists(self, name: str) -> bool:
        return name in self.names()

    def clone(self, template: str, name: str) -> None:
        """A copy of ``template`` under ``name``, filestore included; an older ``name``
        is dropped."""
        _check(name)
        self.query(
            (f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', ()),
            (f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy', ()),
        )
        shutil.rmtree(self._filestores / name, ignore_errors=True)
        if (self._filestores / template).is_dir():
            # Odoo never writes into a file of the filestore once it is there: links
            # will do.
            shutil.copytree(
                self._filestores / template,
                self._filestores / name,
                copy_function=_link_or_copy,
            )

    def rename(self, name: str, new_name: str) -> None:
        _check(new_name)
        self.query((f'ALTER DATABASE "{name}" RENAME TO "{new_name}"', ()))
        shutil.rmtree(self._filestores / new_name, ignore_errors=True)
        if (self._filestores / name).is_dir():
            (self._filestores / name).rename(self._filestores / new_name)

    def drop(self, name: str) -> None:
        """Drops ``name`` with its filestore; nothing happens when it is not there."""
        _check(name)
        self.query((f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', ()))
        shutil.rmtree(self._filestores / name, ignore_errors=True)

    def drop_abandoned(self, prefix: str) -> None:
        """Drops databases ``<prefix><process id>`` whose process is gone (a killed run
        leaves one)."""
        for name in self.names():
            process = name.removeprefix(prefix)
            if (
                name.startswith(prefix)
                and process.isdigit()
                and not Path("/proc", process).exists()
            ):
                self.drop(name)


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _check(name: str) -> None:
    if not NAME.fullmatch(name):
        raise Stop(f"{name!r} is no name for a database: use a-z, 0-9 and _")


def _failure(said: str, environ: Mapping[str, str]) -> str:
    if "could not connect" in said or "connection to server" in said:
        return (
            f"PostgreSQL is not reachable at PGHOST={environ['PGHOST']}"
            f" port {environ['PGPORT']}: {said}; start it, correct PGHOST, PGPORT,"
            " PGUSER and PGPASSWORD, or unset PGHOST for a server of our own"
        )
    if "permission denied to create database" in said:
        user = environ["PGUSER"]
        return (
            f"the PostgreSQL user {user} may not create databases;"
            f' allow it there: ALTER ROLE "{user}" CREATEDB'
        )
    return f"PostgreSQL: {said}"


def filestores(data_dir: Path) -> Path:
    return data_dir / "filestore"


def template_name(*inputs: object) -> str:
    return f"gs_template_{work.digest(*inputs)}"
