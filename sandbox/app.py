"""The WSGI application: routes, faults, counters, latency, compression."""

import gzip
from urllib.parse import parse_qsl

from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Request, Response

from . import batch
from .calendar_api import api as calendar_api
from .control import routes as control
from .discovery import document
from .errors import ApiError, not_found
from .oauth import authorize, tokens
from .people_api import api as people_api
from .people_api import photos
from .people_api.turns import turn
from .wire import Answer, Call, error_answer, html

USERINFO = ("/oauth2/v3/userinfo", "/v1/userinfo")
BAD_GATEWAY = "<!DOCTYPE html><html><title>Error 502 (Server Error)!!1</title></html>"


class App:
    """WSGI entry; all state is in ``world``."""

    def __init__(self, world):
        self.world = world
        self.calendar = document(calendar_api.NAME)

    def __call__(self, environ, start_response):
        request = Request(environ)
        self.world.url = self.world.url or request.host_url.rstrip("/")
        call = Call(
            request.method,
            request.path,
            request.args,
            request.headers,
            request.get_data(),
        )
        if self._is_own(call.path):
            answer = control.handle(self.world, call)
        else:
            answer = self._serve(call)
        return self._response(request, answer)(environ, start_response)

    @staticmethod
    def _is_own(path):
        return path == "/" or path.startswith(("/sandbox/", "/favicon"))

    def _serve(self, call):
        """An answer of the simulated Google, faults and counters included."""
        route = self.route_of(call)
        with turn(self.world, call, people_api.is_write(route)) as clash:
            if self.world.latency:
                self.world.clock.pause(self.world.latency)
            with self.world.lock:
                self.world.counters.requests[route] += 1
                fault = self.world.faults.strike(route, f"{call.method} {call.path}")
            answer = _refused(clash, route) if clash else self._met(route, call, fault)
        with self.world.lock:
            self.world.counters.statuses[answer.status] += 1
        return answer

    def _met(self, route, call, fault):
        """The answer to a request that a fault may meet, before or after the work."""
        if fault and fault.kind == "slow":
            self.world.clock.pause(fault.seconds)
        if fault and fault.when == "before":
            answer = self._struck(fault, route)
            if answer:
                return answer
        with self.world.lock:
            answer = self._answer(route, call)
        return (fault and self._struck(fault, route, answer)) or answer

    def route_of(self, call):
        """The name under which a request is counted and matched by faults."""
        path = call.path
        if path == self.calendar.batch_path and call.method == "POST":
            return "batch"
        if path.startswith(self.calendar.service_path):
            try:
                return calendar_api.method_of(call)[0].id
            except ApiError:
                return "unknown"
        if path == people_api.BATCH and call.method == "POST":
            return "people.batch"
        if path.startswith(photos.PATH):
            return "people.photo"
        if people_api.owns(path):
            try:
                return people_api.method_of(call)[0].id
            except ApiError:
                return "people.unknown"
        if path in authorize.PATHS:
            return "oauth.consent"
        names = {"/token": "oauth.token", "/revoke": "oauth.revoke"}
        names.update(dict.fromkeys(USERINFO, "oauth.userinfo"))
        return names.get(path, "unknown")

    def _answer(self, route, call):
        try:
            if route in ("batch", "people.batch"):
                return batch.handle(self.world, call, self._part)
            if route == "people.photo":
                return photos.serve(self.world, call.path)
            if people_api.owns(call.path):
                return people_api.handle(self.world, call)
            if call.path.startswith(self.calendar.service_path):
                return calendar_api.handle(self.world, call)
            return self._oauth(call)
        except ApiError as error:
            return _refused(error, route, call)

    def _oauth(self, call):
        world, path = self.world, call.path
        form = _form(call)
        if path in authorize.PATHS and call.method == "GET":
            return authorize.show(world, call)
        if path in authorize.PATHS and call.method == "POST":
            return authorize.submit(world, call, form)
        if path == "/token" and call.method == "POST":
            return tokens.token(world, call, form)
        if path == "/revoke" and call.method == "POST":
            return tokens.revoke(world, call, form)
        if path in USERINFO and call.method == "GET":
            return tokens.user_info(world, call)
        if path == "/tokeninfo" and call.method == "GET":
            return tokens.token_info(world, call)
        raise not_found()

    def _part(self, call):
        """The answer to one part of a batch; None when a fault drops it."""
        route = self.route_of(call)
        self.world.counters.parts[route] += 1
        if people_api.is_write(route):
            self.world.warn("People write inside a multipart batch")
        line = f"{call.method} {call.path}"
        fault = self.world.faults.strike(route, line, part=True)
        if fault is None:
            return self._part_answer(route, call)
        if fault.when == "after":
            self._part_answer(route, call)
        error = fault.error()
        return _refused(error, route) if error else None

    def _part_answer(self, route, call):
        try:
            if people_api.owns(call.path):
                return people_api.handle(self.world, call)
            if call.path.startswith(self.calendar.service_path):
                return calendar_api.handle(self.world, call)
            raise not_found()
        except ApiError as error:
            return _refused(error, route, call)

    def _struck(self, fault, route, answer=None):
        """What the caller gets instead of ``answer``; None: the answer itself."""
        error = fault.error()
        if error:
            return _refused(error, route)
        if fault.kind == "bad_gateway":
            return html(BAD_GATEWAY, 502)
        if fault.kind == "cut":
            raise Cut
        if fault.kind == "empty":
            return Answer(fault.status, b"")
        if fault.kind in ("truncated", "malformed") and answer:
            payload = answer.payload()
            broken = payload[: len(payload) // 2]
            if fault.kind == "malformed":
                broken = b"<<" + payload
            answer.body = broken
        return None

    def _response(self, request, answer):
        payload = answer.payload()
        headers = {"Date": self.world.clock.now().strftime("%a, %d %b %Y %H:%M:%S GMT")}
        headers.update(answer.headers)
        accepted = "gzip" in request.headers.get("Accept-Encoding", "")
        # Google compresses only when the User-Agent says gzip as well.
        if accepted and payload and "gzip" in request.headers.get("User-Agent", ""):
            payload = gzip.compress(payload, 5)
            headers["Content-Encoding"] = "gzip"
        with self.world.lock:
            self.world.counters.bytes_in += request.content_length or 0
            self.world.counters.bytes_out += len(payload)
        return Response(
            payload, answer.status, headers, content_type=answer.content_type
        )


class Cut(ConnectionError):
    """Raised into the server: close the connection without an answer."""


def _refused(error, route="", call=None):
    """The error in the style of the API that the route belongs to."""
    if route.startswith("people."):
        return people_api.refused(error, call)
    answer = error_answer(error)
    return Answer(304, None, answer.headers) if error.status == 304 else answer


def _form(call):
    try:
        return MultiDict(parse_qsl(call.body.decode(), keep_blank_values=True))
    except UnicodeDecodeError:
        return MultiDict()
