"""A browser without a screen: cookies, redirects, forms; enough to log in and consent.

Whatever goes wrong on the wire becomes one line that says which address it was.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

from ..steps import Stop

# The first page after a start loads Odoo's registry, and a long run answers late.
TIMEOUT = 300


@dataclass(frozen=True)
class Page:
    """An answer, after all redirects."""

    url: str
    status: int
    text: str

    @property
    def words(self) -> str:
        """What a person reads on it, shortened."""
        reader = _Reader()
        reader.feed(self.text)
        return " ".join(" ".join(reader.words).split())[:300]


@dataclass
class Form:
    """The first form of a page, filled in as it came."""

    action: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Browser:
    """One person's browser."""

    def __init__(self) -> None:
        # The two servers are on this machine: a proxy has no business here.
        self._opener = build_opener(ProxyHandler({}), HTTPCookieProcessor())

    def open(self, url: str, fields: list[tuple[str, str]] | None = None) -> Page:
        """Goes to ``url``; with ``fields`` it sends a form there."""
        data = None if fields is None else urlencode(fields).encode()
        return self._send(Request(url, data))

    def json(self, method: str, url: str, body: Mapping | None = None) -> dict:
        """Sends and reads JSON; an answer that is none is an error."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        page = self._send(Request(url, data, headers, method=method))
        try:
            answer = json.loads(page.text)
        except ValueError:
            raise Stop(f"{url} answered {page.status}: {page.words}") from None
        if page.status >= 400:
            reason = answer.get("error", {}).get("message", page.text[:200])
            raise Stop(f"{url} answered {page.status}: {reason}")
        return answer

    def press(self, page: Page, name: str, value: str) -> Page:
        """Ticks every box of the page's form and presses a button of it."""
        form = form_of(page)
        if (name, value) not in form.buttons:
            raise Stop(f"no button “{value}” at {page.url}: {page.words}")
        fields = [*form.fields, *form.boxes, (name, value)]
        return self.open(urljoin(page.url, form.action), fields)

    def _send(self, request: Request) -> Page:
        try:
            with self._opener.open(request, timeout=TIMEOUT) as answer:
                return _page(answer)
        except HTTPError as error:
            with error:
                return _page(error)
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None) or error or type(error).__name__
            raise Stop(f"{request.full_url} does not answer: {reason}") from None


def form_of(page: Page) -> Form:
    reader = _FormReader()
    reader.feed(page.text)
    return reader.form


def _page(answer: http.client.HTTPResponse | HTTPError) -> Page:
    return Page(answer.url, answer.status, answer.read().decode(errors="replace"))


class _FormReader(HTMLParser):
    """Collects the first form of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.form = Form()
        self._inside = self._done = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._done:
            return
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside, self.form.action = True, given.get("action", "")
        elif self._inside and tag in ("input", "button") and given.get("name"):
            self._sort(tag, given)

    def _sort(self, tag: str, given: Mapping[str, str]) -> None:
        pair = (given["name"], given.get("value", ""))
        if tag == "button" or given.get("type") == "submit":
            self.form.buttons.append(pair)
        elif given.get("type") == "checkbox":
            self.form.boxes.append(pair)
        else:
            self.form.fields.append(pair)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._inside:
            self._inside, self._done = False, True


class _Reader(HTMLParser):
    """Collects the visible text of a page."""

    SILENT = ("script", "style", "head", "svg")

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in self.SILENT

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in self.SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)
