"""OCA's ``queue_job``, in a folder of its own that Odoo is shown when it is wanted."""

from __future__ import annotations

from pathlib import Path

from .. import work
from ..steps import step
from . import venv

LIST = venv.REQUIREMENTS / "queue-job.txt"


def ensure() -> Path:
    """The folder: it goes into PYTHONPATH, its ``odoo/addons`` into the addons path."""
    folder = work.WORK / f"queue-job-{venv.VERSION}"
    with work.exclusive("queue-job", "another download of queue_job"):
        stamp = work.Stamp(folder.name, folder, LIST)
        if stamp.is_current() and folder.exists():
            return folder
        stamp.remove()
        options = ("--no-deps", "--upgrade", "--target", str(folder))
        with step("downloading OCA's queue_job"):
            venv.install(venv.ensure(), [LIST], venv.CONSTRAINTS, *options)
        stamp.write()
    return folder


def addons(folder: Path) -> Path:
    return folder / "odoo" / "addons"
