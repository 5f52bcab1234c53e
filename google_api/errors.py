"""The single place that turns Google's status and reason into a decision.

Pure functions over a `Failure`: a `Reply` for one event, or a `Stop` for the account.
It must never decide on a status where a reason is there to be read (403 above all).
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from ..sync.contacts.ports import Outcome, PersonReply
from ..sync.ports import (
    AdminNeeded,
    CalendarLost,
    Call,
    Insert,
    Move,
    OurBug,
    PageTokenExpired,
    ReconnectNeeded,
    Reply,
    RetryLater,
    ScopeMissing,
    Stop,
    SyncTokenExpired,
    Verdict,
)
from .failure import Failure

#: The account's abuse limit lasts hours, and trying again makes it last longer.
QUOTA_PAUSE = 3 * 3600.0
#: Where the project's day ends at midnight.
_PACIFIC = ZoneInfo("America/Los_Angeles")
#: A 401 that a fresh access token did not cure is mostly transient.
AUTH_PAUSE = 180.0
#: A day's contact writes are used up: what Google lists is still read meanwhile.
CONTACTS_DAY_PAUSE = 3600.0

TOO_FAST_REASONS = {
    "rateLimitExceeded",
    "userRateLimitExceeded",
    "RATE_LIMIT_EXCEEDED",
}
QUOTA_REASONS = {"quotaExceeded", "calendarUsageLimits"}
#: Today's Google names the pace only, and the day in its sentence.
DAILY = "dailyLimitExceeded"
DAILY_REASONS = {DAILY}
#: Ours: Google names the pace only, and the day in the quota's name.
CONTACTS_OF_THE_DAY = "contactWritesPerDay"
_UNSIGNED = {"dailyLimitExceededUnreg"}
_SCOPE = {
    "insufficientPermissions",
    "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
    "insufficient_scope",
}
_NO_SCOPE = "insufficient authentication scopes"
_ADMIN = {
    "accessNotConfigured",
    "SERVICE_DISABLED",
    "domainPolicy",
    "forbiddenForServiceAccounts",
    "notACalendarUser",
}
#: Google's own, even when the body is empty.
_PLAIN = {401, 409, 410, 412, 413}
_CONFLICT = {"conflict", "ABORTED"}
_SYNC_TOKEN_DEAD = {"fullSyncRequired", "updatedMinTooLongAgo"}
_STALE_PERSON = {"failedPrecondition", "FAILED_PRECONDITION"}
_EXPIRED_PEOPLE = {"EXPIRED_SYNC_TOKEN"}
_UNREADABLE = {"forbidden", "requiredAccessLevel"}
#: Words of the domain of limits that say something else, or something more.
_TELLING = QUOTA_REASONS | DAILY_REASONS | _UNSIGNED | _SCOPE | _ADMIN

_ADMIN_TOKEN = {
    "access_denied",
    "admin_policy_enforced",
    "deleted_client",
    "disabled_client",
    "invalid_client",
    "org_internal",
    "redirect_uri_mismatch",
    "restricted_client",
    "unauthorized_client",
}
_BUG_TOKEN = {"invalid_request", "unsupported_grant_type"}


def judge_call(call: Call, failure: Failure) -> Reply | Stop:
    """What a failed call on one event means.

    A 404 on an insert can only be about the calendar. On any other call it may be about
    the event or the calendar: it comes back as GONE `notFound`, and the caller must
    make sure that the calendar is there before it believes it (see `calendar`).
    """
    if _is_day_over(failure):
        return _until_midnight(failure)
    if is_transient(failure):
        return _reply(Verdict.RETRY, failure)
    stop = _account_stop(failure)
    if stop:
        return stop
    if failure.status == 404 and isinstance(call, Insert):
        return CalendarLost(failure.sentence, reason=failure.reason)
    return _reply(_verdict(call, failure), failure)


def judge_list(failure: Failure, *, sync_token: str = "", page_token: str = "") -> Stop:
    """Why a list did not come, and with it what to do next."""
    if _is_day_over(failure):
        return _until_midnight(failure)
    if is_transient(failure):
        return _retry_later(failure)
    return (
        _account_stop(failure)
        or _token_stop(failure, sync_token, page_token)
        or _calendar_stop(failure)
    )


def judge_person(failure: Failure, *, is_new: bool = False) -> PersonReply | Stop:
    """What a failed request about contacts means. is_new: it was a create.

    What may have been done is UNKNOWN; what surely was not is LATER or a verdict.
    """
    outcome = Outcome.REFUSED
    if failure.status == 429 and _names_a_days_quota(failure):
        text = failure.sentence
        return PersonReply(
            Outcome.LATER, None, CONTACTS_OF_THE_DAY, text, CONTACTS_DAY_PAUSE
        )
    if _is_day_over(failure):
        return _until_midnight(failure)
    if is_transient(failure):
        slow = failure.status == 429 or failure.status == 403
        outcome = Outcome.LATER if slow else Outcome.UNKNOWN
    elif stop := _account_stop(failure):
        return stop
    elif failure.status in (404, 410):
        outcome = Outcome.GONE
    elif failure.status == 409:
        # Another write of the same account was under way.
        outcome = Outcome.LATER
    elif _says(failure, _STALE_PERSON) and not is_new:
        outcome = Outcome.STALE
    where = f" (at {failure.location})" if failure.location else ""
    return PersonReply(
        outcome, None, failure.reason, failure.sentence + where, failure.retry_after
    )


def judge_people_list(
    failure: Failure, *, sync_token: str = "", page_token: str = ""
) -> Stop:
    """Why a list of contacts or of labels did not come, and what to do next."""
    text, reason = failure.sentence, failure.reason
    if _is_day_over(failure):
        return _until_midnight(failure)
    if is_transient(failure) or failure.status == 409:
        return _retry_later(failure)
    if stop := _account_stop(failure):
        return stop
    if _says(failure, _EXPIRED_PEOPLE) or failure.status == 410:
        return SyncTokenExpired(text, reason=reason)
    if failure.status == 400 and page_token:
        return PageTokenExpired(text, reason=reason)
    if failure.status == 400 and sync_token:
        # Made with other parameters, or by another version of ours.
        return SyncTokenExpired(text, reason=reason)
    if failure.status == 403:
        return AdminNeeded(text, reason=reason)
    return _our_bug(failure)


def judge_batch(failure: Failure) -> Failure:
    """What a refused envelope means for the parts in it: their own failure.

    The status of the envelope says nothing about an event (a 404 there is a wrong
    address), so all that is not transient stops the run.
    """
    if is_transient(failure):
        return failure
    raise _account_stop(failure) or _our_bug(failure)


def judge_token(failure: Failure) -> Stop:
    """Why the token endpoint refused. Only `invalid_grant` disconnects a user."""
    text, reason = failure.sentence, failure.reason
    if failure.status == 429 or not 400 <= failure.status < 500:
        return _retry_later(failure)
    if reason == "invalid_grant":
        return ReconnectNeeded(text, reason=reason)
    if reason in _ADMIN_TOKEN:
        return AdminNeeded(text, reason=reason)
    if reason == "invalid_scope":
        return ScopeMissing(text, reason=reason)
    if reason in _BUG_TOKEN:
        return OurBug(text, reason=reason)
    return _retry_later(failure)


def is_transient(failure: Failure) -> bool:
    """Too fast, or trouble on the way: the same request may pass later."""
    status = failure.status
    if status < 400 or status >= 500 or status in (408, 429):
        return True
    if not failure.is_google:
        # A gateway's page, or a cut body: not even a 404 says anything of the event.
        return status not in _PLAIN
    if "usageLimits" in failure.domains and not _says(failure, _TELLING):
        # Whatever the word: a limit is never the fault of what was asked.
        return True
    return status == 403 and bool(_says(failure, TOO_FAST_REASONS))


def settle(outcomes: list[Reply | Stop]) -> list[Reply]:
    """Replies for all, or a raised Stop when no call was answered on its merits.

    A Stop beside real answers becomes RETRY with its reason and delay: what Google did
    is worth more than hearing of the trouble at once, and the next call meets it again.
    """
    stops = [outcome for outcome in outcomes if isinstance(outcome, Stop)]
    if stops and not any(map(_answered, outcomes)):
        raise next((s for s in stops if not isinstance(s, RetryLater)), stops[0])
    return [o if isinstance(o, Reply) else _postponed(o) for o in outcomes]


def _answered(outcome: Reply | Stop) -> bool:
    return isinstance(outcome, Reply) and outcome.verdict is not Verdict.RETRY


def _postponed(stop: Stop) -> Reply:
    delay = stop.delay if isinstance(stop, RetryLater) else 0.0
    return Reply(Verdict.RETRY, None, stop.reason, str(stop), delay)


def _verdict(call: Call, failure: Failure) -> Verdict:
    if failure.status == 409:
        new = isinstance(call, Insert | Move)
        taken = new and not _says(failure, _CONFLICT)
        return Verdict.TAKEN if taken else Verdict.RETRY
    by_status = {404: Verdict.GONE, 410: Verdict.GONE, 412: Verdict.STALE}
    return by_status.get(failure.status, Verdict.REFUSED)


def _account_stop(failure: Failure) -> Stop | None:
    """The rows of the catalogue that hold whatever was asked."""
    text = failure.sentence
    if failure.status == 401:
        return RetryLater(text, reason="authError", delay=AUTH_PAUSE)
    if failure.status not in (400, 403):
        return None
    if reason := _says(failure, QUOTA_REASONS):
        return RetryLater(text, reason=reason, delay=QUOTA_PAUSE)
    if reason := _says(failure, _ADMIN):
        return AdminNeeded(text, reason=reason)
    if reason := _says(failure, _SCOPE):
        return ScopeMissing(text, reason=reason)
    if failure.status == 403 and _NO_SCOPE in text.lower():
        return ScopeMissing(text, reason="insufficient_scope")
    return _our_bug(failure) if _says(failure, _UNSIGNED) else None


def _token_stop(failure: Failure, sync_token: str, page_token: str) -> Stop | None:
    text, reason = failure.sentence, failure.reason
    page_is_dead = failure.status in (400, 410) and page_token
    if _says(failure, _SYNC_TOKEN_DEAD):
        return SyncTokenExpired(text, reason=reason)
    if sync_token and failure.location == "syncToken":
        return SyncTokenExpired(text, reason=reason)
    if page_is_dead:
        return PageTokenExpired(text, reason=reason)
    if failure.status == 410:
        return SyncTokenExpired(text, reason=reason)
    return None


def _calendar_stop(failure: Failure) -> Stop:
    text, reason = failure.sentence, failure.reason
    if failure.status == 404 or _says(failure, _UNREADABLE):
        return CalendarLost(text, reason=reason)
    if failure.status == 403:
        return AdminNeeded(text, reason=reason)
    return _our_bug(failure)


def _our_bug(failure: Failure) -> OurBug:
    where = f" (at {failure.location})" if failure.location else ""
    return OurBug(failure.sentence + where, reason=failure.reason)


def _retry_later(failure: Failure) -> RetryLater:
    delay = failure.retry_after
    return RetryLater(failure.sentence, reason=failure.reason, delay=delay)


def _reply(verdict: Verdict, failure: Failure) -> Reply:
    where = f" (at {failure.location})" if failure.location else ""
    message = failure.sentence + where
    return Reply(verdict, None, failure.reason, message, failure.retry_after)


def _is_day_over(failure: Failure) -> bool:
    """The requests of the whole application are used up for the day."""
    if failure.status not in (403, 429) or not failure.is_google:
        return False
    by_word = bool(_says(failure, DAILY_REASONS))
    limited = _says(failure, TOO_FAST_REASONS | {"RESOURCE_EXHAUSTED"})
    by_name = "per day" in failure.message.lower() or _names_a_days_quota(failure)
    return by_word or bool(limited) and by_name


def _names_a_days_quota(failure: Failure) -> bool:
    full = (detail.get("metadata") for detail in failure.details)
    names = (str(x.get("quota_limit", "")) for x in full if isinstance(x, dict))
    return any("PerDay" in name for name in names)


def _until_midnight(failure: Failure) -> RetryLater:
    """Google counts a day from midnight to midnight, Pacific time."""
    now = (failure.date or datetime.now(timezone.utc)).astimezone(_PACIFIC)
    day = now.date() + timedelta(days=1)
    midnight = datetime(day.year, day.month, day.day, tzinfo=_PACIFIC)
    left = midnight.timestamp() - now.timestamp()
    return RetryLater(failure.sentence, reason=DAILY, delay=left)


def _says(failure: Failure, words: set[str]) -> str:
    """The first of Google's reasons that is among `words`, or nothing."""
    return next((reason for reason in failure.reasons if reason in words), "")
