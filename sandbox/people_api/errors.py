"""Errors of the newer front ends: ``status`` and ``details`` instead of ``errors``."""

from ..errors import STATUS_NAMES, ApiError, error_info

SERVICE = "people.googleapis.com"
TYPE = "type.googleapis.com/google."
NAMES = {**STATUS_NAMES, 409: "ABORTED", 501: "UNIMPLEMENTED", 504: "DEADLINE_EXCEEDED"}
CODES = {  # google.rpc.Code, as a Status inside an answer has it
    "INVALID_ARGUMENT": 3,
    "NOT_FOUND": 5,
    "ALREADY_EXISTS": 6,
    "PERMISSION_DENIED": 7,
    "RESOURCE_EXHAUSTED": 8,
    "FAILED_PRECONDITION": 9,
    "ABORTED": 10,
}
RATE_REASONS = {"rateLimitExceeded", "userRateLimitExceeded"}
STALE_REASONS = {"failedPrecondition", "EXPIRED_SYNC_TOKEN"}
STALE = (
    "Request {name} is different than the current {name}. Clear local cache and get "
    "the latest person."
)


def body(error, classic=False):
    """The JSON of an ApiError; ``classic`` adds the ``errors`` list (``$.xgafv=1``)."""
    content = {
        "code": error.status,
        "message": error.message,
        "status": status_name(error),
    }
    if classic:
        content["errors"] = error.body()["error"]["errors"]
    details = error.details or _details(error)
    if details:
        content["details"] = details
    return {"error": content}


def status_name(error):
    if error.reason in RATE_REASONS:
        return "RESOURCE_EXHAUSTED" if error.status == 429 else "PERMISSION_DENIED"
    if error.reason in STALE_REASONS:
        return "FAILED_PRECONDITION"
    return error.status_name or NAMES.get(error.status, "UNKNOWN")


def _details(error):
    if error.reason in RATE_REASONS:
        return [error_info("RATE_LIMIT_EXCEEDED", service=SERVICE)]
    if error.reason == "authError":
        return [error_info("ACCESS_TOKEN_EXPIRED", service=SERVICE)]
    if error.reason.isupper():
        return [error_info(error.reason, SERVICE)]
    field = error.location.rpartition(":")[2]
    if error.status == 400 and field:
        violation = {"field": field, "description": error.message}
        return [{"@type": f"{TYPE}rpc.BadRequest", "fieldViolations": [violation]}]
    return []


def as_status(error):
    """The google.rpc.Status of one contact or group inside an answer."""
    name = status_name(error)
    return {"code": CODES.get(name, 2), "message": error.message}


def bad(message, field=""):
    """400 INVALID_ARGUMENT."""
    return ApiError(400, "badRequest", message, field)


def stale(name):
    """400 because an etag in the request (``name`` says which) is an old one."""
    return ApiError(
        400,
        "failedPrecondition",
        STALE.format(name=name),
    )


def not_found():
    return ApiError(404, "notFound", "Requested entity was not found.")


def aborted(message):
    return ApiError(409, "aborted", message, status_name="ABORTED")


def exists(message):
    return ApiError(409, "alreadyExists", message, status_name="ALREADY_EXISTS")


def expired_sync_token():
    return ApiError(
        400,
        "failedPrecondition",
        "Sync token is expired. Clear local cache and retry call without the sync "
        "token.",
        details=[error_info("EXPIRED_SYNC_TOKEN", SERVICE)],
    )


def batch_failure(kind, failures):
    """A whole batch refused; ``failures`` maps an index or a name to an ApiError."""
    first = next(iter(failures.values()))
    found = {str(key): as_status(error) for key, error in failures.items()}
    return ApiError(
        first.status,
        first.reason,
        first.message,
        details=[
            {
                "@type": f"{TYPE}people.v1.{kind}ContactsErrorDetails",
                "contactErrors": found,
            }
        ],
        status_name=status_name(first),
    )


def anonymous(with_key=False):
    if with_key:
        text = (
            "API keys are not supported by this API. Expected OAuth2 access token or "
            "other authentication credentials that assert a principal."
        )
        details = [error_info("CREDENTIALS_MISSING", SERVICE)]
        return ApiError(401, "required", text, details=details)
    return ApiError(
        403,
        "forbidden",
        "Method doesn't allow unregistered callers (callers without established "
        "identity). Please use API Key or other form of API consumer identity to call "
        "this API.",
    )
