"""Which contact in Google a contact of Odoo may be: decided by hashed keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .mails import mail_key
from .numbers import read_numbers
from .person import hashed
from .phones import phone_key
from .sections import region_of
from .store import OdooContact


@dataclass(frozen=True)
class Keys:
    """What one contact of Odoo is recognised by in Google, the surest first."""

    marker: str
    mails: tuple[str, ...]
    weak: tuple[str, ...]

    def all(self) -> tuple[str, ...]:
        return (self.marker, *self.mails, *self.weak)


@dataclass(frozen=True)
class Match:
    """names: contacts in Google that it may be; sure: it is that one."""

    names: tuple[str, ...] = ()
    sure: bool = False


def odoo_keys(odoo: OdooContact, region: str, salt: str) -> Keys:
    """The same keys as `person.person_keys` makes of the other side."""
    values = odoo.values
    country = region_of(values, region)
    mails = tuple(hashed("m", mail_key(mail), salt) for mail in values.emails)
    numbers = {
        phone_key(number.value, country)
        for text in (values.phone, values.mobile)
        for number in read_numbers(text, country)
    }
    weak = [hashed("p", number, salt) for number in sorted(numbers)]
    if values.name:
        text = f"{values.name.casefold()}|{values.company.casefold()}"
        weak.append(hashed("n", text, salt))
    marker = hashed("k", f"{odoo.contact_id}/{odoo.created}", salt)
    return Keys(marker, mails, tuple(weak))


def match(
    odoo: OdooContact,
    keys: Keys,
    found: Mapping[str, Sequence[str]],
    rivals: Mapping[str, int],
) -> Match:
    """Exactly one by our marker, else by mail and on both sides, is sure.

    found: resource names by key. rivals: how many contacts of the list, not in Google
    yet, have a mail.
    """
    marked = tuple(found.get(keys.marker, ()))
    if marked:
        return Match(marked, len(marked) == 1)
    by_mail = _names(keys.mails, found)
    if by_mail:
        alone = all(rivals.get(mail_key(x), 1) <= 1 for x in odoo.values.emails)
        return Match(by_mail, len(by_mail) == 1 and alone)
    return Match(_names(keys.weak, found))


def _names(keys: Sequence[str], found: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for key in keys for name in found.get(key, ())))
