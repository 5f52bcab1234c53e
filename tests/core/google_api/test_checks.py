"""Honest questions about an application, against the sandbox over real HTTP."""

import pytest

from google_sync.google_api import checks
from google_sync.google_api.application import Application
from google_sync.google_api.endpoints import Endpoints
from google_sync.google_api.oauth import read_pasted
from google_sync.sandbox.server import SandboxServer
from google_sync.sync.ports import AdminNeeded, RetryLater

URI = "http://localhost:8069/google_sync/oauth2/callback"


@pytest.fixture
def google():
    with SandboxServer(seed="empty") as server:
        server.world.add_client("client", "secret", "web", [URI])
        server.world.add_api_key("AIza-key", "client")
        yield server


def test_right_client_is_known(google):
    application = Application("client", "secret")
    assert checks.check_client(application, Endpoints(google.url)) is None


@pytest.mark.parametrize("pair", [("client", "wrong"), ("other", "secret")])
def test_wrong_client_is_not(google, pair):
    stop = checks.check_client(Application(*pair), Endpoints(google.url))
    assert isinstance(stop, AdminNeeded)
    assert stop.reason == "invalid_client"


def test_nobody_answers():
    stop = checks.check_client(Application("a", "b"), Endpoints("http://127.0.0.1:9"))
    assert isinstance(stop, RetryLater)


@pytest.mark.parametrize("api", [checks.CALENDAR, checks.PEOPLE])
def test_what_google_says_of_a_key(google, api):
    endpoints = Endpoints(google.url)
    assert checks.check_key("AIza-key", endpoints, api) == checks.ACCEPTED
    assert checks.check_key("AIza-other", endpoints, api) == checks.INVALID
    google.world.clients["client"].disabled_apis = {api}
    assert checks.check_key("AIza-key", endpoints, api) == checks.API_OFF
    nobody = Endpoints("http://127.0.0.1:9")
    assert checks.check_key("AIza-key", nobody, api) == checks.UNKNOWN


def test_key_kept_from_this_server(google):
    options = {"status": 403, "reason": "API_KEY_IP_ADDRESS_BLOCKED"}
    google.world.faults.add("people.people.get", "error", **options)
    said = checks.check_key("AIza-key", Endpoints(google.url), checks.PEOPLE)
    assert said == checks.RESTRICTED


@pytest.mark.parametrize(
    ("text", "code", "state", "error"),
    [
        ("http://localhost:47813/x?state=s&code=4%2F0Abcdefgh", "4/0Abcdefgh", "s", ""),
        (" localhost/?code=4/0Abcdefgh&state=s \n", "4/0Abcdefgh", "s", ""),
        ("4/0Abcdefgh", "4/0Abcdefgh", "", ""),
        ("4%2F0Abcdefgh", "4/0Abcdefgh", "", ""),
        ("<http://localhost/?error=access_denied&state=s>", "", "s", "access_denied"),
    ],
)
def test_pasted_answers(text, code, state, error):
    found = read_pasted(text)
    assert (found.code, found.state, found.error) == (code, state, error)


@pytest.mark.parametrize("text", ["", "hello", "http://localhost/?state=s", "4/", "?"])
def test_pasted_nonsense(text):
    assert read_pasted(text) is None
