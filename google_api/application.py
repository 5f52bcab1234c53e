"""The OAuth application (client) that speaks for this database to Google.

It is read from the file that Google's console offers for download.
It must never show its secret: not in a repr, not in an error about the file.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

WEB = "web"
INSTALLED = "installed"
#: Of a service account: nobody is led anywhere.
SERVICE = "service"

#: Google's own are less than one kB.
_LONGEST = 65536
_API_KEY = re.compile(r"AIza[\w-]{35}")


@dataclass(frozen=True)
class Application:
    """An OAuth client; `kind` decides how the consent comes back."""

    client_id: str
    client_secret: str = field(repr=False)
    kind: str = WEB
    redirect_uris: tuple[str, ...] = ()
    """As the file has them; empty when it has none, or there was no file."""


class BadClientFile(ValueError):
    """The text is not a client file; `code` is one of `CODES`, `name` what lacks."""

    CODES = (
        *("not_json", "service_account", "client_file"),
        *("unknown_kind", "missing_field", "api_key"),
    )

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(f"{code}: {name}" if name else code)
        self.code = code
        self.name = name


def parse_client_file(text: str) -> Application:
    """The application in a `client_secret.json`, or BadClientFile."""
    content = read_json(text)
    if content.get("type") == "service_account":
        raise BadClientFile("service_account")
    for kind in (WEB, INSTALLED):
        section = content.get(kind)
        if isinstance(section, dict):
            client_id = required(section, "client_id")
            secret = required(section, "client_secret")
            return Application(client_id, secret, kind, _addresses(section))
    raise BadClientFile("api_key" if "api_key" in content else "unknown_kind")


def read_json(text: str) -> dict[str, Any]:
    """The object in a file from Google's console, or BadClientFile."""
    # Windows editors put a byte order mark before the brace.
    text = text.lstrip("\ufeff").strip()
    if len(text) > _LONGEST:
        raise BadClientFile("unknown_kind")
    if _API_KEY.fullmatch(text.strip("'\"")):
        raise BadClientFile("api_key")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        # The parser's own error quotes the text, and the text may hold the secret.
        raise BadClientFile("not_json") from None
    if not isinstance(content, dict):
        raise BadClientFile("unknown_kind")
    return content


def _addresses(section: dict[str, Any]) -> tuple[str, ...]:
    found = section.get("redirect_uris")
    if not isinstance(found, list):
        return ()
    return tuple(uri for uri in found if isinstance(uri, str))


def required(section: dict[str, Any], name: str) -> str:
    """A text that must be there, or BadClientFile."""
    value = section.get(name)
    text = value.strip() if isinstance(value, str) else ""
    if not text or not text.isprintable():
        raise BadClientFile("missing_field", name)
    return text
