"""What the demo keeps between two calls: its database and the sandbox's world.

They belong together: links in the database name entries of that world.
"""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Iterator

from .. import commands, work
from ..place import odoo
from ..place.environment import Environment
from ..steps import Stop, step

DATABASE = f"gs_demo_{work.digest(odoo.DATA_DIR)[:6]}"
"""Ours alone, also on a PostgreSQL server that others use."""
# A change of these files reaches a database by an upgrade only.
UPGRADED_BY = ("__manifest__.py", "models", "views", "data", "security", "i18n")


class Place:
    def __init__(self, env: Environment) -> None:
        self.env = env
        self.database = DATABASE
        self.state = work.folder("demo") / "google.json"
        self._filled = work.Stamp("demo", env.template)
        self._upgraded = work.Stamp("demo-addon", *_code())

    def is_kept(self) -> bool:
        """Whether a former call left something whole to go on with."""
        return (
            self._filled.is_current()
            and self.state.exists()
            and self.env.databases.exists(self.database)
        )

    def forget(self) -> None:
        """The next thing is a fresh start."""
        self._filled.remove()
        self._upgraded.remove()
        self.state.unlink(missing_ok=True)

    def make_database(self) -> None:
        with step("making the demo's database"):
            self.env.clone_database(self.database)
        with step("installing the addon, with French"):
            self._call_odoo("-i", work.MODULE, "--load-language=fr_FR")
        self._upgraded.write()

    def upgrade_database(self) -> None:
        """Takes in what changed in the addon since the last call."""
        if self._upgraded.is_current():
            return
        self._upgraded.remove()
        with step("upgrading the addon"):
            try:
                self._call_odoo("-u", work.MODULE)
            except Stop as stop:
                raise Stop(f"{stop}; script/demo --fresh starts over") from None
        self._upgraded.write()

    def filled(self) -> None:
        """Users and entries are there: the next call goes on from here."""
        self._filled.write()

    def _call_odoo(self, *args: str) -> None:
        args = (*args, "--stop-after-init", "--no-http", "--max-cron-threads=0")
        command = self.env.odoo_command(self.database, *args)
        what = "preparing the demo's database"
        commands.call(command, what, log="demo-install", env=self.env.environ)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """One demo in a work folder at a time: they would share the database."""
    with open(work.folder("locks") / "demo", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Stop(
                "the demo is running already from this checkout; stop that one with"
                " Ctrl-C, or set GOOGLE_SYNC_WORK to another folder for a second one"
            ) from None
        yield


def _code() -> list:
    found = []
    for name in UPGRADED_BY:
        path = work.ROOT / name
        found += [path] if path.is_file() else sorted(path.rglob("*.*"))
    return [path for path in found if path.is_file() and path.suffix != ".pyc"]
