"""The way into People v1: one ``Call`` in, one ``Answer`` out.

Order of checks: path, token, parameters, API switched on, quota, scope, body, then
the method itself, then the ``fields`` mask.
"""

from functools import cache

from .. import fields, incoming, keys
from ..discovery import document
from ..errors import ApiError, insufficient_scope, service_disabled
from ..wire import Answer
from . import listing, masks, photos
from .errors import SERVICE, anonymous
from .errors import body as error_body
from .groups import Groups
from .view import Viewer
from .writing import Desk

NAME = masks.NAME
PATHS = ("/v1/people", "/v1/contactGroups", "/v1/otherContacts")
BATCH = "/batch"
CONTACT_SCOPES = {
    "https://www.googleapis.com/auth/contacts",
    "https://www.googleapis.com/auth/contacts.readonly",
}


def method_of(call):
    """The discovery method and path parameters of a call."""
    return incoming.method_of(document(NAME), call)


def owns(path):
    """Whether a path belongs to this API (``/v1/userinfo`` does not)."""
    return path.startswith(PATHS)


@cache
def is_write(route):
    """Whether a route (a method id) is one that changes contacts."""
    methods = document(NAME).methods
    return any(m.id == route and m.http_method != "GET" for m in methods)


def refused(error, call=None):
    """The answer of an ApiError, in the body style of the newer front ends."""
    classic = bool(call) and call.args.get("$.xgafv") == "1"
    return Answer(error.status, error_body(error, classic), dict(error.headers))


def handle(world, call):
    """Answer one request to the People API; ApiError when it is refused."""
    api = document(NAME)
    method, path = method_of(call)
    keys.check(world, call, "people", SERVICE, "People API")
    if not call.bearer():
        raise anonymous("key" in call.args)
    session = world.oauth.session(call)
    params = api.parameters(method, incoming.arguments(call))
    if "people" in session.client.disabled_apis:
        raise service_disabled(SERVICE, "People API", session.client.project)
    world.people.quota.spend(session.account, session.client, method.id, params)
    names = [path["resourceName"]] if path else params.get("resourceNames", [])
    _require_scope(session, method, names)
    body = api.check_body(method, incoming.body(call, method))
    handler = HANDLERS.get(method.id)
    if handler is None:
        raise ApiError(
            501, "notImplemented", f"The sandbox does not implement {method.id}."
        )
    result = handler(Request(world, session.account, params, path, body))
    if "fields" in params:
        result = fields.apply(
            params["fields"], api.schemas, method.response_schema, result
        )
    return Answer(200, result, pretty=params.get("prettyPrint", True))


def _require_scope(session, method, names):
    """The sign-in scopes that ``people.get`` accepts reach only ``people/me``."""
    wanted = set(method.scopes)
    if any(name != "people/me" for name in names):
        wanted = wanted & CONTACT_SCOPES or wanted
    if not session.scopes & wanted:
        raise insufficient_scope(SERVICE, method.id, method.scopes)


class Request:
    """What a handler works with."""

    def __init__(self, world, account, params, path, body):
        self.world = world
        self.account = account
        self.params = params
        self.body = body or {}
        self.name = path.get("resourceName")
        self.desk = Desk(world, account)
        self.groups = Groups(world, account, self.desk)

    def reader(self, text, sources, parameter):
        """How the answer to a write shows people; None: not at all."""
        mask = masks.parse(text, masks.readable(), parameter)
        return Viewer(self.world, self.account, mask, sources or ()) if mask else None

    def read_back(self):
        """As ``reader`` for single writes: without a mask every field comes."""
        text = self.params.get("personFields")
        sources = self.params.get("sources", ())
        viewer = self.reader(text, sources, "personFields")
        return viewer or Viewer(self.world, self.account, None, sources)


# -- contacts


def create(request):
    viewer = request.read_back()
    return viewer.person(request.desk.create(request.body))


def update(request):
    text = request.params.get("updatePersonFields")
    mask = masks.required(text, masks.writable(), "updatePersonFields")
    viewer = request.read_back()
    return viewer.person(request.desk.update(request.name, request.body, mask))


def delete(request):
    request.desk.delete(request.name)
    return {}


def batch_create(request):
    body = request.body
    viewer = request.reader(body.get("readMask"), body.get("sources"), "readMask")
    people = [entry.get("contactPerson") for entry in body.get("contacts") or []]
    records = request.desk.create_all(people)
    if viewer is None:
        return {}
    return {"createdPeople": [_response(viewer, record) for record in records]}


def batch_update(request):
    body = request.body
    viewer = request.reader(body.get("readMask"), body.get("sources"), "readMask")
    mask = masks.required(body.get("updateMask"), masks.writable(), "updateMask")
    records = request.desk.update_all(body.get("contacts") or {}, mask)
    if viewer is None:
        return {}
    return {
        "updateResult": {
            name: _response(viewer, record, name) for name, record in records.items()
        }
    }


def _response(viewer, record, requested=None):
    person = viewer.person(record)
    name = requested or person["resourceName"]
    return {
        "httpStatusCode": 200,
        "person": person,
        "requestedResourceName": name,
        "status": {},
    }


def batch_delete(request):
    request.desk.delete_all(request.body.get("resourceNames") or [])
    return {}


# -- photos


def update_photo(request):
    body = request.body
    viewer = request.reader(
        body.get("personFields"), body.get("sources"), "personFields"
    )
    data = photos.decoded(body.get("photoBytes"))
    record = photos.put(request.desk, request.name, data)
    return {"person": viewer.person(record)} if viewer else {}


def delete_photo(request):
    params = request.params
    viewer = request.reader(
        params.get("personFields"), params.get("sources"), "personFields"
    )
    record = photos.remove(request.desk, request.name)
    return {"person": viewer.person(record)} if viewer else {}


HANDLERS = {
    "people.people.get": lambda r: listing.get(r.world, r.account, r.name, r.params),
    "people.people.getBatchGet": lambda r: listing.batch_get(
        r.world, r.account, r.params
    ),
    "people.people.connections.list": lambda r: listing.connections(
        r.world, r.account, r.name, r.params
    ),
    "people.people.searchContacts": lambda r: listing.search(
        r.world, r.account, r.params
    ),
    "people.otherContacts.list": lambda r: listing.other_contacts(r.params),
    "people.people.createContact": create,
    "people.people.updateContact": update,
    "people.people.deleteContact": delete,
    "people.people.batchCreateContacts": batch_create,
    "people.people.batchUpdateContacts": batch_update,
    "people.people.batchDeleteContacts": batch_delete,
    "people.people.updateContactPhoto": update_photo,
    "people.people.deleteContactPhoto": delete_photo,
    "people.contactGroups.list": lambda r: r.groups.listed(r.params),
    "people.contactGroups.get": lambda r: r.groups.get(r.name, r.params),
    "people.contactGroups.batchGet": lambda r: r.groups.batch_get(r.params),
    "people.contactGroups.create": lambda r: r.groups.create(r.body),
    "people.contactGroups.update": lambda r: r.groups.update(r.name, r.body),
    "people.contactGroups.delete": lambda r: r.groups.delete(r.name, r.params),
    "people.contactGroups.members.modify": lambda r: r.groups.modify(r.name, r.body),
}
