"""Routes of the sandbox itself: ``/``, ``/sandbox/static/``, ``/sandbox/api/``."""

import json
from mimetypes import guess_type
from pathlib import Path

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from ..errors import ApiError
from ..people_api import photos
from ..wire import Answer, error_answer, html
from . import commands, events, page, people

STATIC = Path(__file__).parent.parent / "static"


def _rule(method, path, endpoint):
    return Rule(path, endpoint=endpoint, methods=[method])


API = "/sandbox/api"
EVENT = f"{API}/accounts/<email>/events/<event_id>"
CALENDAR = f"{API}/accounts/<email>/calendars/<calendar_id>"
URLS = Map(
    [
        _rule("GET", "/", page.show),
        _rule("POST", "/sandbox/page", page.act),
        _rule("GET", f"{API}/state", commands.state),
        _rule("GET", f"{API}/counters", commands.counters),
        _rule("DELETE", f"{API}/counters", commands.reset_counters),
        _rule("GET", f"{API}/mails", commands.mails),
        _rule("POST", f"{API}/reset", commands.reset),
        _rule("POST", f"{API}/switches", commands.switches),
        _rule("GET", f"{API}/faults", commands.faults),
        _rule("POST", f"{API}/faults", commands.add_fault),
        _rule("DELETE", f"{API}/faults", commands.clear_faults),
        _rule("GET", f"{API}/channels", commands.channels),
        _rule("POST", f"{API}/channels", commands.change_channels),
        _rule("POST", f"{API}/clock", commands.clock),
        _rule("POST", f"{API}/expire_access_tokens", commands.expire_access_tokens),
        _rule("POST", f"{API}/expire_sync_tokens", commands.expire_sync_tokens),
        _rule("POST", f"{API}/revoke", commands.revoke),
        _rule("POST", f"{API}/clients", commands.add_client),
        _rule("PATCH", f"{API}/clients/<client_id>", commands.change_client),
        _rule("POST", f"{API}/service_accounts", commands.add_service_account),
        _rule(
            "PATCH",
            f"{API}/service_accounts/<client_id>",
            commands.change_delegation,
        ),
        _rule("POST", f"{API}/api_keys", commands.add_api_key),
        _rule("POST", f"{API}/accounts", commands.add_account),
        _rule("PATCH", f"{API}/accounts/<email>", commands.change_account),
        _rule("GET", f"{API}/accounts/<email>/calendars", events.calendars),
        _rule("POST", f"{API}/accounts/<email>/calendars", events.add_calendar),
        _rule("PATCH", CALENDAR, events.change_calendar),
        _rule("DELETE", CALENDAR, events.delete_calendar),
        _rule("POST", f"{CALENDAR}/share", events.share_calendar),
        _rule("GET", f"{API}/accounts/<email>/events", events.find),
        _rule("POST", f"{API}/accounts/<email>/events", events.insert),
        _rule("PATCH", EVENT, events.patch),
        _rule("DELETE", EVENT, events.delete),
        _rule("POST", f"{EVENT}/move", events.move),
        _rule("PATCH", f"{EVENT}/following", events.patch_following),
        _rule("DELETE", f"{EVENT}/following", events.delete_following),
        _rule("PATCH", f"{EVENT}/all", events.patch_all),
        *[_rule(method, f"{API}{path}", call) for method, path, call in people.ROUTES],
    ]
)


def handle(world, call):
    """Answer a request to the sandbox itself."""
    if call.path.startswith("/sandbox/static/"):
        return _static(call.path.rpartition("/")[2])
    adapter = URLS.bind("sandbox")
    try:
        if call.path.startswith(f"/sandbox{photos.PATH}"):
            with world.lock:
                return photos.serve(world, call.path.removeprefix("/sandbox"))
        endpoint, values = adapter.match(call.path, method=call.method)
        with world.lock:
            return _answer(endpoint(world, Command(call), **values))
    except HTTPException as error:
        return _problem(error.code, error.description)
    except ApiError as error:
        return error_answer(error)
    except (ValueError, TypeError, KeyError) as error:
        return _problem(400, f"{type(error).__name__}: {error}")


class Command:
    """A request to the sandbox: query, headers and JSON body."""

    def __init__(self, call):
        self.call = call
        self.args = call.args
        self.headers = call.headers

    @property
    def json(self):
        """The JSON object of the body; ValueError unless it is sent as JSON.

        Asking for the content type keeps other sites' forms out.
        """
        if not self.call.body.strip():
            return {}
        kind = self.call.headers.get("Content-Type", "").split(";")[0]
        body = json.loads(self.call.body)
        if kind != "application/json" or not isinstance(body, dict):
            raise ValueError("send a JSON object as application/json")
        return body


def _answer(result):
    return result if isinstance(result, Answer) else Answer(200, result)


def _problem(status, message):
    return Answer(status, {"error": {"code": status, "message": message}})


def _static(name):
    path = STATIC / name
    if not path.is_file() or path.parent != STATIC:
        return html("Not found", 404)
    kind = guess_type(name)[0] or "application/octet-stream"
    return Answer(200, path.read_bytes(), {}, f"{kind}; charset=utf-8")
