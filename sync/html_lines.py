"""HTML as lines of text in a few styles: what both sides can show of a description.

Reads anything a browser or an editor may have made; white space, unknown tags and
redundant links are tidied away, so that texts that look the same are the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

_STYLES = {
    "b": "b",
    "strong": "b",
    "i": "i",
    "em": "i",
    "u": "u",
    "ins": "u",
    "s": "s",
    "strike": "s",
    "del": "s",
}
_BLOCKS = frozenset(
    (
        *("p", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "hr"),
        *("table", "tbody", "thead", "tr", "blockquote", "pre", "figure", "dl", "dt"),
        *("dd", "section", "article", "header", "footer", "main", "center", "address"),
        *("html", "body"),
    )
)
_SILENT = frozenset(("script", "style", "head", "title", "template"))
_SCHEMES = ("http", "https", "mailto", "tel")
MAIL = re.compile(r"\S+@\S+")
PHONE = re.compile(r"(?=(?:\D*\d){5})[\d\s+().,/#x-]+")
#: What is read as an address without being a link.
_READ = {"mailto:": MAIL, "tel:": PHONE}
#: White space of any kind, and characters that neither side can show or store.
_SPACES = re.compile(r"[\s\u200b\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class Run:
    """Text in one style; `styles` in the fixed order b, i, u, s."""

    text: str
    styles: tuple[str, ...] = ()
    href: str = ""


@dataclass
class Line:
    """A line of text; `marker` is ul or ol for a list item."""

    marker: str = ""
    runs: list[Run] = field(default_factory=list)


class _Parser(HTMLParser):
    def __init__(self, *, newlines: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self._line = Line()
        self._newlines = newlines
        self._styles: list[str] = []
        self._links: list[str] = []
        self._lists: list[str] = []
        self._silent = 0
        self._after_tag_break = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self._break()
            self._after_tag_break = True
        elif tag in _STYLES:
            self._styles.append(_STYLES[tag])
        elif tag == "a":
            self._links.append(_href(dict(attrs).get("href") or ""))
        elif tag in _BLOCKS:
            self._open_block(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "hr"):
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _STYLES and _STYLES[tag] in self._styles:
            self._styles.remove(_STYLES[tag])
        elif tag == "a" and self._links:
            self._links.pop()
        elif tag in _BLOCKS:
            self._soft_break()
            if tag in ("ul", "ol") and self._lists:
                self._lists.pop()

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if not self._newlines:
            self._text(data.replace("\n", " "))
            return
        first, *rest = data.replace("\r\n", "\n").split("\n")
        self._text(first)
        for part in rest:
            if self._after_tag_break and not self._line.runs:
                self._after_tag_break = False
            else:
                self._break()
            self._text(part)

    def _text(self, text: str) -> None:
        if not text:
            return
        if not _blank(text):
            self._after_tag_break = False
        styles = tuple(s for s in "bius" if s in self._styles)
        href = self._links[-1] if self._links else ""
        self._line.runs.append(Run(text, styles, href))

    def _open_block(self, tag: str) -> None:
        self._soft_break()
        if tag in ("ul", "ol"):
            self._lists.append(tag)
        if tag == "li":
            self._line.marker = self._lists[-1] if self._lists else "ul"

    def _soft_break(self) -> None:
        if _shows(self._line):
            self._break()
        self._line = Line()
        self._after_tag_break = True

    def _break(self) -> None:
        self.lines.append(self._line)
        self._line = Line()

    def close(self) -> None:
        super().close()
        self._soft_break()


def parse(text: str, *, newlines: bool) -> list[Line]:
    """The lines of an HTML text. newlines: a newline is a line break (Google)."""
    parser = _Parser(newlines=newlines)
    parser.feed(text)
    parser.close()
    return _without_edge_blanks([_tidy(line) for line in parser.lines])


def _without_edge_blanks(lines: list[Line]) -> list[Line]:
    """No blank line at the edges of the text nor beside a list: HTML cannot keep it."""
    kept: list[Line] = []
    for line in lines:
        if line.marker:
            while kept and not kept[-1].runs:
                kept.pop()
        elif not line.runs and (not kept or kept[-1].marker):
            continue
        kept.append(line)
    while kept and not kept[-1].runs:
        kept.pop()
    return kept


def _blank(text: str) -> bool:
    return not _SPACES.sub("", text)


def _shows(line: Line) -> bool:
    return not all(_blank(run.text) for run in line.runs)


def _href(url: str) -> str:
    """The real target; "" for what may not or need not be a link."""
    url = url.strip()
    parts = urlsplit(url) if _parsable(url) else None
    if parts is None or parts.scheme.lower() not in _SCHEMES:
        return ""
    if parts.netloc in ("www.google.com", "google.com") and parts.path == "/url":
        wrapped = parse_qs(parts.query).get("q", [""])[0]
        return _href(wrapped) if wrapped else url
    return url


def _parsable(url: str) -> bool:
    try:
        urlsplit(url)
    except ValueError:
        return False
    return True


def _tidy(line: Line) -> Line:
    """White space collapsed, neighbours of one style joined, bare links as text."""
    joined: list[Run] = []
    for run in map(_plain_autolink, _joined(line.runs)):
        text = _SPACES.sub(" ", run.text)
        if not joined or joined[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if not text:
            continue
        joined.append(Run(text, run.styles if text.strip() else (), run.href))
    if joined:
        last = joined.pop()
        text = last.text.rstrip(" ")
        joined += [Run(text, last.styles, last.href)] if text else []
    tidy = _joined(joined)
    if tidy and tidy[-1].text.endswith(" "):
        return _tidy(Line(line.marker, tidy))
    return Line(line.marker if tidy else "", tidy)


def _joined(runs: list[Run]) -> list[Run]:
    out: list[Run] = []
    for run in runs:
        if out and (out[-1].styles, out[-1].href) == (run.styles, run.href):
            out[-1] = Run(out[-1].text + run.text, run.styles, run.href)
        else:
            out.append(run)
    return out


def _plain_autolink(run: Run) -> Run:
    """A link that shows its own address is that address: both sides autolink.

    Odoo links whatever is in a mail or phone field; what is no address stays a link.
    """
    if not run.href:
        return run
    shown = run.text.strip().rstrip("/").lower()
    target = run.href.rstrip("/").lower()
    if any(target.startswith(k) and not p.fullmatch(shown) for k, p in _READ.items()):
        return run
    bare = re.sub(r"^(https?://|mailto:|tel:)", "", target)
    return Run(run.text, run.styles) if shown in (target, bare) else run
