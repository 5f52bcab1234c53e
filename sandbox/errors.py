"""Google's error answers: the classic Calendar body and its relatives.

The body carries both styles that Google sends: the ``errors`` list and, where Google
adds them, ``status`` and ``details``.
"""

BEARER = 'Bearer realm="https://accounts.google.com/"'
ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo"
STATUS_NAMES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}
QUOTA_REASONS = {
    "rateLimitExceeded",
    "userRateLimitExceeded",
    "quotaExceeded",
    "dailyLimitExceeded",
    "dailyLimitExceededUnreg",
    "accessNotConfigured",
}


class ApiError(Exception):
    """An answer other than 2xx; whoever raises it has changed nothing."""

    def __init__(self, status, reason, message, location="", **options):
        """``location`` is ``parameter:name``, ``header:Name`` or a field's path.

        Options: ``domain``, ``details`` (list), ``headers`` (dict), ``status_name``.
        """
        super().__init__(f"{status} {reason}: {message}")
        self.status = status
        self.reason = reason
        self.message = message
        self.location = location
        self.headers = options.pop("headers", {})
        self.details = options.pop("details", [])
        self.domain = options.pop("domain", None)
        self.status_name = options.pop("status_name", None)
        if options:
            raise TypeError(f"unknown options {sorted(options)}")

    def body(self):
        error = {
            "errors": [self._entry()],
            "code": self.status,
            "message": self.message,
        }
        if self.status_name:
            error["status"] = self.status_name
        if self.details:
            error["details"] = self.details
        return {"error": error}

    def _entry(self):
        default = "usageLimits" if self.reason in QUOTA_REASONS else "global"
        entry = {
            "domain": self.domain or default,
            "reason": self.reason,
            "message": self.message,
        }
        if self.location:
            kind, _, name = self.location.rpartition(":")
            entry["locationType"] = kind or "other"
            entry["location"] = name
        return entry


def invalid(message, location="", reason="invalid"):
    return ApiError(400, reason, message, location)


def required(message, location=""):
    return ApiError(400, "required", message, location)


def bad_request(message, location=""):
    return ApiError(400, "badRequest", message, location, status_name=STATUS_NAMES[400])


def not_found():
    return ApiError(404, "notFound", "Not Found")


def forbidden(reason, message, **options):
    return ApiError(403, reason, message, **options)


def unauthenticated(message="Invalid Credentials"):
    return ApiError(
        401,
        "authError",
        message,
        "header:Authorization",
        headers={"WWW-Authenticate": f'{BEARER}, error="invalid_token"'},
        status_name=STATUS_NAMES[401],
    )


def error_info(reason, domain="googleapis.com", **metadata):
    return {
        "@type": ERROR_INFO,
        "reason": reason,
        "domain": domain,
        "metadata": metadata,
    }


def insufficient_scope(service, method_id, scopes):
    """403 of a valid token whose grant lacks every scope that the method accepts."""
    wanted = " ".join(scopes)
    return ApiError(
        403,
        "insufficientPermissions",
        "Request had insufficient authentication scopes.",
        headers={
            "WWW-Authenticate": f'{BEARER}, error="insufficient_scope", '
            f'scope="{wanted}"'
        },
        details=[
            error_info(
                "ACCESS_TOKEN_SCOPE_INSUFFICIENT", service=service, method=method_id
            )
        ],
        status_name=STATUS_NAMES[403],
    )


def service_disabled(service, title, project):
    """403 when the API is not enabled in the project of the client id."""
    url = f"https://console.developers.google.com/apis/api/{service}/overview"
    return ApiError(
        403,
        "accessNotConfigured",
        f"{title} has not been used in project {project} before or it is disabled. "
        f"Enable it by visiting {url}?project={project} then retry.",
        details=[
            error_info(
                "SERVICE_DISABLED",
                service=service,
                consumer=f"projects/{project}",
                activationUrl=f"{url}?project={project}",
            )
        ],
        status_name=STATUS_NAMES[403],
    )
