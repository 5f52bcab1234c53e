"""Meeting addresses: Google's conference shown in Odoo, Odoo's own beside it in Google.

Google's (a Meet, or another service's entry point) becomes the event's address in Odoo
where Odoo has none. Odoo's own travels as the event's `source`, a link of its own in
Google: never in the place or the description, which people edit, and never as a
conference, so no Meet is ever made or lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?(/\S*)?")


def web_address(text: str) -> str:
    """The address as Google takes it (http or https), "" for what is none."""
    if re.fullmatch(r"https?://\S+", text, re.IGNORECASE):
        return text
    if _HOST.fullmatch(text) and not _SCHEME.match(text.partition("/")[0] + "/"):
        return f"https://{text}"
    return ""


def conference_of(resource: Mapping[str, Any]) -> str:
    """Where the event's video conference takes place in Google, "" without one."""
    if resource.get("hangoutLink"):
        return str(resource["hangoutLink"])
    points = (resource.get("conferenceData") or {}).get("entryPoints", ())
    videos = [p["uri"] for p in points if p.get("entryPointType") == "video"]
    return str(videos[0]) if videos else ""


def source_of(resource: Mapping[str, Any]) -> str:
    """The address of the event's source, ours or another program's."""
    return str((resource.get("source") or {}).get("url") or "")


def is_source_owed(
    odoo: str, google: str | None, told: str | None, conference: str | None
) -> bool:
    """Whether Odoo's address is to be written as Google's source.

    told: what Odoo last told Google. conference: Google's own, which needs no telling.
    Another program's source is never overwritten.
    """
    if google is None or odoo in (told, google, conference):
        return False
    return google in ("", told)
