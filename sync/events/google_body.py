"""Canonical values as the body of a request to Google: only the keys that are ours."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import deepcopy
from datetime import date, datetime
from typing import Any

from ..ports import Resource
from .description import description_to_google
from .fields import EVENT_FIELDS, TO_GOOGLE
from .google_event import GoogleEvent, Marker
from .recurrence import google_lines, in_their_words, rule_of
from .values import EventValues, fit_reminders
from .zones import zone


def insert_body(
    values: EventValues,
    *,
    google_id: str,
    marker: Marker,
    marker_key: str,
    time_zone: str,
    without: Collection[str] = (),
) -> dict[str, Any]:
    """Body of events.insert, without attendees: Google invites and mails nobody.

    time_zone: shown in Google when the values name none. without: fields that stay in
    Odoo.
    """
    ours = [
        name
        for name, field in EVENT_FIELDS.items()
        if field.direction in TO_GOOGLE and name not in without
    ]
    written = patch_body(values, ours, time_zone=time_zone)
    body = _without_nulls(written)
    body["id"] = google_id
    _add(body, {"extendedProperties": {"private": {marker_key: str(marker)}}})
    return body


def _without_nulls(part: Mapping[str, Any]) -> dict[str, Any]:
    """What is to be cleared in a patch is not said of what is new."""
    return {
        name: _without_nulls(value) if isinstance(value, Mapping) else value
        for name, value in part.items()
        if value is not None
    }


def _add(body: dict[str, Any], part: Mapping[str, Any]) -> None:
    """Two fields may lie beside each other under one key of Google's."""
    for name, value in part.items():
        known = body.get(name)
        if isinstance(known, dict) and isinstance(value, Mapping):
            _add(known, value)
        else:
            body[name] = deepcopy(value)


def patch_body(
    values: EventValues,
    names: Iterable[str],
    *,
    time_zone: str,
    email_reminders: Sequence[Resource] = (),
    attendees: Sequence[Resource] = (),
    fresh: GoogleEvent | None = None,
) -> dict[str, Any]:
    """Body of events.patch for the named fields; null clears.

    email_reminders: Google's mail reminders as just read; the list is replaced as a
    whole, so they are written back. attendees: the whole list, for the guests. fresh:
    a series as just read, whose words for its rule are kept.
    """
    body: dict[str, Any] = {}
    for name in names:
        writer = EVENT_FIELDS[name].body
        if writer is not None:
            _add(body, writer(values.get(name)))
        elif name in ("period", "time_zone"):
            body.update(_when(values, time_zone))
            # An UNTIL and an EXDATE are instants: they move along.
            if rule_of(values.recurrence) is not None:
                body["recurrence"] = _lines(values, time_zone, fresh)
        elif name == "recurrence":
            body["recurrence"] = _lines(values, time_zone, fresh) or None
        elif name == "guests":
            body["attendees"] = list(attendees)
        elif name == "reminders":
            body["reminders"] = _reminders(values.reminders, email_reminders)
        else:
            body.update(_SIMPLE[name](values))
    return body


_SIMPLE: dict[str, Any] = {
    "color": lambda v: {"colorId": v.color or None},
    "source": lambda v: {"source": _source(v.source)},
    "title": lambda v: {"summary": v.title},
    "place": lambda v: {"location": v.place},
    "description": lambda v: {"description": description_to_google(v.description)},
    "private": lambda v: {"visibility": "private" if v.private else "default"},
    "busy": lambda v: {"transparency": "opaque" if v.busy else "transparent"},
}


def _source(address: str | None) -> dict[str, str] | None:
    """The address is its own title: Google shows the title, in no language of ours."""
    return {"title": address, "url": address} if address else None


def _when(values: EventValues, fallback: str) -> dict[str, Any]:
    """start and end; the other form's keys are nulled, as patch wants."""
    name = _zone_of(values, fallback)
    return {
        "start": _edge(values.period.start, name),
        "end": _edge(values.period.end, name),
    }


def _lines(values: EventValues, fallback: str, fresh: GoogleEvent | None) -> list[str]:
    lines = google_lines(values, _zone_of(values, fallback))
    known = fresh.values if fresh else None
    if fresh is None or known is None or known.period.start != values.period.start:
        return lines
    return in_their_words(lines, values.recurrence, known.recurrence, fresh.lines)


def _zone_of(values: EventValues, fallback: str) -> str:
    """The zone to name; a series always has one (Google refuses it otherwise)."""
    return values.time_zone or fallback or ("UTC" if values.recurrence else "")


def _edge(moment: date | datetime, zone_name: str) -> dict[str, Any]:
    if not isinstance(moment, datetime):
        return {"date": moment.isoformat(), "dateTime": None, "timeZone": None}
    local = moment.astimezone(zone(zone_name))
    return {
        "date": None,
        "dateTime": local.isoformat(),
        "timeZone": zone_name or None,
    }


def response_body(event: GoogleEvent, answer: str) -> dict[str, Any]:
    """Body of a patch of the owner's own answer (accepted, declined).

    Google replaces the list as a whole: the others are written back as read. A list
    that Google cut is never written: the own entry goes alone, and Google says so.
    """
    own = [{**g, "responseStatus": answer} for g in event.attendees if g.get("self")]
    if event.attendees_omitted:
        return {"attendeesOmitted": True, "attendees": own}
    others = [guest for guest in event.attendees if not guest.get("self")]
    return {"attendees": [*others, *own]}


def _reminders(popups: tuple[int, ...], others: Sequence[Resource]) -> dict[str, Any]:
    kept = fit_reminders(popups, len(others))
    overrides = [{"method": o["method"], "minutes": o["minutes"]} for o in others]
    overrides += [{"method": "popup", "minutes": m} for m in kept]
    return {"useDefault": False, "overrides": overrides}
