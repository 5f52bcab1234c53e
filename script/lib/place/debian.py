"""Fetches Debian packages and unpacks them below the work folder; installs nothing,
needs no root.

A private apt configuration is used: the mirror and the keys are the machine's own,
everything else (lists, cache, status) lies in the work folder, and the machine's own
apt is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from .. import commands, work
from ..steps import Stop

KEYRINGS = (
    "/usr/share/keyrings/debian-archive-keyring.gpg",
    "/usr/share/keyrings/debian-archive-keyring.pgp",
)
SUITES = "bullseye|bookworm|trixie|forky|sid|oldstable|stable|testing|unstable"
RELEASE_URI = re.compile(
    rf"^'(?P<mirror>\S+?)/dists/(?P<suite>{SUITES})/InRelease'", re.MULTILINE
)

CONFIGURATION = """\
Dir::Etc::SourceList "{home}/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::State "{home}/state";
Dir::State::Lists "{home}/lists";
Dir::State::status "/dev/null";
Dir::Cache "{home}/cache";
APT::Update::Post-Invoke-Success "";
Acquire::Languages "none";
Acquire::Retries "2";
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear Acquire::IndexTargets::deb::DEP-11;
#clear Acquire::IndexTargets::deb::Contents-deb;
"""


def own_mirror() -> tuple[str, str]:
    """The Debian mirror that this machine's apt names, and the suite it follows."""
    commands.require("apt-get", "apt")
    # Asked of apt itself: sources are written in two formats and several files.
    listed = commands.call(
        [
            "apt-get",
            "update",
            "--print-uris",
            "-o",
            f"Dir::State::Lists={work.folder('apt', 'own-lists')}",
        ],
        "reading this machine's apt sources",
        log="apt-sources",
    )
    found = RELEASE_URI.search(listed)
    if not found:
        raise Stop(
            "this machine's apt sources name no Debian mirror to take Odoo from;"
            " set ODOO_SOURCE to a checkout of Odoo 19"
        )
    return found["mirror"], found["suite"]


class Archive:
    """Packages of Debian's archive, by suite."""

    def __init__(self, *suites: str):
        self.home = work.folder("apt")
        mirror, own_suite = own_mirror()
        self.suites = suites or (own_suite,)
        self._configure(mirror)

    def _configure(self, mirror: str) -> None:
        for name in ("lists/partial", "cache/archives/partial", "state"):
            work.folder("apt", *name.split("/"))
        keyring = next((path for path in KEYRINGS if Path(path).is_file()), None)
        signed = f"[signed-by={keyring}] " if keyring else ""
        sources = "".join(
            f"deb {signed}{mirror} {suite} main\n" for suite in self.suites
        )
        (self.home / "sources.list").write_text(sources)
        self.configuration = self.home / "apt.conf"
        self.configuration.write_text(CONFIGURATION.format(home=self.home))

    def _apt_get(self, *args: str, what: str, log: str, cwd: Path | None = None) -> str:
        env = {
            **commands.clean_environment(),
            "APT_CONFIG": str(self.configuration),
            "LC_ALL": "C",
        }
        # Root's downloads into a folder that the user _apt cannot enter would print a
        # warning.
        return commands.call(
            ["apt-get", "-q", "-o", "APT::Sandbox::User=root", *args],
            what,
            log=log,
            env=env,
            cwd=cwd,
        )

    def update(self) -> None:
        # apt-get update exits 0 when a mirror cannot be reached; "Error-Mode" makes it
        # an error.
        self._apt_get(
            "update",
            "-o",
            "APT::Update::Error-Mode=any",
            what="reading Debian's package lists",
            log="apt-update",
        )

    def download(self, packages: Sequence[str], into: Path) -> list[Path]:
        """Downloads ``packages`` (``name`` or ``name/suite``), returns their files."""
        into.mkdir(parents=True, exist_ok=True)
        self._apt_get(
            "download",
            *packages,
            what=f"downloading {packages[0]}",
            log="apt-download",
            cwd=into,
        )
        return sorted(into.glob("*.deb"))


def unpack(package: Path, into: Path) -> None:
    into.mkdir(parents=True, exist_ok=True)
    program = commands.require("dpkg-deb", "dpkg")
    commands.call(
        [program, "-x", package, into], f"unpacking {package.name}", log="dpkg-deb"
    )
