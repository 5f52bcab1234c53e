"""Reading a request for any of the APIs: its method, its query, its JSON body."""

from urllib.parse import parse_qsl

from werkzeug.datastructures import MultiDict

from .errors import ApiError, bad_request

OVERRIDE = "X-HTTP-Method-Override"


def method_of(api, call):
    """The discovery method and path parameters of a call; ApiError 404."""
    http_method = call.method
    override = call.headers.get(OVERRIDE)
    if override and http_method == "POST":
        http_method = override.upper()
    return api.match(http_method, call.path.removeprefix(api.service_path))


def arguments(call):
    """The query, plus the form of a GET that was sent as POST for its length."""
    if call.headers.get(OVERRIDE, "").upper() != "GET":
        return call.args
    form = parse_qsl(call.body.decode(), keep_blank_values=True)
    return MultiDict([*call.args.items(multi=True), *form])


def body(call, method):
    """The JSON object of the body, None when there is none; ApiError 400."""
    if not method.request_schema:
        return None
    if call.headers.get("Content-Type", "").split(";")[0] != "application/json":
        message = "This API does not support parsing form-encoded input."
        raise ApiError(400, "parseError", message)
    try:
        content = call.json()
    except ValueError:
        raise ApiError(400, "parseError", "Parse Error") from None
    if content is not None and not isinstance(content, dict):
        raise bad_request("Invalid JSON payload received. Expected an object.")
    return content
