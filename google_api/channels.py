"""Google's channels: push notifications of the changes of one calendar.

It opens and ends them and says how Google took it. A channel's token is the caller's;
it must never be logged, kept or shown here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone

from ..sync.ports import OurBug, Stop
from .client import Client
from .errors import is_transient, judge_list
from .failure import Failure

#: Google refuses the address, not the account: the poll goes on instead.
_NOT_WATCHED = frozenset(
    {
        "push.webhookUrlUnauthorized",
        "push.webhookUrlNotHttps",
        "pushNotSupportedForRequestedResource",
        "channelIdNotUnique",
    }
)


class WatchRefused(Stop):
    """No channel here, for a reason that a person or a new id may mend."""


@dataclass(frozen=True)
class Opened:
    """A channel as Google opened it."""

    resource_id: str
    expires: datetime


class ChannelClient(Client):
    """One account's channels. Not to be shared between threads."""

    def watch(
        self, calendar_id: str, *, channel_id: str, token: str, address: str, life: int
    ) -> Opened:
        """Open a channel for `life` seconds; the first message may come before this
        returns. Raises WatchRefused, or the Stop that any request may meet."""
        request = self._session.resource("events").watch(
            calendarId=calendar_id,
            body={
                "id": channel_id,
                "type": "web_hook",
                "address": address,
                "token": token,
                "params": {"ttl": str(life)},
            },
        )
        answer = self._answer(request)
        if isinstance(answer, Failure):
            raise judge_watch(answer)
        body = answer.resource or {}
        try:
            ends = datetime.fromtimestamp(int(body["expiration"]) / 1000, timezone.utc)
            return Opened(str(body["resourceId"]), ends)
        except (KeyError, ValueError, OverflowError, OSError):
            text = "The answer is no channel."
            raise WatchRefused(text, reason="malformed") from None

    def stop(self, channel_id: str, resource_id: str) -> None:
        """End a channel; one that Google knows no more is ended. Raises a Stop."""
        request = self._session.resource("channels").stop(
            body={"id": channel_id, "resourceId": resource_id}
        )
        answer = self._answer(request)
        if isinstance(answer, Failure) and answer.status not in (404, 410):
            raise judge_list(answer)


def judge_watch(failure: Failure) -> Stop:
    """Why there is no channel: about the address or the calendar, or any request."""
    known = next((word for word in failure.reasons if word in _NOT_WATCHED), "")
    if known:
        return WatchRefused(failure.sentence, reason=known)
    if failure.is_google and any(word.startswith("push.") for word in failure.reasons):
        return WatchRefused(failure.sentence, reason=failure.reason)
    if is_transient(failure):
        return judge_list(failure)
    stop = judge_list(failure)
    if isinstance(stop, OurBug):
        return WatchRefused(failure.sentence, reason=failure.reason)
    return stop
