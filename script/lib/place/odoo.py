"""Odoo's configuration file, its command line and its environment."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

from .. import commands, work
from .odoo_source import OdooSource

# What the template database holds: the addon's dependencies, so that a clone installs
# the addon alone.
TEMPLATE_MODULES = ("base", "calendar", "contacts")
DATA_DIR = work.WORK / "odoo-data"


def addons_path() -> Path:
    """A folder where the addon is found under its module's name, whatever the
    repository's own name is.

    The addon in there is a folder of links, one for each entry of the repository that
    is not hidden. One link to the repository would lead Odoo's export of translations,
    which follows links, from the work folder into the work folder again.
    """
    addon = work.folder("addons", work.MODULE)
    entries = {
        path.name: path
        for path in work.ROOT.iterdir()
        if not path.name.startswith((".", "__pycache__"))
    }
    for link in addon.iterdir():
        if link.is_symlink() and entries.get(link.name) != Path(os.readlink(link)):
            link.unlink()
    for name, entry in entries.items():
        with contextlib.suppress(FileExistsError):
            (addon / name).symlink_to(entry)
    return addon.parent


def configure(source: OdooSource, postgres: Mapping[str, str]) -> Path:
    """Writes ``odoo.conf``; the password stays in the environment."""
    work.folder("odoo-data")
    own = source.python_path / "odoo" / "addons"
    options = {
        "addons_path": ",".join(
            str(path) for path in (own, *source.addons_paths, addons_path())
        ),
        "data_dir": DATA_DIR,
        "db_host": postgres["PGHOST"],
        "db_port": postgres["PGPORT"],
        "db_user": postgres["PGUSER"],
        # Only this machine: the administrator's password is "admin".
        "http_interface": "127.0.0.1",
        "max_cron_threads": "1",
        "workers": "0",
    }
    lines = [f"{name} = {value}\n" for name, value in options.items()]
    text = f"[options]\n{''.join(lines)}"
    path = work.WORK / "odoo.conf"
    if not path.exists() or path.read_text() != text:
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_text(text)
        fresh.replace(path)
    return path


def environment(
    source: OdooSource, configuration: Path, python: Path, postgres: Mapping[str, str]
) -> dict[str, str]:
    """The variables under which ``python -m odoo`` is our Odoo on our database
    server."""
    inherited = commands.clean_environment()
    return {
        **{
            name: value
            for name, value in inherited.items()
            if not name.startswith("PG")
        },
        **postgres,
        "PYTHONPATH": str(source.python_path),
        "ODOO_RC": str(configuration),
        "PATH": f"{python.parent}{os.pathsep}{inherited.get('PATH', os.defpath)}",
        "PYTHONUNBUFFERED": "1",
        # Odoo refuses locales that cannot encode what it logs.
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }


def command(python: Path, database: str | None, *args: str) -> list[str]:
    """``python -m odoo`` with a database; a subcommand (``shell``, ``i18n``...) comes
    first in ``args``."""
    subcommand = list(args[:1]) if args and not args[0].startswith("-") else []
    chosen = ["-d", database] if database else []
    return [str(python), "-m", "odoo", *subcommand, *chosen, *args[len(subcommand) :]]
