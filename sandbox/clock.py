"""The sandbox's time: real time plus an offset, or frozen."""

import time
from datetime import datetime, timedelta, timezone

UTC = timezone.utc


class Clock:
    """A clock that tests can move forward; every expiry is measured with it."""

    def __init__(self):
        self._offset = timedelta(0)
        self._frozen = None

    def now(self):
        """The current moment, aware, in UTC."""
        base = self._frozen or datetime.now(UTC)
        return base + self._offset

    def timestamp(self):
        return self.now().timestamp()

    def advance(self, seconds):
        self._offset += timedelta(seconds=seconds)

    @staticmethod
    def pause(seconds):
        """Let real time pass: what ``latency`` and slow answers are made of."""
        time.sleep(seconds)

    def freeze(self, moment=None):
        """Stop at ``moment`` (aware; now when left out); ``advance`` still works."""
        self._frozen = moment or self.now()
        self._offset = timedelta(0)


def rfc3339_millis(moment):
    """As Google writes ``created`` and ``updated``: UTC with milliseconds."""
    moment = moment.astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
