"""The site of all pages, built by Sphinx without a network, and its links followed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .. import commands, work
from ..place import tools

BUILT = "docs/html"
#: What stands beside docs/ and is linked from there.
BESIDE = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "sandbox/README.md",
    "LICENSE",
)
MAKER = Path(__file__).with_name("pages.py")


def pages(what: str) -> None:
    """Writes, or checks, the pages that are made of the code."""
    python = tools.ensure()
    env = {**commands.clean_environment(), "PYTHONPATH": str(MAKER.parents[2])}
    commands.call(
        [python, MAKER, work.ROOT, what],
        "the pages made of the code",
        log="docs-pages",
        env=env,
    )


def build() -> Path:
    """The folder of the site; any warning of Sphinx's is an error."""
    source, built = work.WORK / "docs" / "source", work.WORK / BUILT
    _copy(source)
    shutil.rmtree(built, ignore_errors=True)
    commands.call(
        [
            *(tools.ensure(), "-m", "sphinx", "-q", "-W", "--keep-going", "-E"),
            *("-c", source / "docs", "-d", work.WORK / "docs" / "doctrees"),
            *("-b", "html", source, built),
        ],
        "building the site",
        log="docs",
        env=commands.clean_environment(),
    )
    return built


def _copy(source: Path) -> None:
    """All pages where they are in the repository, and nothing else."""
    shutil.rmtree(source, ignore_errors=True)
    shutil.copytree(work.ROOT / "docs", source / "docs")
    for name in BESIDE:
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(work.ROOT / name, source / name)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.links.append(value)
            elif name == "id" and value:
                self.anchors.add(value)


def dead_links(built: Path) -> list[str]:
    """What leads nowhere within the site, and what is fetched from elsewhere."""
    pages = {}
    for path in sorted(built.rglob("*.html")):
        pages[path] = page = _Page()
        page.feed(path.read_text())
    return [
        f"{path.relative_to(built)}: {link}: {trouble}"
        for path, page in pages.items()
        for link in page.links
        if (trouble := _trouble(path, link, pages))
    ]


def _trouble(path: Path, link: str, pages: dict[Path, _Page]) -> str:
    parts = urlsplit(link)
    if parts.scheme in ("data", "mailto"):
        return ""
    if parts.scheme or parts.netloc:
        local = parts.hostname in ("localhost", "127.0.0.1")
        return "" if parts.scheme == "https" or local else "neither https nor here"
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if not target.exists():
        return "is not there"
    if parts.fragment and target in pages:
        known = pages[target].anchors
        return "" if unquote(parts.fragment) in known else "has no such heading"
    return ""


def fetched(built: Path) -> Iterator[str]:
    """Scripts, styles and pictures of other servers: the site is to work offline."""
    for path in sorted(built.rglob("*.html")):
        text = path.read_text()
        for mark in ('src="http', '<link rel="stylesheet" type="text/css" href="http'):
            if mark in text:
                yield f"{path.relative_to(built)}: {mark}"
