"""Push notifications: channels that clients open, and the messages that go out.

Only addresses that Google would take: https, or http on this very computer, so that it
can be tried. A message says that something changed and never what.
"""

import hashlib
import re
import threading
import time
import urllib.error
import urllib.request
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import format_datetime
from urllib.parse import quote, urlsplit

from ..errors import ApiError, invalid, not_found, required

LIFE = 7 * 86400
ID_PATTERN = re.compile(r"[A-Za-z0-9\-_+/=]{1,64}")
LOOPBACK = ("localhost", "127.0.0.1", "::1")
#: Answers that Google takes for "try again"; all other failures lose the message.
AGAIN = (500, 502, 503, 504)
TRIES = 4
FIRST_WAIT = 0.2
TIMEOUT = 5.0


@dataclass
class Channel:
    """One open channel: who opened it, on which calendar, and where it leads."""

    id: str
    resource_id: str
    calendar_id: str
    address: str
    token: str
    sub: str
    client_id: str
    expires: float
    number: int = 0


@dataclass(frozen=True)
class Message:
    """What is posted. It has no body: all is in the headers."""

    address: str
    headers: dict


class Channels:
    """All channels of the world, with the switches of their simulation.

    ``delay``: seconds before a message goes out. ``lose``: so many messages get lost.
    ``repeat``: so many times a message comes again. ``early``: the first message
    arrives before ``watch`` is answered. ``longest``: what a longer life is cut to.
    ``refuses``: the reason with which every address is refused. ``held``: messages wait
    in ``box`` until ``release``. ``sent`` counts what was answered, by status.
    """

    def __init__(self, world):
        self._world = world
        self.open = {}
        self.used_ids = set()
        self.delay = 0.0
        self.lose = 0
        self.repeat = 0
        self.early = False
        self.longest = LIFE
        self.refuses = ""
        self.held = False
        self.box = []
        self.sent = {}
        self._queue = deque()
        self._wake = threading.Condition()
        self._thread = None

    # -- the two methods

    def watch(self, session, calendar, body):
        """Open a channel on a calendar's events; what Google answers."""
        self._check(body, calendar)
        now = self._world.clock.timestamp()
        channel = Channel(
            body["id"],
            hashlib.sha256(calendar.id.encode()).hexdigest()[:27],
            calendar.id,
            body["address"],
            body.get("token") or "",
            session.account.sub,
            session.client.client_id,
            now + self._life(body, now),
        )
        self.open[channel.id] = channel
        self.used_ids.add(channel.id)
        self._world.dirty = True
        first = self._message(channel, "sync")
        if self.early and not self.held:
            self._deliver(first)
        else:
            self._send(first)
        answer = {
            "kind": "api#channel",
            "id": channel.id,
            "resourceId": channel.resource_id,
            "resourceUri": self._uri(channel),
            "expiration": str(int(channel.expires * 1000)),
        }
        return {**answer, "token": channel.token} if channel.token else answer

    def stop(self, session, body):
        """End a channel; only whoever opened it may, with the same client."""
        for name in ("id", "resourceId"):
            if not body.get(name):
                raise required("Required", name)
        channel = self.open.get(body["id"])
        mine = channel and (channel.sub, channel.client_id) == (
            session.account.sub,
            session.client.client_id,
        )
        if not mine or channel.resource_id != body["resourceId"]:
            raise not_found()
        del self.open[channel.id]
        self._world.dirty = True

    def _check(self, body, calendar):
        for name in ("id", "type", "address"):
            if not body.get(name):
                raise required("Required", name)
        if not ID_PATTERN.fullmatch(body["id"]):
            raise invalid("Channel id is not valid.", "id", "channelIdInvalid")
        if body["type"] != "web_hook":
            raise invalid("Unknown channel type.", "type", "channelUnknown")
        if len(body.get("token") or "") > 256:
            raise invalid("The token is too long.", "token")
        if body["id"] in self.used_ids:
            text = f"Channel id {body['id']} not unique"
            raise ApiError(400, "channelIdNotUnique", text)
        if not calendar.owner:
            raise ApiError(
                400,
                "pushNotSupportedForRequestedResource",
                "Push notifications are not supported by this resource.",
            )
        self._check_address(body["address"])

    def _check_address(self, address):
        parts = urlsplit(address)
        host = parts.hostname or ""
        if parts.scheme != "https" and not (
            parts.scheme == "http" and host in LOOPBACK
        ):
            raise ApiError(
                400,
                "push.webhookUrlNotHttps",
                f"WebHook callback must be HTTPS: {address}",
                domain="push",
            )
        is_ours = parts.scheme == "http"
        if self.refuses or not (is_ours or _is_public(host)):
            raise ApiError(
                401,
                self.refuses or "push.webhookUrlUnauthorized",
                f"Unauthorized WebHook callback channel: {address}",
                domain="push",
            )

    def _life(self, body, now):
        """Seconds, as ``params.ttl`` or ``expiration`` ask for them."""
        asked = LIFE
        try:
            if body.get("expiration"):
                asked = int(body["expiration"]) / 1000 - now
            if (body.get("params") or {}).get("ttl"):
                asked = int(body["params"]["ttl"])
        except ValueError:
            raise invalid("Invalid time to live.", "params.ttl") from None
        if asked <= 0:
            raise invalid("Invalid time to live.", "params.ttl")
        return min(asked, self.longest)

    # -- messages

    def changed(self, calendar):
        """Tell everybody who watches this calendar; called at each change."""
        now = self._world.clock.timestamp()
        for channel in list(self.open.values()):
            if channel.expires <= now:
                del self.open[channel.id]
            elif channel.calendar_id == calendar.id:
                state = "not_exists" if calendar.deleted else "exists"
                self._send(self._message(channel, state))

    def kill(self):
        """Every channel dies without a word, before its time."""
        self.open.clear()
        self._world.dirty = True

    def release(self):
        """Send what was held; later messages go out at once."""
        self.held = False
        box, self.box = self.box, []
        for message in box:
            self._enqueue(message)

    def take(self):
        """The messages that are held, which are not sent any more."""
        box, self.box = self.box, []
        return box

    def _message(self, channel, state):
        # Growing, and not by one each time.
        channel.number += 1 if state == "sync" else 1 + channel.number % 3
        ends = datetime.fromtimestamp(channel.expires, timezone.utc)
        headers = {
            "X-Goog-Channel-ID": channel.id,
            "X-Goog-Channel-Expiration": format_datetime(ends, usegmt=True),
            "X-Goog-Resource-ID": channel.resource_id,
            "X-Goog-Resource-URI": self._uri(channel),
            "X-Goog-Resource-State": state,
            "X-Goog-Message-Number": str(channel.number),
        }
        if channel.token:
            headers["X-Goog-Channel-Token"] = channel.token
        return Message(channel.address, headers)

    def _uri(self, channel):
        calendar = quote(channel.calendar_id, safe="@")
        return f"{self._world.url}/calendar/v3/calendars/{calendar}/events?alt=json"

    def _send(self, message):
        if self.held:
            self.box.append(message)
            return
        if self.lose > 0:
            self.lose -= 1
            self._count("lost")
            return
        for _time in range(1 + self.repeat):
            self._enqueue(message)

    def _enqueue(self, message):
        with self._wake:
            self._queue.append((time.monotonic() + self.delay, message))
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._run, name="sandbox-push", daemon=True
                )
                self._thread.start()
            self._wake.notify()

    def _run(self):
        while True:
            with self._wake:
                while not self._queue:
                    self._wake.wait()
                due, message = self._queue.popleft()
            self._world.clock.pause(max(0.0, due - time.monotonic()))
            self._deliver(message)

    def _deliver(self, message):
        for attempt in range(TRIES):
            status = _post(message)
            self._count(status)
            if status not in AGAIN:
                return
            self._world.clock.pause(FIRST_WAIT * 2**attempt)

    def _count(self, what):
        self.sent[what] = self.sent.get(what, 0) + 1

    # -- a restart of the sandbox

    def dump(self):
        return {
            "open": [vars(channel) for channel in self.open.values()],
            "used_ids": sorted(self.used_ids),
        }

    def load(self, raw):
        self.open = {entry["id"]: Channel(**entry) for entry in raw.get("open", ())}
        self.used_ids = set(raw.get("used_ids", ()))


def _is_public(host):
    """A name that a public authority gives a certificate for."""
    is_ip = ":" in host or host.replace(".", "").isdigit()
    return "." in host and not is_ip and not host.endswith((".local", ".internal"))


def _post(message):
    """The status of the answer; 0 when there was none."""
    request = urllib.request.Request(
        message.address, data=b"", headers=message.headers, method="POST"
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=TIMEOUT) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
