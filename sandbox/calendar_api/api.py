"""The way into Calendar v3: one ``Call`` in, one ``Answer`` out.

Order of checks: path, token, parameters, API switched on, quota, scope, body, then
the method itself, then the ``fields`` mask.
"""

from .. import fields, incoming, keys
from ..discovery import document
from ..errors import ApiError, not_found, service_disabled
from ..wire import Answer
from . import access, calendars, freebusy, listing, palette, targets
from .view import etag, event_json
from .writing import Desk

NAME = "calendar.v3"
UNITS = {"PATCH": 3}


def method_of(call):
    """The discovery method and path parameters of a call."""
    return incoming.method_of(document(NAME), call)


def handle(world, call):
    """Answer one request below ``/calendar/v3/``; ApiError when it is refused."""
    api = document(NAME)
    method, path = method_of(call)
    keys.check(world, call, "calendar", access.SERVICE, "Google Calendar API")
    session = world.oauth.session(call)
    params = api.parameters(method, incoming.arguments(call))
    if "calendar" in session.client.disabled_apis:
        raise service_disabled(
            access.SERVICE, "Google Calendar API", session.client.project
        )
    units = UNITS.get(method.http_method, 1)
    world.quota.spend(session.account, units)
    world.counters.units += units
    access.require_scope(session, method)
    body = api.check_body(method, incoming.body(call, method))
    handler = HANDLERS.get(method.id)
    if handler is None:
        raise ApiError(
            501, "notImplemented", f"The sandbox does not implement {method.id}."
        )
    request = Request(world, session, method, params, path, body, call.headers)
    return _answer(api, method, params, handler(request))


class Request:
    """What a handler works with."""

    def __init__(self, world, session, method, params, path, body, headers):
        self.world = world
        self.session = session
        self.method = method
        self.params = params
        self.path = path
        self.body = body
        self.headers = headers

    def open(self, calendar_id=None):
        return access.open_calendar(
            self.world,
            self.session,
            calendar_id or self.path["calendarId"],
            self.method,
        )

    def desk(self, calendar_id=None):
        return Desk(self.world, *self.open(calendar_id), self.params)

    @property
    def event_id(self):
        return self.path["eventId"]

    @property
    def if_match(self):
        return self.headers.get("If-Match")


def _answer(api, method, params, result):
    if result is None:
        return Answer(204, None)
    headers = {"ETag": result["etag"]} if "etag" in result else {}
    if "fields" in params:
        result = fields.apply(
            params["fields"], api.schemas, method.response_schema, result
        )
    return Answer(200, result, headers, pretty=params.get("prettyPrint", True))


# -- events


def events_list(request):
    return listing.events_list(request.world, *request.open(), request.params)


def events_get(request):
    calendar, reader = request.open()
    target = targets.find(calendar, request.event_id)
    if target is None:
        raise not_found()
    if request.headers.get("If-None-Match") == etag(target.stored.rev):
        raise NotModified(etag(target.stored.rev))
    params = request.params
    return event_json(
        target, calendar, reader, params.get("timeZone", ""), params.get("maxAttendees")
    )


class NotModified(ApiError):
    """304: If-None-Match hit; no body."""

    def __init__(self, tag):
        super().__init__(304, "notModified", "Not Modified", headers={"ETag": tag})


def events_instances(request):
    calendar, reader = request.open()
    return listing.instances(
        request.world, calendar, reader, request.event_id, request.params
    )


def events_insert(request):
    return request.desk().insert(request.body)


def events_import(request):
    return request.desk().import_(request.body)


def events_patch(request):
    return request.desk().patch(request.event_id, request.body, request.if_match)


def events_update(request):
    return request.desk().update(request.event_id, request.body, request.if_match)


def events_delete(request):
    request.desk().delete(request.event_id, request.if_match)


def events_watch(request):
    calendar, _reader = request.open()
    return request.world.channels.watch(request.session, calendar, request.body)


def events_move(request):
    destination = request.desk(request.params["destination"])
    return request.desk().move(request.event_id, destination, request.if_match)


# -- everything else


def channels_stop(request):
    request.world.channels.stop(request.session, request.body)


def calendars_delete(request):
    calendars.delete_calendar(request.world, *request.open())


def settings_list(request):
    items = calendars.settings(request.session.account)
    return {"kind": "calendar#settings", "etag": '"0"', "items": items}


HANDLERS = {
    "calendar.events.list": events_list,
    "calendar.events.get": events_get,
    "calendar.events.instances": events_instances,
    "calendar.events.insert": events_insert,
    "calendar.events.import": events_import,
    "calendar.events.patch": events_patch,
    "calendar.events.update": events_update,
    "calendar.events.delete": events_delete,
    "calendar.events.move": events_move,
    "calendar.events.watch": events_watch,
    "calendar.channels.stop": channels_stop,
    "calendar.calendarList.list": lambda r: calendars.list_entries(
        r.world, r.session, r.params
    ),
    "calendar.calendarList.get": lambda r: calendars.get_entry(
        r.world, r.session, r.path["calendarId"]
    ),
    "calendar.calendars.get": lambda r: calendars.calendar_json(r.open()[0]),
    "calendar.calendars.insert": lambda r: calendars.insert_calendar(
        r.world, r.session, r.body
    ),
    "calendar.calendars.delete": calendars_delete,
    "calendar.colors.get": lambda r: palette.colors(),
    "calendar.settings.list": settings_list,
    "calendar.settings.get": lambda r: calendars.get_setting(
        r.session.account, r.path["setting"]
    ),
    "calendar.freebusy.query": lambda r: freebusy.query(r.world, r.session, r.body),
}
