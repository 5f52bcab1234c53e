"""Google's own Python client over real HTTP: the way users' code will come."""

import copy
import gzip
import http.client
from urllib.parse import parse_qs, urlsplit

import google.auth.exceptions
import google.auth.transport.requests
import pytest
import requests
from conftest import CALLBACK, MARIE, consent_query, slot
from google.oauth2.credentials import Credentials
from google_auth_oauthlib.flow import Flow
from googleapiclient.discovery import build_from_document
from googleapiclient.errors import BatchError, HttpError

from sandbox.discovery import document
from sandbox.server import SandboxServer


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    """httplib2 without PySocks refuses any proxy setting, no_proxy or not."""
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def server():
    with SandboxServer() as server:
        yield server


@pytest.fixture
def world(server):
    server.world.reset()
    server.world.add_client("web", "secret", redirect_uris=[CALLBACK])
    server.world.add_account(MARIE, "Marie Durand")
    server.world.auto_consent = True
    return server.world


@pytest.fixture
def credentials(server, world, monkeypatch):
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    monkeypatch.setenv("OAUTHLIB_RELAX_TOKEN_SCOPE", "1")
    config = {
        "web": {
            "client_id": "web",
            "client_secret": "secret",
            "auth_uri": f"{server.url}/o/oauth2/v2/auth",
            "token_uri": f"{server.url}/token",
        }
    }
    scopes = consent_query()["scope"].split()
    flow = Flow.from_client_config(config, scopes, redirect_uri=CALLBACK)
    url, state = flow.authorization_url(prompt="consent", login_hint=MARIE)
    page = requests.get(url, allow_redirects=False, timeout=5)
    back = parse_qs(urlsplit(page.headers["Location"]).query)
    assert back["state"] == [state]
    flow.fetch_token(code=back["code"][0])
    return flow.credentials


@pytest.fixture
def service(server, credentials):
    raw = copy.deepcopy(document("calendar.v3").raw)
    raw["rootUrl"] = f"{server.url}/"
    raw["baseUrl"] = f"{server.url}/calendar/v3/"
    with build_from_document(raw, credentials=credentials) as service:
        yield service


def test_consent_with_pkce(credentials, world):
    assert credentials.refresh_token
    assert credentials.token in world.oauth.access
    (code,) = world.oauth.codes.values()
    assert code.method == "S256"


def test_events_round_trip(service):
    events = service.events()
    body = {**slot(), "summary": "Visite"}
    event = events.insert(calendarId="primary", body=body, sendUpdates="none").execute()
    request = events.update(calendarId="primary", eventId=event["id"], body=event)
    request.headers["If-Match"] = event["etag"]
    assert request.execute()["etag"] != event["etag"]
    request = events.patch(calendarId="primary", eventId=event["id"], body={})
    request.headers["If-Match"] = event["etag"]
    with pytest.raises(HttpError) as refusal:
        request.execute()
    assert refusal.value.status_code == 412
    assert refusal.value.error_details[0]["reason"] == "conditionNotMet"
    assert events.delete(calendarId="primary", eventId=event["id"]).execute() == ""
    assert events.list(calendarId="primary").execute()["items"] == []


def test_pages_with_list_next(service, world):
    for _ in range(5):
        world.person(MARIE).insert(slot())
    events = service.events()
    request = events.list(calendarId="primary", maxResults=2)
    sizes = []
    while request is not None:
        answer = request.execute()
        sizes.append(len(answer["items"]))
        request = events.list_next(request, answer)
    assert sizes == [2, 2, 1]


def test_batch_with_a_failure(service):
    found = {}
    batch = service.new_batch_http_request(
        callback=lambda key, answer, error: found.update({key: error or answer["id"]})
    )
    events = service.events()
    for event_id in ("first1", "second1", "first1"):
        body = {**slot(), "id": event_id}
        batch.add(events.insert(calendarId="primary", body=body))
    batch.execute()
    assert (found["1"], found["2"]) == ("first1", "second1")
    assert found["3"].status_code == 409


def test_batch_whose_tokens_expired_is_repeated_by_the_client(service, world):
    world.oauth.expire_access_tokens()
    found = []
    batch = service.new_batch_http_request(
        callback=lambda key, answer, error: found.append(error or answer["id"])
    )
    for event_id in ("first1", "second1"):
        body = {**slot(), "id": event_id}
        batch.add(service.events().insert(calendarId="primary", body=body))
    batch.execute()
    assert found == ["first1", "second1"]


def test_dropped_part_is_a_key_error(service, world):
    world.faults.add("*", "drop_part")
    batch = service.new_batch_http_request()
    batch.add(service.colors().get())
    with pytest.raises((KeyError, BatchError)):
        batch.execute()


def test_long_get_goes_as_post(service, world):
    events = service.events()
    long = [f"{'k' * 40}{n}={'v' * 40}" for n in range(40)]
    request = events.list(calendarId="primary", privateExtendedProperty=long)
    assert request.execute()["items"] == []
    assert world.counters.requests["calendar.events.list"] == 1


def test_expired_access_token_is_refreshed_unseen(service, world):
    world.oauth.expire_access_tokens()
    assert service.events().list(calendarId="primary").execute()["items"] == []
    assert world.counters.requests["oauth.token"] == 2


def test_revoked_grant_is_a_refresh_error(service, credentials, server):
    answer = requests.post(
        f"{server.url}/revoke", data={"token": credentials.refresh_token}, timeout=5
    )
    assert answer.status_code == 200
    with pytest.raises(google.auth.exceptions.RefreshError) as refusal:
        service.events().list(calendarId="primary").execute()
    assert refusal.value.args[1]["error"] == "invalid_grant"
    assert refusal.value.retryable is False


def test_wrong_secret_is_no_invalid_grant(server, credentials):
    wrong = Credentials(
        None,
        refresh_token=credentials.refresh_token,
        token_uri=f"{server.url}/token",
        client_id="web",
        client_secret="other",
    )
    with pytest.raises(google.auth.exceptions.RefreshError) as refusal:
        wrong.refresh(google.auth.transport.requests.Request())
    assert refusal.value.args[1]["error"] == "invalid_client"


def test_cut_connection(server, world):
    world.faults.add("*", "cut")
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{server.url}/calendar/v3/colors", timeout=5)
    assert (
        requests.get(f"{server.url}/calendar/v3/colors", timeout=5).status_code == 403
    )


def test_slow_answer_times_out_at_the_caller(server, world):
    world.faults.add("*", "slow", seconds=0.3)
    with pytest.raises(requests.Timeout):
        requests.get(f"{server.url}/calendar/v3/colors", timeout=0.05)


def test_connections_are_kept_and_gzip_is_understood(server, credentials):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    headers = {
        "Authorization": f"Bearer {credentials.token}",
        "Accept-Encoding": "gzip",
        "User-Agent": "x (gzip)",
    }
    sockets = set()
    for _ in range(3):
        connection.request(
            "GET", "/calendar/v3/calendars/primary/events", None, headers
        )
        answer = connection.getresponse()
        assert answer.headers["Content-Encoding"] == "gzip"
        assert b'"items": []' in gzip.decompress(answer.read())
        sockets.add(connection.sock)
    assert len(sockets) == 1
    connection.close()
