"""Descriptions: Odoo's HTML and Google's text, in one canonical form.

Both sides rewrite what they are given (Odoo's sanitiser wraps text in tags, Google's
editor escapes, autolinks and wraps links in google.com/url). The canonical form keeps
what both can show: lines, lists, links, bold, italic, underlined, struck. It is
itself valid input for Google, so canonical text parsed again is unchanged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

#: Google cuts somewhere near 8,192 characters (unpromised); we cut before it does.
MAX_LENGTH = 8000

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
    "p div ul ol li h1 h2 h3 h4 h5 h6 table tbody thead tr blockquote pre section "
    "article header footer hr dl dt dd address figure main center html body".split()
)
_SILENT = frozenset(("script", "style", "head", "title", "template"))
_SCHEMES = ("http", "https", "mailto", "tel")
#: White space of any kind, and characters that neither side can show or store.
_SPACES = re.compile(r"[\s\u200b\x00-\x1f\x7f]+")
_LOOKS_LIKE_MARKUP = re.compile(r"&(?=#|\w+;)|<(?=[a-zA-Z/!?])")


@dataclass(frozen=True)
class _Run:
    """Text in one style; `styles` in the fixed order b, i, u, s."""

    text: str
    styles: tuple[str, ...] = ()
    href: str = ""


@dataclass
class _Line:
    """A line of text; `marker` is ul or ol for a list item."""

    marker: str = ""
    runs: list[_Run] = field(default_factory=list)


def description_from_odoo(html: str | None) -> str:
    """Canonical text of an Odoo Html field: white space is HTML's, not text's."""
    return _canonical(_parse(html or "", newlines=False))


def description_from_google(text: str | None) -> str:
    """Canonical text of a Google description: a newline is a line break there."""
    return _canonical(_parse(text or "", newlines=True))


def description_to_google(canonical: str) -> str:
    """What to send: plain text where nothing needs markup, cut to what Google takes."""
    lines = _parse(canonical, newlines=True)
    if all(not run.styles and not run.href for line in lines for run in line.runs):
        if not any(line.marker for line in lines):
            plain = "\n".join("".join(r.text for r in line.runs) for line in lines)
            return _guard_plain(plain)[:MAX_LENGTH].rstrip()
    return _cut_lines(lines)


def description_to_odoo(canonical: str) -> str:
    """HTML for an Odoo Html field, "" when empty."""
    html = ""
    paragraph: list[str] = []
    for group in _groups(_parse(canonical, newlines=True)):
        if group[0].marker:
            html += _paragraph(paragraph) + _list(group)
            paragraph = []
        else:
            paragraph += [_inline(line.runs) for line in group]
    return html + _paragraph(paragraph)


def is_cut(canonical: str) -> bool:
    """Google cannot hold all of it."""
    return description_from_google(description_to_google(canonical)) != canonical


# -- parsing ------------------------------------------------------------------------


class _Parser(HTMLParser):
    def __init__(self, *, newlines: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[_Line] = []
        self._line = _Line()
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
        self._line.runs.append(_Run(text, styles, href))

    def _open_block(self, tag: str) -> None:
        self._soft_break()
        if tag in ("ul", "ol"):
            self._lists.append(tag)
        if tag == "li":
            self._line.marker = self._lists[-1] if self._lists else "ul"

    def _soft_break(self) -> None:
        if _shows(self._line):
            self._break()
        self._line = _Line()
        self._after_tag_break = True

    def _break(self) -> None:
        self.lines.append(self._line)
        self._line = _Line()

    def close(self) -> None:
        super().close()
        self._soft_break()


def _parse(text: str, *, newlines: bool) -> list[_Line]:
    parser = _Parser(newlines=newlines)
    parser.feed(text)
    parser.close()
    return _without_edge_blanks([_tidy(line) for line in parser.lines])


def _without_edge_blanks(lines: list[_Line]) -> list[_Line]:
    """No blank line at the edges of the text nor beside a list: HTML cannot keep it."""
    kept: list[_Line] = []
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


def _shows(line: _Line) -> bool:
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


def _tidy(line: _Line) -> _Line:
    """White space collapsed, neighbours of one style joined, bare links as text."""
    joined: list[_Run] = []
    for run in map(_plain_autolink, _joined(line.runs)):
        text = _SPACES.sub(" ", run.text)
        if not joined or joined[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if not text:
            continue
        joined.append(_Run(text, run.styles if text.strip() else (), run.href))
    if joined:
        last = joined.pop()
        text = last.text.rstrip(" ")
        joined += [_Run(text, last.styles, last.href)] if text else []
    tidy = _joined(joined)
    if tidy and tidy[-1].text.endswith(" "):
        return _tidy(_Line(line.marker, tidy))
    return _Line(line.marker if tidy else "", tidy)


def _joined(runs: list[_Run]) -> list[_Run]:
    out: list[_Run] = []
    for run in runs:
        if out and (out[-1].styles, out[-1].href) == (run.styles, run.href):
            out[-1] = _Run(out[-1].text + run.text, run.styles, run.href)
        else:
            out.append(run)
    return out


def _plain_autolink(run: _Run) -> _Run:
    """A link that shows its own address is that address: both sides autolink."""
    if not run.href:
        return run
    shown = run.text.strip().rstrip("/").lower()
    target = run.href.rstrip("/").lower()
    bare = re.sub(r"^(https?://|mailto:|tel:)", "", target)
    return _Run(run.text, run.styles) if shown in (target, bare) else run


# -- rendering ------------------------------------------------------------------------


def _canonical(lines: list[_Line]) -> str:
    return "\n".join(
        _list(group) if group[0].marker else "\n".join(_inline(x.runs) for x in group)
        for group in _groups(lines)
    )


def _groups(lines: list[_Line]) -> list[list[_Line]]:
    """Neighbouring lines of one kind together: a list, or plain lines."""
    groups: list[list[_Line]] = []
    for line in lines:
        if groups and groups[-1][0].marker == line.marker:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _list(group: list[_Line]) -> str:
    tag = group[0].marker
    items = "".join(f"<li>{_inline(line.runs)}</li>" for line in group)
    return f"<{tag}>{items}</{tag}>"


def _inline(runs: list[_Run]) -> str:
    return "".join(_render(run) for run in runs)


def _render(run: _Run) -> str:
    text = escape(run.text, quote=False)
    for style in reversed(run.styles):
        text = f"<{style}>{text}</{style}>"
    return f'<a href="{escape(run.href)}">{text}</a>' if run.href else text


def _paragraph(lines: list[str]) -> str:
    return f"<p>{'<br>'.join(lines)}</p>" if lines else ""


def _guard_plain(text: str) -> str:
    """Escape only what a reader of HTML would take for markup: `a < b` stays."""
    return _LOOKS_LIKE_MARKUP.sub(lambda m: escape(m.group()), text)


def _cut_lines(lines: list[_Line]) -> str:
    """HTML of as many whole lines as fit."""
    for count in range(len(lines), 0, -1):
        text = _canonical(lines[:count]).replace("\n", "<br>")
        text = text.replace("</ul><br>", "</ul>").replace("</ol><br>", "</ol>")
        text = text.replace("<br><ul>", "<ul>").replace("<br><ol>", "<ol>")
        if len(text) <= MAX_LENGTH:
            return text
    return escape("".join(r.text for r in lines[0].runs), quote=False)[:MAX_LENGTH]
