"""What Google said when it did not do what was asked: body, status and headers read.

It understands both error styles of Google's APIs, OAuth errors, HTML and emptiness.
It must never decide anything (see `errors`), nor let a token into a message.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Any

from .storable import storable

#: Tokens, codes and secrets as Google makes them, should a sentence ever quote one.
_SECRET = re.compile(
    r"(?:Bearer\s+\S+|ya29\.[\w.~+/-]+|[14]/+0[\w-]+|GOCSPX-[\w-]+|AIza[\w-]{30,}"
    r"|eyJ[\w-]+\.[\w-]+\.[\w-]*)"
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_REASON = re.compile(r"[A-Za-z][\w.-]{0,60}")
_MESSAGE_LENGTH = 500


@dataclass(frozen=True)
class Failure:
    """One answer that is not a success; status 0: no (whole) answer came."""

    status: int
    reasons: tuple[str, ...] = ()
    """Google's words, the most telling first."""
    message: str = ""
    location: str = ""
    """The parameter or field that Google complains about."""
    retry_after: float = 0.0
    is_google: bool = True
    """False when the body is not one of Google's errors: perhaps a gateway spoke."""
    details: tuple[Mapping[str, Any], ...] = ()
    """Google's own particulars, as they came."""
    domains: tuple[str, ...] = ()
    """Whose the reasons of the old style are, such as usageLimits."""
    date: datetime | None = None
    """Google's clock."""

    @property
    def reason(self) -> str:
        return self.reasons[0] if self.reasons else f"http{self.status}"

    @property
    def sentence(self) -> str:
        return self.message or f"HTTP {self.status}"


def read_failure(
    status: int, headers: Mapping[str, Any], content: bytes | str
) -> Failure:
    """Read an HTTP answer; `headers` have lower-case keys."""
    body = json_object(content)
    error = body.get("error")
    retry_after = _retry_after(headers)
    if isinstance(error, str):
        text = str(body.get("error_description") or error)
        return Failure(status, (_word(error),), scrub(text), retry_after=retry_after)
    if not isinstance(error, dict):
        return Failure(status, retry_after=retry_after, is_google=False)
    return Failure(
        status,
        (*_reasons(error), *_challenged(headers)),
        _message(error),
        str(next(_pick(error, "errors", "location"), "")),
        retry_after,
        details=_details(error),
        domains=tuple(map(str, _pick(error, "errors", "domain"))),
        date=read_date(headers),
    )


def no_answer(error: BaseException) -> Failure:
    """The network broke: whether the work was done is unknown."""
    text = scrub(f"{type(error).__name__}: {error}")
    return Failure(0, ("network",), text, is_google=False)


def malformed_answer(status: int) -> Failure:
    """A success whose body is not what Google sends: a portal, a cut body."""
    text = f"HTTP {status} without a body that Google would send"
    return Failure(0, ("malformed",), text, is_google=False)


def json_object(content: bytes | str) -> dict[str, Any]:
    """The JSON object in `content`, empty when it holds anything else."""
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return storable(body) if isinstance(body, dict) else {}


def read_date(headers: Mapping[str, Any]) -> datetime | None:
    """Google's clock: the Date header in aware UTC."""
    try:
        date = parsedate_to_datetime(str(headers["date"]))
    except (KeyError, ValueError, TypeError):
        return None
    if date.tzinfo is None:
        return date.replace(tzinfo=timezone.utc)
    return date.astimezone(timezone.utc)


def scrub(text: str) -> str:
    """`text` as a sentence to show: no token, no mark-up, no JSON, not too long."""
    if text.lstrip()[:1] == "{":
        return ""
    return _TAG.sub("", _SECRET.sub("***", text))[:_MESSAGE_LENGTH]


def _message(error: Mapping[str, Any]) -> str:
    """Google's sentence, with the address where an administrator can act."""
    text = scrub(str(error.get("message") or ""))
    for metadata in _pick(error, "details", "metadata"):
        address = isinstance(metadata, dict) and str(metadata.get("activationUrl", ""))
        if address and address not in text:
            text = f"{text} Enable it by visiting {address}".strip()
    return text


def _reasons(error: Mapping[str, Any]) -> Iterator[str]:
    # Both styles can stand in one body, and the old one can be the vaguer of the two.
    yield from map(_word, _pick(error, "errors", "reason"))
    yield from map(_word, _pick(error, "details", "reason"))
    if error.get("status"):
        yield _word(error["status"])


def _challenged(headers: Mapping[str, Any]) -> Iterator[str]:
    """A scope that is missing may be named in the header of the challenge alone."""
    if "insufficient_scope" in str(headers.get("www-authenticate", "")):
        yield "insufficient_scope"


def _word(reason: Any) -> str:
    """A reason as it may be shown: anything but one word is none."""
    return str(reason) if _REASON.fullmatch(str(reason)) else "unknown"


def _details(error: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    entries = error.get("details")
    entries = entries if isinstance(entries, list) else ()
    return tuple(entry for entry in entries if isinstance(entry, dict))


def _pick(error: Mapping[str, Any], where: str, key: str) -> Iterator[Any]:
    entries = error.get(where)
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and entry.get(key):
            yield entry[key]


def _retry_after(headers: Mapping[str, Any]) -> float:
    value = str(headers.get("retry-after", "")).strip()
    if value.isdigit():
        return float(value)
    until, now = read_date({"date": value}), read_date(headers)
    if until is None or now is None:
        return 0.0
    return max((until - now) / timedelta(seconds=1), 0.0)
