"""Faults on demand: errors before or after the work, cuts, slowness, broken bodies.

A fault matches a route (``calendar.events.insert``, ``people.people.createContact``,
``batch``, ``people.batch``, ``oauth.token``) or ``METHOD /path``, both with shell
wildcards; on the People API it answers in that API's style. Parts of a batch are
matched under their own method id; what breaks a connection or a body applies to whole
requests only.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from .errors import STATUS_NAMES, ApiError, unauthenticated

# kind -> status, reason, message
ERRORS = {
    "rate_limit": (403, "rateLimitExceeded", "Rate Limit Exceeded"),
    "user_rate_limit": (403, "userRateLimitExceeded", "User Rate Limit Exceeded"),
    "too_many_requests": (429, "rateLimitExceeded", "Rate Limit Exceeded"),
    "quota_exceeded": (403, "quotaExceeded", "Calendar usage limits exceeded."),
    "daily_limit": (403, "dailyLimitExceeded", "Daily Limit Exceeded"),
    "queries_per_day": (
        *(403, "rateLimitExceeded"),
        "Quota exceeded for quota metric 'Queries' and limit 'Queries per day' of "
        "service 'calendar-json.googleapis.com'.",
    ),
    "insufficient_scope": (
        *(403, "insufficientPermissions"),
        "Request had insufficient authentication scopes.",
    ),
    "forbidden": (403, "forbidden", "Forbidden"),
    "not_found": (404, "notFound", "Not Found"),
    "conflict": (409, "conflict", "Conflict"),
    "gone": (410, "fullSyncRequired", "Sync token is no longer valid."),
    "failed_precondition": (400, "failedPrecondition", "Precondition check failed."),
    "expired_sync_token": (400, "EXPIRED_SYNC_TOKEN", "Sync token is expired."),
    "internal_error": (500, "internalError", "Internal Error"),
    "backend_error": (503, "backendError", "Backend Error"),
    "gateway_timeout": (504, "backendError", "Deadline exceeded"),
}
WHOLE = {"bad_gateway", "cut", "slow", "truncated", "malformed", "empty"}
KINDS = {*ERRORS, *WHOLE, "error", "auth", "drop_part"}


@dataclass
class Fault:
    """``times`` is how often it still strikes, after letting ``skip`` matches pass."""

    match: str
    kind: str
    times: int
    when: str
    skip: int = 0
    status: int = 503
    reason: str = "backendError"
    message: str = ""
    retry_after: int = None
    seconds: float = 0.0

    def matches(self, route, line):
        return fnmatchcase(route, self.match) or fnmatchcase(line, self.match)

    def error(self):
        """The ApiError of this fault, or None for a kind that is no error."""
        if self.kind == "auth":
            return unauthenticated()
        if self.kind not in (*ERRORS, "error"):
            return None
        default = (self.status, self.reason, self.reason)
        status, reason, message = ERRORS.get(self.kind, default)
        headers = {}
        if self.retry_after is not None:
            headers["Retry-After"] = str(self.retry_after)
        return ApiError(
            status,
            reason,
            self.message or message,
            headers=headers,
            status_name=STATUS_NAMES.get(status),
        )


class Faults:
    """The queue of faults, struck in the order they were added."""

    def __init__(self):
        self.queue = []
        self.struck = 0

    def add(self, match="*", kind="backend_error", times=1, when="before", **options):
        """Plan a fault and return it.

        ``kind``: a key of ``ERRORS``; ``error`` (with ``status``, ``reason``); ``auth``
        (401); ``bad_gateway`` (502, HTML); ``cut`` (closes the connection); ``slow``
        (``seconds``); ``truncated``, ``malformed``, ``empty`` (the body); ``drop_part``
        (a batch part without an answer). ``when``: ``before`` or ``after`` the work was
        done. Options: ``skip``, ``retry_after``, ``message``, ``status``, ``reason``.
        """
        if kind not in KINDS:
            raise ValueError(f"unknown kind {kind}: one of {', '.join(sorted(KINDS))}")
        if when not in ("before", "after"):
            raise ValueError("when is before or after")
        fault = Fault(match, kind, times, when, **options)
        self.queue.append(fault)
        return fault

    def clear(self):
        self.queue.clear()

    def strike(self, route, line, *, part=False):
        """The fault that hits this request or part, used up once; or None."""
        for fault in self.queue:
            fits = fault.kind not in WHOLE if part else fault.kind != "drop_part"
            if not (fits and fault.matches(route, line)):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            fault.times -= 1
            if fault.times <= 0:
                self.queue.remove(fault)
            self.struck += 1
            return fault
        return None
