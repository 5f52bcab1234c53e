"""Comments: Odoo's HTML and Google's plain note, compared as plain text.

The canonical form is what a reader sees: lines of text, white space tidied. Odoo's HTML
is made from it only when the text differs, so formatting stays where nobody wrote.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ..html_lines import Line, Run, parse


def comment_from_odoo(html: str | None) -> str:
    """Canonical text of an Odoo Html field."""
    return _tidy(map(_shown, parse(html or "", newlines=False)))


def comment_from_google(text: str | None, *, is_html: bool = False) -> str:
    """Canonical text of a Google biography."""
    if is_html:
        return comment_from_odoo(text)
    return _tidy((text or "").splitlines())


def comment_to_odoo(canonical: str) -> str:
    """HTML for an Odoo Html field, "" when empty."""
    if not canonical:
        return ""
    lines = (escape(line, quote=False) for line in canonical.split("\n"))
    return f"<p>{'<br>'.join(lines)}</p>"


def _shown(line: Line) -> str:
    prefix = {"ul": "• ", "ol": "- "}.get(line.marker, "")
    return prefix + "".join(_with_target(run) for run in line.runs)


def _with_target(run: Run) -> str:
    """Where a link leads would be lost in plain text, if it were not said."""
    return f"{run.text} ({run.href})" if run.href else run.text


def _tidy(lines: Iterable[str]) -> str:
    """Lines as HTML can keep them: no edge blanks, no control characters."""
    html = "<br>".join(escape(line, quote=False) for line in lines)
    tidied = parse(html, newlines=False)
    return "\n".join("".join(run.text for run in line.runs) for line in tidied)
