"""What stands between the library's batch and the network: only whole answers pass.

The library drops every reply of a batch when one is missing or cut (a bare KeyError);
here such a part becomes a 503 "noAnswer". It must never touch a part that is whole.
"""

from __future__ import annotations

import re
from email.message import Message
from email.parser import Parser
from typing import Any
from uuid import uuid4

_ASKED = re.compile(r"^Content-ID: <[^>]* \+ ([^>]+)>", re.MULTILINE)
_ANSWERED = re.compile(r"<[^>]* \+ ([^>]+)>")
_HTTP = re.compile(r"HTTP/\d\.\d \d{3} .*\r?\n")
_HEADERS_END = re.compile(r"\r?\n\r?\n")

_NO_ANSWER = (
    "HTTP/1.1 503 No Answer\r\ncontent-type: application/json\r\n\r\n"
    '{"error": {"code": 503, "message": "The batch came back without this part.",'
    ' "errors": [{"reason": "noAnswer"}]}}'
)


class WholeBatch:
    """An http for BatchHttpRequest.execute that answers for every part asked."""

    def __init__(self, http: Any) -> None:
        self._http = http

    def request(
        self, uri: str, method: str, body: str, headers: dict[str, str]
    ) -> tuple[Any, bytes]:
        response, content = self._http.request(
            uri, method=method, body=body, headers=headers
        )
        if response.status >= 300:
            return response, content
        asked = _ASKED.findall(body)
        parts = _whole_parts(response.get("content-type", ""), content)
        if parts.keys() >= set(asked):
            return response, content
        boundary = uuid4().hex
        response["content-type"] = f'multipart/mixed; boundary="{boundary}"'
        return response, _compose(boundary, {p: parts.get(p) for p in asked})


def _whole_parts(content_type: str, content: bytes) -> dict[str, str]:
    text = content.decode("utf-8", errors="replace")
    message = Parser().parsestr(f"content-type: {content_type}\r\n\r\n{text}")
    payloads = message.get_payload() if message.is_multipart() else []
    return dict(filter(None, map(_whole_part, payloads)))


def _whole_part(part: Message | str) -> tuple[str, str] | None:
    if isinstance(part, str):
        return None
    name = _ANSWERED.fullmatch(str(part["Content-ID"] or "").strip())
    reply = part.get_payload()
    if not name or not isinstance(reply, str):
        return None
    if not _HTTP.match(reply) or not _HEADERS_END.search(reply):
        return None
    return name[1], reply


def _compose(boundary: str, parts: dict[str, str | None]) -> bytes:
    lines = []
    for name, reply in parts.items():
        lines += [
            f"--{boundary}",
            "Content-Type: application/http",
            f"Content-ID: <response- + {name}>",
            "",
            reply or _NO_ANSWER,
        ]
    return "\r\n".join([*lines, f"--{boundary}--", ""]).encode()
