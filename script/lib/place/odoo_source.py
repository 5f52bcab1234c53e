"""Finds Odoo 19: the tree that ODOO_SOURCE names, or Debian's package unpacked in the
work folder."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from .. import commands, work
from ..steps import Stop, step
from . import debian

SERIES = "19.0"
PACKAGE = "odoo-19"
# Odoo's package holds links into these for its static files; unpacked into the same
# root they resolve.
STATIC_PACKAGES = (
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
    "fonts-ocr-b",
    # The last release with the files of version 4, which Odoo's styles name.
    "fonts-font-awesome/bookworm",
)
# Stripped from Debian's package but still listed in mail's manifest: without it every
# page logs an error in the browser, which fails every tour. Only background blur in
# video calls is lost.
STRIPPED = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


@dataclass(frozen=True)
class OdooSource:
    python_path: Path
    """The folder that holds the package ``odoo``."""
    addons_paths: tuple[Path, ...]
    """Folders of addons beside Odoo's own ``odoo/addons``."""

    @property
    def identity(self) -> str:
        """Changes when another Odoo is used; for stamps."""
        release = self.python_path / "odoo" / "release.py"
        return work.digest(self.python_path, release, release.stat().st_mtime_ns)


def find() -> OdooSource:
    named = os.environ.get("ODOO_SOURCE")
    if named:
        return _described(Path(named).expanduser().resolve())
    return _from_debian()


def _described(tree: Path) -> OdooSource:
    """Understands a checkout, a dist-packages folder, and the root of an unpacked
    package."""
    for python_path in (tree, tree / "usr/lib/python3/dist-packages"):
        if not (python_path / "odoo" / "release.py").is_file():
            continue
        _check_series(python_path)
        beside = python_path / "addons"
        is_checkout = (beside / "web" / "static").is_dir()
        return OdooSource(python_path, (beside,) if is_checkout else ())
    raise Stop(
        f"ODOO_SOURCE={tree} is no Odoo:"
        " neither a checkout nor a folder with odoo/release.py"
    )


def _check_series(python_path: Path) -> None:
    text = (python_path / "odoo" / "release.py").read_text()
    found = re.search(r"version_info\s*=\s*\(\s*'?(\d+)'?\s*,\s*(\d+)", text)
    version = ".".join(found.groups()) if found else "unknown"
    if version != SERIES:
        raise Stop(
            f"{python_path} is Odoo {version}, this addon needs Odoo {SERIES};"
            " name another with ODOO_SOURCE"
        )


def _from_debian() -> OdooSource:
    with work.exclusive("odoo-root", "another set-up to end"):
        return _described(_fetched())


def _fetched() -> Path:
    root = work.WORK / "odoo-root"
    stamp = work.Stamp("odoo-root", root, PACKAGE, *STATIC_PACKAGES, "1")
    if not stamp.is_current():
        stamp.remove()
        commands.require_space(3, "unpacking Odoo")
        commands.require("dpkg-deb", "dpkg")
        packages = _downloaded()
        with step("unpacking Odoo"):
            _unpacked(packages, root)
        shutil.rmtree(work.WORK / "debs", ignore_errors=True)
        stamp.write()
    return root


def _downloaded() -> list[Path]:
    archive = debian.Archive("sid", "bookworm")
    into = work.WORK / "debs"
    shutil.rmtree(into, ignore_errors=True)
    with work.exclusive("apt", "another download to end"):
        with step("reading Debian's package lists"):
            archive.update()
        with step("downloading Odoo 19 from Debian (130 MB)"):
            try:
                return archive.download([PACKAGE, *STATIC_PACKAGES], into)
            except Stop as stop:
                raise _not_to_be_had(stop) from None


def _not_to_be_had(stop: Stop) -> Stop:
    if "Unable to locate package" not in str(
        stop
    ) and "no installation candidate" not in str(stop):
        return stop
    return Stop(
        f"the Debian mirror offers no {PACKAGE} in sid any more;"
        f" set ODOO_SOURCE to a checkout of Odoo {SERIES} ({stop})"
    )


def _unpacked(packages: list[Path], root: Path) -> None:
    partial = root.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    shutil.rmtree(root, ignore_errors=True)
    for package in packages:
        debian.unpack(package, partial)
    dist_packages = partial / "usr/lib/python3/dist-packages"
    # A second copy of the addons without their data: Odoo would add it to the addons
    # path.
    shutil.rmtree(dist_packages / "addons", ignore_errors=True)
    stripped = dist_packages / "odoo" / "addons" / STRIPPED
    if not stripped.exists():
        stripped.parent.mkdir(parents=True, exist_ok=True)
        stripped.write_text("/* stripped from Debian's package; nothing here */\n")
    partial.rename(root)
