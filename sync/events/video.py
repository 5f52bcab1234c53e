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

from .colours import SAME

_WEB = re.compile(r"https?://\S+", re.IGNORECASE)


def web_address(text: str) -> str:
    """The address where it is one of the web (Google takes no other), else ""."""
    return text if _WEB.fullmatch(text) else ""


def conference_of(resource: Mapping[str, Any]) -> str:
    """Where the event's video conference takes place in Google, "" without one."""
    points = (resource.get("conferenceData") or {}).get("entryPoints", ())
    videos = [p.get("uri") for p in points if p.get("entryPointType") == "video"]
    found = (resource.get("hangoutLink"), *videos)
    return next((web_address(str(uri)) for uri in found if uri), "")


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
    said = told and told.removeprefix(SAME)
    if google is None or odoo in (said, google) or (odoo and odoo == conference):
        return False
    return google in ("", told)
