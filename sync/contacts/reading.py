"""What Google's entries say of name, mails and telephone numbers, as Odoo holds them.

Only what needs no guess: what the person keeps there beside ours is not taken, what
cannot be read counts as unchanged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .mails import mail_key, read_mails
from .numbers import read_numbers
from .person import Entry, Person
from .phones import phone_key
from .sections import phone_entries
from .values import ContactValues

#: Types of numbers at which nobody answers.
NOT_CALLED = frozenset(("homeFax", "workFax", "otherFax", "pager", "workPager"))
_OTHER = {"phone": "mobile", "mobile": "phone"}


@dataclass(frozen=True)
class Known:
    """What is known of a contact beside Google's entries.

    mine: Odoo's values. agreed: those that both sides agreed on. others: keys of the
    section's entries that the person had there beside ours.
    """

    mine: ContactValues
    agreed: ContactValues
    others: Collection[str]
    region: str


def read_core(name: str, person: Person, known: Known) -> Any:
    """Google's value of one of `fields.READABLE`, the comment apart."""
    if name == "name":
        return person.title
    if name == "emails":
        return _mails(person, known)
    return _number(name, person, known)


# -- mails ---------------------------------------------------------------------


def _mails(person: Person, known: Known) -> tuple[str, ...]:
    """Ours that are still there, new ones in place of those that are not."""
    there = [
        mail
        for entry in person.section("emailAddresses")
        for mail in one_mail(str(entry.get("value", "")))
    ]
    keys = {mail_key(mail) for mail in there}
    ours = known.agreed.emails
    taken = {*known.others, *map(mail_key, ours)}
    fresh = [mail for mail in there if mail_key(mail) not in taken]
    if not ours:
        if known.mine.emails and {mail_key(x) for x in known.mine.emails} <= keys:
            return known.mine.emails
        return tuple(fresh[:1])
    found = []
    for mail in ours:
        if mail_key(mail) in keys:
            found.append(mail)
        elif fresh:
            found.append(fresh.pop(0))
    return _spelt(tuple(found), known.mine.emails)


def _spelt(found: tuple[str, ...], mine: tuple[str, ...]) -> tuple[str, ...]:
    same = [mail_key(x) for x in found] == [mail_key(x) for x in mine]
    return mine if same else found


def one_mail(text: str) -> tuple[str, ...]:
    """The address of an entry, () when it is not one that can be read."""
    mails, whole = read_mails(text)
    return mails if whole and len(mails) == 1 else ()


# -- telephone numbers ---------------------------------------------------------


def _number(name: str, person: Person, known: Known) -> str:
    agreed, region = str(known.agreed.get(name)), known.region
    entries = person.section("phoneNumbers")
    there = {phone_key(str(x.get("value", "")), region) for x in entries}
    for value in (agreed, str(known.mine.get(name))):
        if value and _keys(value, region) <= there:
            return value
    if len(read_numbers(agreed, region)) > 1:
        return agreed
    found = _candidate(name, _free(entries, known), known, there)
    return str(found.get("value", "")).strip() if found else ""


def _candidate(
    name: str, free: Sequence[Entry], known: Known, there: Collection[str]
) -> Entry | None:
    """The entry in the place of ours; with none of ours, the first of its kind."""
    kind = _type_of(name, known)
    same = [x for x in free if kind and x.get("type", "") == kind]
    alike = [x for x in free if (x.get("type") == "mobile") == (name == "mobile")]
    if same or alike:
        return (same or alike)[0]
    beside = _keys(str(known.agreed.get(_OTHER[name])), known.region)
    if kind and len(free) == 1 and beside and beside <= set(there):
        return free[0]
    return None


def _type_of(name: str, known: Known) -> str:
    """The type that our entry of this field had, "" when there was none."""
    keys = _keys(str(known.agreed.get(name)), known.region)
    return next(
        (
            str(x["type"])
            for x in phone_entries(known.agreed, known.region)
            if phone_key(str(x["value"]), known.region) in keys
        ),
        "",
    )


def _free(entries: Iterable[Entry], known: Known) -> list[Entry]:
    """Entries that are one number each, and neither ours nor the person's own."""
    region = known.region
    taken = {*known.others}
    for values in (known.agreed, known.mine):
        taken |= _keys(values.phone, region) | _keys(values.mobile, region)
    return [
        x
        for x in entries
        if x.get("type") not in NOT_CALLED
        and len(read_numbers(str(x.get("value", "")), region)) == 1
        and phone_key(str(x.get("value", "")), region) not in taken
    ]


def _keys(text: str, region: str) -> set[str]:
    return {phone_key(number.value, region) for number in read_numbers(text, region)}
