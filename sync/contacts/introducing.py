"""What Odoo is given of a contact that a person had made of one in Google.

Only what both sides hold alike, so that nothing of it is written back: the first mail,
a number for each field, company and job. The note stays the owner's own, the address
waits for a person who types it.
"""

from __future__ import annotations

from .numbers import read_numbers
from .person import Entry, Person
from .phones import is_mobile
from .reading import NOT_CALLED, one_mail
from .values import ContactValues


def values_of(person: Person, region: str) -> ContactValues:
    """Never without a name: who has none is called as what is known of them."""
    mails = mails_of(person)
    numbers = _numbers(person, region)
    phone = next((x for x in numbers if not _is_mobile(x, region)), None)
    mobile = next((x for x in numbers if _is_mobile(x, region)), None)
    job = next(iter(person.section("organizations")), {})
    company = str(job.get("name", "")).strip()
    name = person.title or company or next(iter((*mails, *map(_value, numbers))), "")
    return ContactValues(
        name=name,
        emails=mails[:1],
        phone=_value(phone) if phone else "",
        mobile=_value(mobile) if mobile else "",
        company=company,
        function=str(job.get("title", "")).strip(),
    )


def mails_of(person: Person) -> tuple[str, ...]:
    """Every mail address that can be read, in Google's order."""
    return tuple(
        mail
        for entry in person.section("emailAddresses")
        for mail in one_mail(str(entry.get("value", "")))
    )


def _numbers(person: Person, region: str) -> list[Entry]:
    return [
        entry
        for entry in person.section("phoneNumbers")
        if entry.get("type") not in NOT_CALLED
        and len(read_numbers(_value(entry), region)) == 1
    ]


def _is_mobile(entry: Entry, region: str) -> bool:
    return entry.get("type") == "mobile" or is_mobile(_value(entry), region)


def _value(entry: Entry) -> str:
    return str(entry.get("value", "")).strip()
