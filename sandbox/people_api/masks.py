"""Field masks: which names are valid is read from the discovery document."""

import re
from functools import cache

from ..discovery import document
from .errors import bad

NAME = "people.v1"


@cache
def _described(method_id, parameter):
    """The valid values that a parameter's description lists."""
    api = document(NAME)
    method = next(m for m in api.methods if m.id == method_id)
    text = method.raw["parameters"][parameter]["description"]
    return tuple(re.findall(r"\* (\w+)", text))


def readable():
    return _described("people.people.get", "personFields")


def writable():
    return _described("people.people.updateContact", "updatePersonFields")


def group_fields():
    return _described("people.contactGroups.get", "groupFields")


def parse(text, valid, parameter):
    """The names in a mask; ApiError 400 for one that is unknown. Empty: no names."""
    if not text:
        return []
    names = text.split(",")
    for name in names:
        if name not in valid:
            raise bad(
                f'Invalid {parameter} mask path: "{name}". Valid paths are: '
                f"{', '.join(valid)}.",
                parameter,
            )
    return list(dict.fromkeys(names))


def required(text, valid, parameter):
    """As ``parse``; ApiError 400 when the mask is missing or empty."""
    names = parse(text, valid, parameter)
    if not names:
        raise bad(
            f"{parameter} mask is required. Please specify one or more valid paths.",
            parameter,
        )
    return names


def of_request(params):
    """What a read asks for: ``personFields``, or the old ``requestMask``."""
    text = params.get("personFields")
    old = params.get("requestMask.includeField")
    if not text and old:
        text = ",".join(path.removeprefix("person.") for path in old.split(","))
    return required(text, readable(), "personFields")
