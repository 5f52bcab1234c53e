"""Requests and answers as the sandbox's own code sees them.

A ``Call`` comes from an HTTP request or from a part of a batch; handlers never see
which, and never see Werkzeug.
"""

import json
from dataclasses import dataclass, field

from werkzeug.datastructures import Headers, MultiDict


@dataclass
class Call:
    """One request. ``args`` is the decoded query, ``path`` is percent-decoded."""

    method: str
    path: str
    args: MultiDict
    headers: Headers
    body: bytes = b""
    in_batch: bool = False

    def json(self):
        """The decoded body, None when empty; ValueError when it is not JSON."""
        return json.loads(self.body) if self.body.strip() else None

    def bearer(self):
        """The access token of the Authorization header, or an empty string."""
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else ""


@dataclass
class Answer:
    """One answer. ``body`` is bytes, or an object that becomes JSON."""

    status: int = 200
    body: object = None
    headers: dict = field(default_factory=dict)
    content_type: str = "application/json; charset=UTF-8"
    pretty: bool = True

    def payload(self):
        if self.body is None:
            return b""
        if isinstance(self.body, bytes):
            return self.body
        # Pretty means a line per value; real indentation would leave the fast encoder.
        separators = (",\n ", ": ") if self.pretty else (",", ":")
        return json.dumps(self.body, ensure_ascii=False, separators=separators).encode()


def error_answer(error, pretty=True):
    return Answer(error.status, error.body(), dict(error.headers), pretty=pretty)


def html(text, status=200, **headers):
    return Answer(status, text.encode(), headers, "text/html; charset=utf-8")


def redirect(location):
    return Answer(302, b"", {"Location": location}, "text/html; charset=utf-8")
