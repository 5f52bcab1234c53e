"""A small world, and a client that holds every answer against Google's document."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from werkzeug.test import Client

from sandbox.app import App
from sandbox.discovery import document
from sandbox.errors import ApiError
from sandbox.world import World

CALLBACK = "https://odoo.example.com/google_sync/oauth2/callback"
PREFIX = "https://www.googleapis.com/auth/"
MARIE, PAUL = "marie@example.com", "paul@example.com"


@pytest.fixture
def world():
    world = World()
    world.add_client("web", "secret", redirect_uris=[CALLBACK])
    world.add_account(MARIE, "Marie Durand")
    world.add_account(PAUL, "Paul Martin")
    return world


@pytest.fixture
def http(world):
    """A plain HTTP client on the application."""
    return Client(App(world))


class Google:
    """One account's token on the Calendar API.

    Methods take the path below ``calendars/primary/events`` unless it starts with a
    slash; they return (status, body). Every 200 must fit the response schema.
    """

    def __init__(self, http, world, email, scopes=(PREFIX + "calendar",)):
        self.http = http
        self.world = world
        sub = world.account(email).sub
        self.token = world.oauth.issue_access("web", sub, list(scopes))

    def call(self, method, path, body=None, headers=None, **query):
        base = "/calendar/v3"
        if not path.startswith("/"):
            path = f"/calendars/primary/events{'/' if path else ''}{path}"
        answer = self.http.open(
            base + path,
            method=method,
            query_string=query,
            json=body,
            headers={"Authorization": f"Bearer {self.token}", **(headers or {})},
        )
        content = answer.get_json() if answer.data else None
        if answer.status_code == 200 and "fields" not in query:
            check_answer(method, path, content)
        return answer.status_code, content

    def get(self, path="", **options):
        return self.call("GET", path, **options)

    def post(self, path="", body=None, **options):
        return self.call("POST", path, body, **options)

    def patch(self, path, body, **options):
        return self.call("PATCH", path, body, **options)

    def put(self, path, body, **options):
        return self.call("PUT", path, body, **options)

    def delete(self, path, **options):
        return self.call("DELETE", path, **options)

    def insert(self, **fields):
        """A new event, timed tomorrow when no time is given; returns it."""
        status, event = self.post(body={**slot(), **fields})
        assert status == 200, event
        return event

    def items(self, **query):
        status, answer = self.get(**query)
        assert status == 200, answer
        return answer["items"]


def check_answer(method, path, content):
    api = document("calendar.v3")
    found, _values = api.match(method, path.lstrip("/"))
    try:
        api.check_schema(found.response_schema, content)
    except ApiError as error:
        raise AssertionError(f"answer breaks {found.response_schema}") from error


def slot(day="2030-05-06", start="10:00", end="11:00", zone="Europe/Paris"):
    """Start and end of a timed event."""
    return {
        "start": {"dateTime": f"{day}T{start}:00", "timeZone": zone},
        "end": {"dateTime": f"{day}T{end}:00", "timeZone": zone},
    }


def days(first="2030-05-06", after="2030-05-07"):
    """Start and (exclusive) end of an all-day event."""
    return {"start": {"date": first}, "end": {"date": after}}


def reason(answer):
    """(status, reason) of a refused request."""
    status, body = answer
    return status, body["error"]["errors"][0]["reason"]


def consent_query(**changes):
    query = {
        "client_id": "web",
        "redirect_uri": CALLBACK,
        "response_type": "code",
        "scope": f"openid email {PREFIX}calendar.events {PREFIX}contacts",
        "access_type": "offline",
        "state": "s t/8",
        "login_hint": MARIE,
    }
    query.update(changes)
    return {key: value for key, value in query.items() if value is not None}


def callback(answer):
    """The parameters with which the browser comes back to the application."""
    assert answer.status_code in (302, 303), answer.text
    parts = urlsplit(answer.headers["Location"])
    return {key: value[0] for key, value in parse_qs(parts.query).items()}


@pytest.fixture
def google(http, world):
    return Google(http, world, MARIE)


@pytest.fixture
def paul(http, world):
    return Google(http, world, PAUL)


@pytest.fixture
def people(http, world):
    """Marie's contacts; see ``people_client``."""
    from people_client import People

    return People(http, world, MARIE)


@pytest.fixture
def control(http):
    """Calls of the control API: ``control(method, path, body)``."""

    def call(method, path, body=None):
        answer = http.open(f"/sandbox/api{path}", method=method, json=body)
        return answer.status_code, json.loads(answer.data)

    return call
