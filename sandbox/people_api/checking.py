"""From a Person in a request to the fields that are stored: Google's rules for them."""

import json

from ..discovery import document
from . import masks
from .book import MY_CONTACTS, OPEN_SYSTEM, SYSTEM_GROUPS, groups_of, memberships
from .derived import split_name
from .errors import bad

SINGLETONS = ("names", "biographies", "birthdays", "genders")
FIELD_LENGTH = 1024
FIELD_COUNT = 500
CONTACT_BYTES = 128 * 1024
MONTHS, DAYS = 12, 31


def cleaned(body, names):
    """The items of these fields: no metadata, nothing read-only, nothing empty."""
    found = {}
    for name in names:
        sent = body.get(name) or []
        if name in SINGLETONS and len(sent) > 1:
            raise bad(f"Cannot have more than one person.{name} per source.", name)
        items = [_item(name, item) for item in sent]
        _check_primary(name, items)
        items = [item for item in items if set(item) - {"sourcePrimary"}]
        for item in items:
            _check_item(name, item)
        found[name] = items
    return found


def check_contact(fields):
    """ApiError 400 when the contact as a whole is more than Google keeps."""
    if sum(len(items) for items in fields.values()) > FIELD_COUNT:
        raise bad(f"A contact has at most {FIELD_COUNT} fields.")
    text = json.dumps(fields, ensure_ascii=False)
    if len(text.encode()) > CONTACT_BYTES:
        raise bad(f"A contact has at most {CONTACT_BYTES} bytes.")


def check_groups(book, fields, before=()):
    """ApiError 400 for a group that is unknown, or closed to new members."""
    for name in groups_of(fields):
        if name in before:
            continue
        group = book.find_group(name)
        system = name.partition("/")[2] in SYSTEM_GROUPS
        if group is None or (system and name not in OPEN_SYSTEM):
            raise bad(f"Invalid contact group: {name}.", "memberships")


def with_default_group(fields):
    if fields.get("memberships"):
        return fields
    return {**fields, "memberships": memberships([MY_CONTACTS])}


def _item(name, item):
    """What of an item is the contact's own; ``sourcePrimary`` comes from metadata."""
    schemas = document(masks.NAME).schemas
    reference = schemas["Person"]["properties"][name]["items"]["$ref"]
    properties = schemas[reference]["properties"]
    kept = {
        key: value
        for key, value in item.items()
        if key != "metadata"
        and value not in (None, "", {}, [])
        and not properties[key].get("readOnly")
    }
    if name == "memberships":
        kept = _membership(kept)
    if name == "names":
        kept = split_name(kept)
    if (item.get("metadata") or {}).get("sourcePrimary"):
        kept["sourcePrimary"] = True
    return kept


def _membership(item):
    """Memberships of a domain are read-only; of a group only its name counts."""
    group = item.get("contactGroupMembership") or {}
    name = group.get("contactGroupResourceName")
    return memberships([name])[0] if name else {}


def _check_primary(name, items):
    if sum("sourcePrimary" in item for item in items) > 1:
        raise bad("A source has at most one primary item of a field.", name)


def _check_item(name, item):
    for key, value in item.items():
        endless = (name, key) == ("biographies", "value")
        if isinstance(value, str) and len(value) > FIELD_LENGTH and not endless:
            raise bad(
                f"person.{name}.{key} has more than {FIELD_LENGTH} characters.",
                f"{name}.{key}",
            )
        if isinstance(value, dict) and key in ("date", "startDate", "endDate"):
            _check_date(name, value)
    if name == "clientData" and not item.get("key"):
        raise bad("person.clientData.key is required.", "clientData.key")
    if name == "events" and "date" not in item:
        raise bad("person.events.date is required.", "events.date")


def _check_date(name, date):
    year, month, day = (date.get(part) or 0 for part in ("year", "month", "day"))
    if not (0 <= year <= 9999 and 0 <= month <= MONTHS and 0 <= day <= DAYS):
        raise bad(f"Invalid date in person.{name}.", name)
    if not month and day:
        raise bad(f"A day in person.{name} needs its month.", name)
