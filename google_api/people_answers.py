"""The insides of People's batch answers: what became of each contact in one.

A 200 can hold failures, a failure can name the contacts that are to blame, and order
means nothing. What is not answered for is unknown, never done or gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..sync.contacts.ports import Outcome, PersonReply
from ..sync.ports import Resource
from .failure import Failure, scrub

#: google.rpc.Code, as a Status has it.
_NOT_FOUND, _EXHAUSTED, _PRECONDITION, _ABORTED = 5, 8, 9, 10
_UNKNOWN_CODES = {1, 2, 4, 13, 14, 15}
_LATER_CODES = {_EXHAUSTED, _ABORTED}
_BY_HTTP = {404: _NOT_FOUND, 429: _EXHAUSTED, 409: _ABORTED, 400: 3, 403: 7}

_UNANSWERED = PersonReply(
    Outcome.UNKNOWN, reason="noAnswer", message="Google did not answer for it."
)


def named_errors(failure: Failure) -> dict[str, Mapping[str, Any]]:
    """Who is to blame for a refused batch: a Status by index or resource name."""
    for detail in failure.details:
        errors = detail.get("contactErrors")
        if isinstance(errors, dict) and errors:
            return {str(key): status or {} for key, status in errors.items()}
    return {}


def split(
    errors: Mapping[str, Mapping[str, Any]],
    keys: Sequence[str],
    *,
    is_new: bool = False,
) -> list[PersonReply]:
    """Replies for a refused batch: the named ones by their status, the rest undone."""
    undone = PersonReply(Outcome.UNDONE)
    return [
        by_status(errors[key], is_new=is_new) if key in errors else undone
        for key in keys
    ]


def by_status(status: Mapping[str, Any], *, is_new: bool = False) -> PersonReply:
    """What a google.rpc.Status says about one contact."""
    code = int(status.get("code", 2))
    message = scrub(str(status.get("message") or ""))
    outcome = Outcome.REFUSED
    if code in _LATER_CODES:
        outcome = Outcome.LATER
    elif code in _UNKNOWN_CODES:
        outcome = Outcome.UNKNOWN
    elif code == _NOT_FOUND:
        outcome = Outcome.GONE
    elif code == _PRECONDITION and not is_new:
        outcome = Outcome.STALE
    return PersonReply(outcome, reason=f"code{code}", message=message)


def gotten(body: Mapping[str, Any], names: Sequence[str]) -> list[PersonReply]:
    """Replies of people.getBatchGet, by the name that was asked for."""
    found = {x.get("requestedResourceName", ""): x for x in body.get("responses", ())}
    return [_reply(found.get(name)) for name in names]


def updated(body: Mapping[str, Any], names: Sequence[str]) -> list[PersonReply]:
    """Replies of people.batchUpdateContacts; a contact may have a new name by now."""
    result = body.get("updateResult") or {}
    by_request = {
        x["requestedResourceName"]: x
        for x in result.values()
        if x.get("requestedResourceName")
    }
    return [_reply(result.get(name) or by_request.get(name)) for name in names]


def created(body: Mapping[str, Any], bodies: Sequence[Resource]) -> list[PersonReply]:
    """Replies of people.batchCreateContacts, matched by the marker in each body."""
    found: dict[str, Mapping[str, Any]] = {}
    for response in body.get("createdPeople", ()):
        for marker in _markers(response.get("person") or {}):
            found[marker] = response
    return [
        _reply(next((found[m] for m in _markers(body) if m in found), None))
        for body in bodies
    ]


def _markers(person: Mapping[str, Any]) -> list[str]:
    return [
        f"{entry.get('key')}={entry.get('value')}"
        for entry in person.get("clientData") or ()
    ]


def _reply(response: Mapping[str, Any] | None) -> PersonReply:
    if response is None:
        return _UNANSWERED
    status = dict(response.get("status") or {})
    http = int(response.get("httpStatusCode") or 200)
    if not status.get("code") and http >= 400:
        status["code"] = _BY_HTTP.get(http, 2)
    if status.get("code"):
        return by_status(status)
    person = response.get("person") or {}
    if "resourceName" not in person:
        return _UNANSWERED
    return PersonReply(Outcome.DONE, person)
