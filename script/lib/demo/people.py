"""Who acts in the demo: users of Odoo over its web client's RPC, and the person in
Google over the sandbox's control API."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from ..steps import Stop
from .browser import Browser, Page

# The summary is in English, whatever the user reads in Odoo.
CONTEXT = {"lang": "en_US"}


class OdooUser:
    """A user logged in to Odoo."""

    def __init__(self, base: str, database: str, login: str, password: str) -> None:
        self.base = base
        self.browser = Browser()
        answer = self._rpc(
            "/web/session/authenticate",
            {"db": database, "login": login, "password": password},
        )
        self.uid: int = answer["uid"]

    def call(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        """A method of a model, with this user's rights."""
        kwargs["context"] = {**CONTEXT, **kwargs.get("context", {})}
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self._rpc(f"/web/dataset/call_kw/{model}/{method}", params)

    def open(self, path: str) -> Page:
        return self.browser.open(f"{self.base}{path}")

    def _rpc(self, path: str, params: dict) -> Any:
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self.browser.json("POST", f"{self.base}{path}", body)
        if "error" in answer:
            said = answer["error"].get("data", {}).get("message")
            raise Stop(f"Odoo, {path}: {said or answer['error'].get('message')}")
        return answer["result"]


class GooglePerson:
    """The owner of a Google account, in front of Google's own page."""

    def __init__(self, base: str, email: str, calendar: str = "primary") -> None:
        self._browser = Browser()
        account = f"{base}/sandbox/api/accounts/{quote(email)}"
        self._events = f"{account}/events"
        self._contacts = f"{account}/contacts"
        self._calendar = calendar

    def events(self, **params: str) -> list[dict]:
        """All entries of the calendar; series count once."""
        return self._send("GET", "", params=params)["items"]

    def contacts(self) -> list[dict]:
        """Everybody in the address book, as the People API shows them."""
        answer = self._browser.json("GET", self._contacts)
        return answer if isinstance(answer, list) else next(iter(answer.values()))

    def titled(self, start: str) -> list[dict]:
        """Entries whose title starts like that."""
        return [e for e in self.events() if e.get("summary", "").startswith(start)]

    def insert(self, body: dict) -> None:
        self._send("POST", "", body)

    def patch(self, event: dict, body: dict) -> None:
        self._send("PATCH", f"/{event['id']}", body)

    def delete(self, event: dict) -> None:
        self._send("DELETE", f"/{event['id']}")

    def _send(
        self,
        method: str,
        path: str,
        body: dict | None = None,
        params: dict[str, str] | None = None,
    ) -> dict:
        query = urlencode({"calendar": self._calendar, **(params or {})})
        return self._browser.json(method, f"{self._events}{path}?{query}", body)


def consent(user: OdooUser, check_url: str) -> None:
    """Connects ``user`` as a person does: Odoo's Connect, Google's page, and back.

    Google's page lies below ``check_url``; every box is ticked.
    """
    page = user.open("/google_sync/connect")
    if page.url.startswith(check_url):
        page = user.browser.press(page, "decision", "allow")
    if not page.url.startswith(user.base) or page.status >= 400:
        raise Stop(f"the consent did not come through ({page.status}): {page.words}")


def mails_sent(sandbox: str) -> int:
    """Mails that Google would have sent since the sandbox was started."""
    return Browser().json("GET", f"{sandbox}/sandbox/api/mails")["count"]


def register_redirect(sandbox: str, client_id: str, secret: str, uri: str) -> None:
    """What an administrator does in Google's console: the address to come back to."""
    body = {"client_id": client_id, "secret": secret, "redirect_uris": [uri]}
    Browser().json("POST", f"{sandbox}/sandbox/api/clients", body)
