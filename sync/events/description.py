"""Descriptions: Odoo's HTML and Google's text, in one canonical form.

Both sides rewrite what they are given (Odoo's sanitiser wraps text in tags, Google's
editor escapes, autolinks and wraps links in google.com/url). The canonical form keeps
what both can show: lines, lists, links, bold, italic, underlined, struck. It is
itself valid input for Google, so canonical text parsed again is unchanged.
"""

from __future__ import annotations

import re
from html import escape

from ..html_lines import Line, Run, parse
from . import contact_block

#: Google cuts somewhere near 8,192 characters (unpromised); we cut before it does.
MAX_LENGTH = 8000

_LOOKS_LIKE_MARKUP = re.compile(r"&(?=#|\w+;)|<(?=[a-zA-Z/!?])")


def description_from_odoo(html: str | None, *, whole: bool = False) -> str:
    """Canonical text of an Odoo Html field: white space is HTML's, not text's.

    Without Odoo's own words about the organiser, unless `whole`.
    """
    lines = parse(html or "", newlines=False)
    return _canonical(lines if whole else contact_block.split(lines)[0])


def description_from_google(text: str | None, *, ours: bool = False) -> str:
    """Canonical text of a Google description: a newline is a line break there.

    ours: we wrote it; an older version sent Odoo's words about the organiser along.
    """
    lines = parse(text or "", newlines=True)
    return _canonical(contact_block.split(lines)[0] if ours else lines)


def names_organiser(canonical: str) -> bool:
    """Odoo's words about the organiser are in it: another company's Odoo sent them."""
    return bool(contact_block.split(parse(canonical, newlines=True))[1])


def description_to_google(canonical: str) -> str:
    """What to send: plain text where nothing needs markup, cut to what Google takes."""
    lines = parse(canonical, newlines=True)
    if all(_is_plain(line) for line in lines):
        plain = "\n".join("".join(r.text for r in line.runs) for line in lines)
        return _guard_plain(plain)[:MAX_LENGTH].rstrip()
    return _cut_lines(lines)


def description_to_odoo(canonical: str, before: str | None = "") -> str:
    """HTML for an Odoo Html field, "" when empty.

    before: the field until now, of which Odoo's words about the organiser stay.
    """
    lines = parse(canonical, newlines=True)
    _own, block = contact_block.split(parse(before or "", newlines=False))
    if block and not contact_block.split(lines)[1]:
        lines += [*([Line()] if lines else []), *block]
    return _html(lines)


def _html(lines: list[Line]) -> str:
    html = ""
    paragraph: list[str] = []
    for group in _groups(lines):
        if group[0].marker:
            html += _paragraph(paragraph) + _list(group)
            paragraph = []
        else:
            paragraph += [_inline(line.runs) for line in group]
    return html + _paragraph(paragraph)


def is_cut(canonical: str) -> bool:
    """Google cannot hold all of it."""
    return description_from_google(description_to_google(canonical)) != canonical


# -- rendering -----------------------------------------------------------------


def _is_plain(line: Line) -> bool:
    return not line.marker and not any(r.styles or r.href for r in line.runs)


def _canonical(lines: list[Line]) -> str:
    return "\n".join(
        _list(group) if group[0].marker else "\n".join(_inline(x.runs) for x in group)
        for group in _groups(lines)
    )


def _groups(lines: list[Line]) -> list[list[Line]]:
    """Neighbouring lines of one kind together: a list, or plain lines."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and groups[-1][0].marker == line.marker:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _list(group: list[Line]) -> str:
    tag = group[0].marker
    items = "".join(f"<li>{_inline(line.runs)}</li>" for line in group)
    return f"<{tag}>{items}</{tag}>"


def _inline(runs: list[Run]) -> str:
    return "".join(_render(run) for run in runs)


def _render(run: Run) -> str:
    text = escape(run.text, quote=False)
    for style in reversed(run.styles):
        text = f"<{style}>{text}</{style}>"
    return f'<a href="{escape(run.href)}">{text}</a>' if run.href else text


def _paragraph(lines: list[str]) -> str:
    return f"<p>{'<br>'.join(lines)}</p>" if lines else ""


def _guard_plain(text: str) -> str:
    """Escape only what a reader of HTML would take for markup: `a < b` stays."""
    return _LOOKS_LIKE_MARKUP.sub(lambda m: escape(m.group()), text)


def _cut_lines(lines: list[Line]) -> str:
    """HTML of as many whole lines as fit."""
    for count in range(len(lines), 0, -1):
        text = _canonical(lines[:count]).replace("\n", "<br>")
        text = text.replace("</ul><br>", "</ul>").replace("</ol><br>", "</ol>")
        text = text.replace("<br><ul>", "<ul>").replace("<br><ol>", "<ol>")
        if len(text) <= MAX_LENGTH:
            return text
    return escape("".join(r.text for r in lines[0].runs), quote=False)[:MAX_LENGTH]
