"""A scripted Google on loopback: it plays answers and faults, and keeps what it got.

It knows no rule of Google's: each test says what is answered and asserts what was sent.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import Message
from email.parser import Parser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

DATE = "Tue, 03 Nov 2026 08:00:00 GMT"


@dataclass
class Request:
    method: str
    target: str
    headers: Message
    body: str

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return {k: v for k, (v, *_) in parse_qs(urlsplit(self.target).query).items()}

    @property
    def form(self) -> dict[str, str]:
        return {k: v for k, (v, *_) in parse_qs(self.body).items()}

    @property
    def json(self) -> dict:
        return json.loads(self.body)

    @property
    def token(self) -> str:
        return self.headers["authorization"].removeprefix("Bearer ")

    @property
    def parts(self) -> list[Part]:
        envelope = f"content-type: {self.headers['content-type']}\r\n\r\n{self.body}"
        return [_part(part) for part in Parser().parsestr(envelope).get_payload()]


@dataclass
class Part(Request):
    content_id: str = ""

    def reply(self, status: int, body: object = None, **headers: str) -> str:
        """This part's reply as Google writes it."""
        content_id = self.content_id.replace("<", "<response-", 1)
        lines = [f"HTTP/1.1 {status} Whatever"]
        lines += [f"{k.replace('_', '-')}: {v}" for k, v in headers.items()]
        lines += ["Content-Type: application/json", "", _text(body)]
        head = f"Content-Type: application/http\r\nContent-ID: {content_id}\r\n\r\n"
        return head + "\r\n".join(lines)


def _part(message: Message) -> Part:
    line, rest = message.get_payload().split("\n", 1)
    inner = Parser().parsestr(rest)
    method, target, _version = line.split(" ")
    return Part(method, target, inner, inner.get_payload(), message["Content-ID"])


@dataclass
class Answer:
    status: int
    body: object = None
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    """Bytes that are announced and never sent."""


def batch(*replies: str) -> Answer:
    body = "".join(f"--b\r\n{reply}\r\n" for reply in replies) + "--b--\r\n"
    return Answer(200, body, {"content-type": "multipart/mixed; boundary=b"})


def error(code: int, reason: str, message: str = "As Google says it.") -> dict:
    """An error body of the classic Calendar style."""
    entry = {"domain": "calendar", "reason": reason, "message": message}
    return {"error": {"errors": [entry], "code": code, "message": message}}


Step = Answer | Exception | Callable[[Request], Answer]


class QuietServer(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is what some tests are about."""


class Wire:
    """Answers with the next step; an exception as a step cuts the connection."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.seen: list[Request] = []
        self.complaints: list[AssertionError] = []
        """Of this server's threads, where pytest does not hear them."""
        self.server = QuietServer(("127.0.0.1", 0), self._handler())
        self.root = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(
            target=self.server.serve_forever, args=(0.01,), daemon=True
        ).start()

    def play(self, *steps: Step) -> None:
        self.steps += steps

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def answer(self, request: Request) -> Answer:
        self.seen.append(request)
        step = self.steps.pop(0) if self.steps else AssertionError("nothing scripted")
        if isinstance(step, Exception):
            raise step
        return step(request) if callable(step) else step

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        wire = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                request = Request(self.command, self.path, self.headers, body.decode())
                try:
                    answer = wire.answer(request)
                except OSError:
                    self.close_connection = True
                    return
                except AssertionError as error:
                    wire.complaints.append(error)
                    self.close_connection = True
                    return
                content = _text(answer.body).encode()
                self.send_response_only(answer.status)
                headers = {"date": DATE, "content-type": "application/json"}
                headers["content-length"] = str(len(content) + answer.cut)
                for name, value in (headers | answer.headers).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)
                self.close_connection = bool(answer.cut)

            do_GET = do_POST = do_PATCH = do_DELETE = handle_any

            def log_message(self, *args: object) -> None:
                pass

        return Handler


def _text(body: object) -> str:
    if body is None:
        return ""
    return body if isinstance(body, str) else json.dumps(body)


EVENTS = "/calendar/v3/calendars/home%231%40group.calendar.google.com/events"
EVENT = {"id": "e1", "etag": '"2"', "summary": "Meeting"}
RESET = ConnectionResetError()
LIST = Answer(200, {"kind": "calendar#events", "items": []})
MISSING = Answer(404, error(404, "notFound"))
