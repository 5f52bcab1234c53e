"""The virtual environment that runs Odoo and the tests: one for each Python version, in
the work folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from .. import commands, work
from ..steps import Stop, step
from . import debian

REQUIREMENTS = Path(__file__).parent / "requirements"
LISTS = ("odoo.txt", "addon.txt", "tests.txt")
CONSTRAINTS = REQUIREMENTS / "constraints.txt"
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


def ensure() -> Path:
    """The Python of the environment, which is made or renewed when its lists
    changed; the one that ODOO_PYTHON names is taken as it is."""
    if named := os.environ.get("ODOO_PYTHON"):
        return _checked(Path(named).expanduser())
    with work.exclusive("venv", "another installation of the Python packages"):
        return ensure_named(
            "venv",
            [REQUIREMENTS / name for name in LISTS],
            CONSTRAINTS,
            "Odoo's and the addon's",
        )


def _checked(python: Path) -> Path:
    """``python``, if it has what Odoo and the addon import."""
    lists = [REQUIREMENTS / name for name in ("odoo.txt", "addon.txt")]
    args = [str(python), Path(__file__).with_name("missing.py"), *lists]
    try:
        done = subprocess.run(args, capture_output=True, text=True, check=False)
    except OSError as error:
        raise Stop(f"ODOO_PYTHON={python}: {error.strerror}") from None
    if done.returncode:
        raise Stop(f"ODOO_PYTHON={python}: {done.stderr.strip()[-300:]}")
    if missing := done.stdout.split():
        raise Stop(
            f"ODOO_PYTHON={python} lacks {', '.join(missing)};"
            f" install what is missing: {python} -m pip install {' '.join(missing)}"
        )
    return python


def ensure_named(
    name: str, lists: Sequence[Path], constraints: Path, whose: str
) -> Path:
    """An environment ``name``-3.x with ``lists`` installed; ``.work/name`` links to the
    one used last."""
    home = work.WORK / f"{name}-{VERSION}"
    python = home / "bin" / "python"
    stamp = work.Stamp(home.name, home, sys.version, *lists, constraints)
    if not (stamp.is_current() and python.exists()):
        stamp.remove()
        commands.require_space(1, "a virtual environment")
        with step(f"installing {whose} Python packages"):
            create(home)
            install(python, lists, constraints)
        stamp.write()
    _link(work.WORK / name, home)
    return python


def create(home: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        # Debian's python3 without python3-venv.
        commands.call(
            [sys.executable, "-m", "venv", "--without-pip", home],
            "making a virtual environment",
            log="venv",
        )
        _install_pip(home / "bin" / "python")
        return
    commands.call(
        [sys.executable, "-m", "venv", home], "making a virtual environment", log="venv"
    )


def _install_pip(python: Path) -> None:
    """Takes pip from a Debian package, for it cannot be fetched without pip."""
    archive = debian.Archive()
    root = work.folder("pip-root")
    with work.exclusive("apt", "another download to end"):
        archive.update()
        packages = archive.download(["python3-pip-whl"], work.folder("pip-debs"))
    for package in packages:
        debian.unpack(package, root)
    wheel = next(root.glob("usr/share/python-wheels/pip-*.whl"), None)
    if wheel is None:
        raise Stop(
            "Python's venv module is incomplete here; install it"
            " (Debian: apt-get install python3-venv)"
        )
    commands.call(
        [python, wheel / "pip", "install", wheel], "installing pip", log="pip"
    )


def install(
    python: Path, lists: Sequence[Path], constraints: Path, *options: str
) -> None:
    env = {
        **commands.clean_environment(),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
    }
    args = [
        python,
        "-m",
        "pip",
        "install",
        "--prefer-binary",
        "-c",
        constraints,
        *options,
    ]
    for path in lists:
        args += ["-r", path]
    commands.call(args, "installing Python packages", log="pip", env=env)


def _link(link: Path, home: Path) -> None:
    if link.is_symlink() and os.readlink(link) == home.name:
        return
    if link.is_dir() and not link.is_symlink():
        shutil.rmtree(link)
    fresh = link.with_name(f"{link.name}.{os.getpid()}")
    fresh.symlink_to(home.name)
    fresh.replace(link)
