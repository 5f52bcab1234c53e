"""A base made by an earlier version of this code, in today's canonical form.

Better normalisation must not look like an edit: what changes here changes on both
sides alike, so nothing is written for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .comment import comment_from_google
from .mails import mails_from_odoo
from .values import CONTACT_VERSION, ContactBase, ContactValues, base_from_json

#: One line each; the others have a form of their own.
_LINES = (
    *("name", "phone", "mobile", "street", "street2", "zip", "city", "state"),
    *("country", "country_code", "company", "function"),
)


def known_base(data: Mapping[str, Any]) -> ContactBase:
    """Read what `base_to_json` wrote, today or long ago.

    An older one keeps its version: what it says of Google's entries was seen with other
    eyes, and `reconcile` sees them anew.
    """
    base = base_from_json(data)
    if is_current(base):
        return base
    apart = renormalised(ContactValues().with_(base.apart))
    return replace(
        base,
        values=renormalised(base.values),
        apart={name: apart.get(name) for name in base.apart},
    )


def is_current(base: ContactBase) -> bool:
    """Made by this very version."""
    return base.version == CONTACT_VERSION


def renormalised(values: ContactValues) -> ContactValues:
    """The same values as they would be read today; today's own are unchanged."""
    lines = {name: getattr(values, name).strip() for name in _LINES}
    return replace(
        values,
        **lines,
        emails=mails_from_odoo(", ".join(values.emails)),
        comment=comment_from_google(values.comment),
    )
