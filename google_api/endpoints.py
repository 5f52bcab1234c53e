"""Where Google lives: the addresses of every host that this package talks to.

One `api_root` stands in for all of Google's hosts (sandbox, tests), Google's own paths
below it. It must never come from a web client: tokens and secrets are sent there.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Endpoints:
    """Google's addresses; the `*_root` ones end with a slash."""

    api_root: str = ""

    @property
    def auth_uri(self) -> str:
        return self._at("https://accounts.google.com", "/o/oauth2/v2/auth")

    @property
    def token_uri(self) -> str:
        return self._at("https://oauth2.googleapis.com", "/token")

    @property
    def revoke_uri(self) -> str:
        return self._at("https://oauth2.googleapis.com", "/revoke")

    @property
    def userinfo_uri(self) -> str:
        return self._at("https://www.googleapis.com", "/oauth2/v3/userinfo")

    @property
    def calendar_root(self) -> str:
        return self._at("https://www.googleapis.com", "/")

    @property
    def people_root(self) -> str:
        return self._at("https://people.googleapis.com", "/")

    @property
    def is_loopback(self) -> bool:
        """True when no proxy can stand between us and `api_root`."""
        host = urlsplit(self.api_root).hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost" or host.endswith(".localhost")

    @property
    def is_safe(self) -> bool:
        """False when tokens and secrets would cross a network in clear."""
        root = self.api_root
        return not root or urlsplit(root).scheme == "https" or self.is_loopback

    def _at(self, host: str, path: str) -> str:
        return (self.api_root.rstrip("/") or host) + path
