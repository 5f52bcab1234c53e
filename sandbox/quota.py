"""Google's request quotas: per user and minute, per project and minute."""

from collections import deque

from .errors import STATUS_NAMES, ApiError

WINDOW = 60


class Quota:
    """Sliding windows, off unless ``enabled``. A refused request costs nothing.

    ``status`` is what an overrun answers, 403 or 429; Google uses both.
    """

    def __init__(self, clock):
        self.enabled = False
        self.per_user = 600
        self.per_project = 10_000
        self.status = 403
        self._clock = clock
        self._spent = {}

    def spend(self, account, units):
        """Charge ``units`` to the account; ApiError when a window is full."""
        if not self.enabled:
            return
        now = self._clock.timestamp()
        user = self._window(account.sub, now)
        project = self._window("", now)
        if sum(spent for _at, spent in user) + units > self.per_user:
            raise self._overrun("userRateLimitExceeded", "User Rate Limit Exceeded")
        if sum(spent for _at, spent in project) + units > self.per_project:
            raise self._overrun("rateLimitExceeded", "Rate Limit Exceeded")
        user.append((now, units))
        project.append((now, units))

    def _window(self, key, now):
        window = self._spent.setdefault(key, deque())
        while window and window[0][0] <= now - WINDOW:
            window.popleft()
        return window

    def _overrun(self, reason, message):
        name = STATUS_NAMES[self.status]
        return ApiError(self.status, reason, message, status_name=name)
