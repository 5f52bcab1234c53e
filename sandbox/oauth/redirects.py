"""Redirect URIs: what may be registered, and what a consent request may use."""

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
PRIVATE_SUFFIXES = (".local", ".lan", ".internal", ".home", ".corp", ".localdomain")
OOB = ("urn:ietf:wg:oauth:2.0:oob", "urn:ietf:wg:oauth:2.0:oob:auto")


def check_registration(uri):
    """ValueError when the console would not take this URI for a web client."""
    parts = urlsplit(uri)
    host = parts.hostname or ""
    if not host or parts.fragment or "*" in uri or parts.username:
        raise ValueError(f"redirect URI not allowed: {uri}")
    if "/.." in parts.path or host.endswith("googleusercontent.com"):
        raise ValueError(f"redirect URI not allowed: {uri}")
    if host in LOOPBACK:
        return
    if parts.scheme != "https":
        raise ValueError(f"redirect URI must be https: {uri}")
    if _is_ip(host) or "." not in host or host.endswith(PRIVATE_SUFFIXES):
        raise ValueError(f"redirect URI must have a public domain: {uri}")


def is_allowed(client, uri):
    """Whether a consent request of this client may name ``uri``; exact for web."""
    if client.kind == "web":
        return uri in client.redirect_uris
    return bool(
        re.match(r"http://(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?(/[^#]*)?$", uri)
    )


def _is_ip(host):
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
