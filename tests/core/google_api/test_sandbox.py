"""The client against the sandbox: the same gestures as against Google, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from http.client import HTTPConnection
from urllib.parse import parse_qs, urlsplit

import pytest

from google_sync.google_api.calendar import CalendarClient
from google_sync.google_api.calendar_list import CalendarListClient
from google_sync.google_api.credentials import Tokens
from google_sync.google_api.endpoints import Endpoints
from google_sync.google_api.oauth import (
    AGENDA_SCOPES,
    IDENTITY_SCOPES,
    Application,
    ConsentFailed,
    Grant,
    exchange_code,
    revoke,
    start_consent,
)
from google_sync.sync.ports import (
    AdminNeeded,
    CalendarLost,
    Delete,
    Get,
    Insert,
    Page,
    PageTokenExpired,
    Patch,
    ReconnectNeeded,
    Reply,
    RetryLater,
    ScopeMissing,
    SyncTokenExpired,
    Verdict,
)
from sandbox.server import SandboxServer

APPLICATION = Application("1-abc.apps.googleusercontent.com", "GOCSPX-sandbox")
CALLBACK = "http://localhost:8069/google_sync/oauth2/callback"
ANN = "ann@example.com"
START = datetime(2026, 11, 3, 9, tzinfo=timezone.utc)


@pytest.fixture(scope="module")
def server() -> Iterator[SandboxServer]:
    with SandboxServer() as server:
        yield server


@pytest.fixture
def google(server: SandboxServer) -> SandboxServer:
    world = server.world
    world.reset()
    world.add_client(
        APPLICATION.client_id, APPLICATION.client_secret, redirect_uris=[CALLBACK]
    )
    world.add_account(ANN, "Ann Example", auto_consent=True)
    return server


@pytest.fixture
def endpoints(google: SandboxServer) -> Endpoints:
    return Endpoints(google.url)


@pytest.fixture
def grant(endpoints: Endpoints) -> Grant:
    return connect(endpoints)


@pytest.fixture
def client(endpoints: Endpoints, grant: Grant) -> Iterator[CalendarClient]:
    client = open_calendar(endpoints, grant)
    yield client
    client.close()


def connect(endpoints: Endpoints, **exchange: str) -> Grant:
    consent = start_consent(
        APPLICATION,
        endpoints,
        redirect_uri=CALLBACK,
        scopes=[*IDENTITY_SCOPES, *AGENDA_SCOPES],
        login_hint=ANN,
    )
    back = visit(consent.url)
    assert back["state"] == consent.state
    options = {"code": back["code"], "code_verifier": consent.code_verifier}
    return exchange_code(
        APPLICATION, endpoints, redirect_uri=CALLBACK, **{**options, **exchange}
    )


def visit(url: str) -> dict[str, str]:
    """What the browser brings back from the consent page."""
    address = urlsplit(url)
    connection = HTTPConnection(address.netloc, timeout=5)
    connection.request("GET", f"{address.path}?{address.query}")
    location = connection.getresponse().headers["location"]
    connection.close()
    assert location.startswith(CALLBACK)
    return {k: v for k, (v,) in parse_qs(urlsplit(location).query).items()}


def open_calendar(
    endpoints: Endpoints, grant: Grant, calendar_id: str = ANN
) -> CalendarClient:
    return CalendarClient(
        endpoints,
        APPLICATION,
        Tokens(grant.access_token, grant.refresh_token, grant.expiry),
        calendar_id=calendar_id,
        on_refresh=lambda tokens: None,
        timeout=5.0,
    )


def event(number: int, **fields: object) -> dict:
    start = START + timedelta(days=number)
    return {
        "id": f"event{number:05d}",
        "summary": f"Réunion {number}",
        "start": {"dateTime": start.isoformat()},
        "end": {"dateTime": (start + timedelta(hours=1)).isoformat()},
        **fields,
    }


def insert(client: CalendarClient, *numbers: int) -> list[Reply]:
    replies = client.call([Insert(event(number)) for number in numbers])
    assert {reply.verdict for reply in replies} == {Verdict.DONE}
    return replies


def verdicts(replies: list[Reply]) -> list[Verdict]:
    return [reply.verdict for reply in replies]


def read_all(client: CalendarClient, **window: object) -> tuple[set[str], Page]:
    ids: set[str] = set()
    page = client.list_events(**window)
    ids |= {item["id"] for item in page.items}
    while page.next_page_token:
        page = client.list_events(page_token=page.next_page_token, **window)
        ids |= {item["id"] for item in page.items}
    return ids, page


# -- consent -------------------------------------------------------------------


def test_consent_to_grant(grant: Grant) -> None:
    assert grant.email == ANN
    assert grant.sub
    assert grant.refresh_token
    assert grant.scopes >= {*IDENTITY_SCOPES, *AGENDA_SCOPES}


def test_code_works_once_and_with_its_verifier(endpoints: Endpoints) -> None:
    for wrong in ({"code_verifier": "x" * 43}, {"code": "4/0nothing"}):
        with pytest.raises(ConsentFailed) as caught:
            connect(endpoints, **wrong)
        assert caught.value.code == "invalid_grant"


def test_unticked_box_is_seen_in_the_scopes(
    google: SandboxServer, endpoints: Endpoints
) -> None:
    google.world.account(ANN).grants_only = {AGENDA_SCOPES[1]}
    grant = connect(endpoints)
    assert AGENDA_SCOPES[0] not in grant.scopes
    with pytest.raises(ScopeMissing):
        open_calendar(endpoints, grant).list_events()


def test_rotated_secret_is_the_administrators(
    google: SandboxServer, endpoints: Endpoints
) -> None:
    google.world.clients[APPLICATION.client_id].secret = "GOCSPX-other"
    with pytest.raises(AdminNeeded):
        connect(endpoints)


def test_revoked_grant_needs_a_new_consent(
    endpoints: Endpoints, grant: Grant, client: CalendarClient
) -> None:
    assert revoke(endpoints, grant.refresh_token) is True
    assert revoke(endpoints, grant.refresh_token) is False
    with pytest.raises(ReconnectNeeded):
        client.list_events()
    with pytest.raises(ReconnectNeeded):
        client.call([Insert(event(1)), Insert(event(2))])


def test_expired_access_token_is_refreshed_without_a_word(
    google: SandboxServer, client: CalendarClient
) -> None:
    google.world.clock.advance(3600)
    try:
        replies = client.call([Insert(event(1)), Insert(event(2))])
    finally:
        google.world.clock.advance(-3600)
    assert verdicts(replies) == [Verdict.DONE, Verdict.DONE]


# -- calendars -----------------------------------------------------------------


def test_calendars_of_the_account(
    google: SandboxServer, endpoints: Endpoints, grant: Grant
) -> None:
    ann = google.world.account(ANN)
    google.world.add_calendar(ann, "Chantier #1")
    tokens = Tokens(grant.access_token, grant.refresh_token, grant.expiry)
    reader = CalendarListClient(
        endpoints, APPLICATION, tokens, on_refresh=lambda tokens: None
    )
    entries = {entry.summary: entry for entry in reader.list_calendars()}
    reader.close()
    assert entries[ANN].primary
    assert entries[ANN].time_zone == "Europe/Paris"
    assert entries["Chantier #1"].access_role == "owner"


def test_unshared_calendar_is_lost_and_nothing_in_it_deleted(
    google: SandboxServer, endpoints: Endpoints, grant: Grant
) -> None:
    ann = google.world.account(ANN)
    calendar = google.world.add_calendar(ann, "Chantier")
    client = open_calendar(endpoints, grant, calendar.id)
    (reply,) = insert(client, 1)
    calendar.deleted = True
    change = Patch(event(1)["id"], {"summary": "x"}, reply.resource["etag"])
    for calls in ([change], [change, Get("other")], [Insert(event(2))]):
        with pytest.raises(CalendarLost):
            client.call(calls)
    with pytest.raises(CalendarLost):
        client.list_events()
    client.close()


# -- events --------------------------------------------------------------------


def test_life_of_an_event(client: CalendarClient) -> None:
    (made,) = insert(client, 1)
    key, etag = event(1)["id"], made.resource["etag"]
    assert verdicts(client.call([Insert(event(1))])) == [Verdict.TAKEN]
    (edited,) = client.call([Patch(key, {"summary": "Été"}, etag)])
    assert edited.resource["summary"] == "Été"
    assert verdicts(client.call([Patch(key, {"summary": "x"}, etag)])) == [
        Verdict.STALE
    ]
    assert verdicts(client.call([Delete(key, etag)])) == [Verdict.STALE]
    newest = edited.resource["etag"]
    assert verdicts(client.call([Delete(key, newest)])) == [Verdict.DONE]
    (dead,) = client.call([Get(key)])
    assert dead.resource["status"] == "cancelled"
    buried = Delete(key, dead.resource["etag"])
    assert verdicts(client.call([buried])) == [Verdict.GONE]
    assert verdicts(client.call([Insert(event(1))])) == [Verdict.TAKEN]
    (unknown,) = client.call([Get("neverwashere")])
    assert (unknown.verdict, unknown.reason) == (Verdict.GONE, "notFound")


def test_refusal_has_google_s_reason(client: CalendarClient) -> None:
    (reply,) = client.call([Insert(event(1, id="Not_An_Id"))])
    assert (reply.verdict, reply.reason) == (Verdict.REFUSED, "invalid")
    assert reply.message == "Invalid resource id value. (at id)"


def test_batch_of_every_kind(google: SandboxServer, client: CalendarClient) -> None:
    one, two = insert(client, 1, 2)
    google.world.paging.random_order = 7
    replies = client.call(
        [
            Get("neverwashere"),
            Insert(event(3)),
            Patch(event(1)["id"], {"summary": "Un"}, one.resource["etag"]),
            Patch(event(2)["id"], {"summary": "Deux"}, '"0"'),
            Insert(event(2)),
            Get(event(2)["id"]),
        ]
    )
    assert verdicts(replies) == [
        Verdict.GONE,
        Verdict.DONE,
        Verdict.DONE,
        Verdict.STALE,
        Verdict.TAKEN,
        Verdict.DONE,
    ]
    assert replies[1].resource["id"] == event(3)["id"]
    assert replies[5].resource["etag"] == two.resource["etag"]
    assert not google.world.warnings


def test_fifty_calls_are_one_request(
    google: SandboxServer, client: CalendarClient
) -> None:
    insert(client, *range(50))
    assert client.requests == 1
    assert google.world.counters.requests["batch"] == 1


def test_guests_are_never_mailed(google: SandboxServer, client: CalendarClient) -> None:
    google.world.add_account("bob@example.com", "Bob")
    invited = {"attendees": [{"email": "bob@example.com"}]}
    (made,) = client.call([Insert(event(1, **invited))])
    move = {"start": event(2)["start"], "end": event(2)["end"]}
    (moved,) = client.call([Patch(event(1)["id"], move, made.resource["etag"])])
    (gone,) = client.call([Delete(event(1)["id"], moved.resource["etag"])])
    assert verdicts([made, moved, gone]) == [Verdict.DONE] * 3
    assert google.world.mails.count == 0


# -- lists ---------------------------------------------------------------------


def test_full_then_incremental(google: SandboxServer, client: CalendarClient) -> None:
    replies = insert(client, *range(7))
    google.world.paging.page_size = 2
    google.world.paging.empty_pages = True
    window = {"time_min": START - timedelta(1), "time_max": START + timedelta(days=5)}
    ids, last = read_all(client, **window)
    assert ids == {event(number)["id"] for number in range(5)}
    assert last.next_sync_token
    assert last.time_zone == "Europe/Paris"
    assert abs(last.date - datetime.now(timezone.utc)) < timedelta(minutes=1)
    client.call([Delete(event(1)["id"], replies[1].resource["etag"])])
    page = client.list_events(sync_token=last.next_sync_token)
    items = list(page.items)
    while page.next_page_token:
        page = client.list_events(
            sync_token=last.next_sync_token, page_token=page.next_page_token
        )
        items += page.items
    assert [(i["id"], i["status"]) for i in items] == [(event(1)["id"], "cancelled")]
    page = client.list_events(sync_token=page.next_sync_token)
    assert (page.items, bool(page.next_page_token)) in (([], False), ([], True))


def test_full_list_proves_deletions(client: CalendarClient) -> None:
    (made,) = insert(client, 1)
    client.call([Delete(event(1)["id"], made.resource["etag"])])
    (item,) = client.list_events().items
    assert (item["id"], item["status"]) == (event(1)["id"], "cancelled")


def test_dead_tokens(google: SandboxServer, client: CalendarClient) -> None:
    token = client.list_events().next_sync_token
    google.world.expire_sync_tokens()
    for dead in (token, "nonsense"):
        with pytest.raises(SyncTokenExpired):
            client.list_events(sync_token=dead)
    with pytest.raises(PageTokenExpired):
        client.list_events(page_token="nonsense")


# -- faults --------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["cut", "bad_gateway", "backend_error", "truncated"])
@pytest.mark.parametrize("numbers", [(1,), (1, 2)])
def test_lost_answer_is_found_again(
    google: SandboxServer, client: CalendarClient, kind: str, numbers: tuple[int, ...]
) -> None:
    """Done or not, the same ids sent again tell."""
    route = "batch" if len(numbers) > 1 else "calendar.events.insert"
    google.world.faults.add(route, kind, times=2, when="after")
    calls = [Insert(event(number)) for number in numbers]
    for reply in client.call(calls):
        assert reply.verdict is Verdict.RETRY
    google.world.faults.clear()
    assert set(verdicts(client.call(calls))) == {Verdict.TAKEN}


@pytest.mark.parametrize("kind", ["malformed", "empty"])
def test_answer_that_makes_no_sense_is_no_list(
    google: SandboxServer, client: CalendarClient, kind: str
) -> None:
    google.world.faults.add("calendar.events.list", kind, when="after")
    with pytest.raises(RetryLater):
        client.list_events()


def test_dropped_part_alone_is_tried_again(
    google: SandboxServer, client: CalendarClient
) -> None:
    google.world.faults.add("calendar.events.insert", "drop_part", skip=1)
    replies = client.call([Insert(event(number)) for number in range(3)])
    assert verdicts(replies) == [Verdict.DONE, Verdict.RETRY, Verdict.DONE]


def test_401_in_one_part_is_cured(
    google: SandboxServer, client: CalendarClient
) -> None:
    google.world.faults.add("calendar.events.insert", "auth", skip=1)
    replies = client.call([Insert(event(number)) for number in range(3)])
    assert verdicts(replies) == [Verdict.DONE] * 3


@pytest.mark.parametrize("kind", ["rate_limit", "user_rate_limit", "too_many_requests"])
def test_too_fast_says_how_long(
    google: SandboxServer, client: CalendarClient, kind: str
) -> None:
    google.world.faults.add("calendar.events.insert", kind, retry_after=12, skip=1)
    done, fast = client.call([Insert(event(1)), Insert(event(2))])
    assert done.verdict is Verdict.DONE
    assert (fast.verdict, fast.retry_after) == (Verdict.RETRY, 12.0)
    google.world.faults.add("calendar.events.list", kind, retry_after=12)
    with pytest.raises(RetryLater) as caught:
        client.list_events()
    assert caught.value.delay == 12.0


def test_disabled_api_is_the_administrators(
    google: SandboxServer, client: CalendarClient
) -> None:
    google.world.clients[APPLICATION.client_id].disabled_apis.add("calendar")
    with pytest.raises(AdminNeeded):
        client.list_events()
    with pytest.raises(AdminNeeded):
        client.call([Insert(event(1)), Insert(event(2))])
