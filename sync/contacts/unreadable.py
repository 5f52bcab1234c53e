"""What could not be read in Odoo: said once, and left as it is in Google."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from .mails import mail_key
from .store import ContactLine, ContactLink, OdooContact
from .values import ContactBase, ContactValues

#: A link's problem, and the reason of its line in the journal.
UNREADABLE = "unreadable_mail"
UNREADABLE_PHOTO = "unreadable_photo"


def as_read(values: ContactValues, base: ContactBase | None) -> ContactValues:
    """Odoo's values; where mails could not be read, with those Google was given before.

    Nobody took them back: what cannot be read may be one of them, mistyped.
    """
    if base is None or "emails" not in values.unread:
        return values
    read = {mail_key(mail) for mail in values.emails}
    kept = tuple(mail for mail in base.values.emails if mail_key(mail) not in read)
    return replace(values, emails=(*values.emails, *kept))


def unread_lines(link: ContactLink, odoo: OdooContact) -> tuple[ContactLine, ...]:
    """The line that says what was not read, unless it was said before."""
    before = link.base.values.unread if link.base else {}
    unread = odoo.values.unread
    news = {name: text for name, text in unread.items() if before.get(name) != text}
    if not news:
        return ()
    return (
        ContactLine(
            "skip",
            "google",
            odoo.contact_id,
            link.resource_name,
            odoo.values.name,
            after=news,
            reason=UNREADABLE,
        ),
    )


def unread_problem(values: ContactValues, base: ContactBase | None = None) -> str:
    """What the link says of it, "" when all was read."""
    if values.unread:
        return UNREADABLE
    known = base.values.unread.get("photo") if base else ""
    return UNREADABLE_PHOTO if known and known == values.photo else ""


def with_unread(
    base: ContactBase, values: ContactValues, photo: str | None = None
) -> ContactBase:
    """The base once it is said what of Odoo's `values` was not read.

    photo: of a picture that cannot be sent; None keeps what the base says.
    """
    old = base.values.unread.get("photo", "") if photo is None else photo
    unread: Mapping[str, str] = {**values.unread, **({"photo": old} if old else {})}
    if unread == base.values.unread:
        return base
    values = replace(base.values, unread=MappingProxyType(dict(unread)))
    return replace(base, values=values)
