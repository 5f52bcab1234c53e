"""CalendarClient on the wire: what is sent, and what each answer becomes."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta, timezone

import pytest

from google_api.wire import (
    EVENT,
    EVENTS,
    LIST,
    MISSING,
    RESET,
    Answer,
    Request,
    Wire,
    batch,
    error,
)
from google_sync.google_api.calendar import CalendarClient
from google_sync.google_api.credentials import Tokens
from google_sync.google_api.endpoints import Endpoints
from google_sync.google_api.errors import QUOTA_PAUSE
from google_sync.google_api.oauth import Application
from google_sync.sync.ports import (
    AdminNeeded,
    CalendarLost,
    Delete,
    Get,
    Google,
    Insert,
    OurBug,
    PageTokenExpired,
    Patch,
    RetryLater,
    ScopeMissing,
    SyncTokenExpired,
    Verdict,
)


def test_client_is_the_port(client: CalendarClient) -> None:
    port: Google = client
    assert port.requests == 0


# -- list ----------------------------------------------------------------------


def test_first_list_sends_the_window_and_reads_the_page(
    wire: Wire, client: CalendarClient
) -> None:
    body = {
        "kind": "calendar#events",
        "items": [EVENT],
        "nextPageToken": "p2",
        "timeZone": "Europe/Brussels",
        "accessRole": "owner",
        "defaultReminders": [{"method": "popup", "minutes": 10}],
    }
    wire.play(Answer(200, body))
    brussels = timezone(timedelta(hours=1))
    page = client.list_events(
        time_min=datetime(2026, 10, 1, 1, tzinfo=brussels),
        time_max=datetime(2027, 10, 1, tzinfo=timezone.utc),
    )
    (request,) = wire.seen
    assert (request.method, request.path) == ("GET", EVENTS)
    assert request.query == {
        "singleEvents": "false",
        "showDeleted": "true",
        "maxResults": "1000",
        "timeMin": "2026-10-01T00:00:00Z",
        "timeMax": "2027-10-01T00:00:00Z",
        "prettyPrint": "false",
        "alt": "json",
    }
    assert request.token == "ya29.first"
    assert "gzip" in request.headers["user-agent"]
    assert "gzip" in request.headers["accept-encoding"]
    assert page.items == [EVENT]
    assert (page.next_page_token, page.next_sync_token) == ("p2", "")
    assert page.date == datetime(2026, 11, 3, 8, tzinfo=timezone.utc)
    assert (page.time_zone, page.access_role) == ("Europe/Brussels", "owner")
    assert page.default_reminders == [{"method": "popup", "minutes": 10}]
    assert client.requests == 1


def test_incremental_list_has_the_same_parameters_and_no_window(
    wire: Wire, client: CalendarClient
) -> None:
    wire.play(Answer(200, {"items": [], "nextSyncToken": "s2"}))
    page = client.list_events(sync_token="s1", page_token="p")
    assert wire.seen[0].query == {
        "singleEvents": "false",
        "showDeleted": "true",
        "maxResults": "1000",
        "syncToken": "s1",
        "pageToken": "p",
        "prettyPrint": "false",
        "alt": "json",
    }
    assert page.next_sync_token == "s2"


def test_window_beside_a_sync_token_is_not_even_sent(client: CalendarClient) -> None:
    with pytest.raises(OurBug):
        client.list_events(sync_token="s", time_min=datetime.now(timezone.utc))
    assert client.requests == 0


@pytest.mark.parametrize(
    ("answer", "chain", "stop"),
    [
        (Answer(410, error(410, "fullSyncRequired")), ("s", ""), SyncTokenExpired),
        (Answer(410, error(410, "fullSyncRequired")), ("s", "p"), SyncTokenExpired),
        (Answer(410), ("s", ""), SyncTokenExpired),
        (Answer(400, error(400, "invalid")), ("s", "p"), PageTokenExpired),
        (Answer(400, error(400, "invalid")), ("", "p"), PageTokenExpired),
        (Answer(400, error(400, "invalid")), ("s", ""), OurBug),
        (MISSING, ("", ""), CalendarLost),
        (Answer(403, error(403, "forbidden")), ("s", ""), CalendarLost),
        (Answer(403, error(403, "accessNotConfigured")), ("", ""), AdminNeeded),
        (Answer(403, error(403, "insufficientPermissions")), ("", ""), ScopeMissing),
        (Answer(403, error(403, "rateLimitExceeded")), ("s", ""), RetryLater),
        (Answer(502, "<html>Bad gateway</html>"), ("s", ""), RetryLater),
        (Answer(404, "<html>Not Found</html>"), ("s", ""), RetryLater),
        (Answer(200, "<html>Hotel WiFi</html>"), ("s", ""), RetryLater),
        (Answer(302, "", {"location": "/portal"}), ("s", ""), RetryLater),
        (Answer(200, {}), ("s", ""), RetryLater),
        (Answer(200, '{"items": [', cut=5), ("s", ""), RetryLater),
    ],
)
def test_list_that_fails_stops_with_its_reason(
    wire: Wire,
    client: CalendarClient,
    answer: Answer,
    chain: tuple[str, str],
    stop: type[Exception],
) -> None:
    wire.play(answer)
    with pytest.raises(stop):
        client.list_events(sync_token=chain[0], page_token=chain[1])
    assert len(wire.seen) == 1


def test_retry_after_is_the_delay(wire: Wire, client: CalendarClient) -> None:
    body = error(429, "rateLimitExceeded")
    wire.play(Answer(429, body, {"retry-after": "17"}))
    with pytest.raises(RetryLater) as caught:
        client.list_events()
    assert (caught.value.delay, caught.value.reason) == (17.0, "rateLimitExceeded")


def test_connection_cut_is_retry_later(wire: Wire, client: CalendarClient) -> None:
    # httplib2 itself tries once more when a connection closes without a word.
    wire.play(RESET, RESET)
    with pytest.raises(RetryLater) as caught:
        client.list_events()
    assert caught.value.reason == "network"


def test_silence_is_retry_later(
    wire: Wire, endpoints: Endpoints, application: Application, tokens: Tokens
) -> None:
    heard = threading.Event()

    def silent(request: Request) -> Answer:
        heard.wait(5)
        return LIST

    wire.play(silent)
    client = CalendarClient(
        endpoints,
        application,
        tokens,
        calendar_id="c",
        on_refresh=lambda tokens: None,
        timeout=0.05,
    )
    with pytest.raises(RetryLater) as caught:
        client.list_events()
    heard.set()
    assert caught.value.reason == "network"
    assert len(wire.seen) == 1


# -- one call ------------------------------------------------------------------


def test_insert_goes_alone_under_its_own_id(wire: Wire, client: CalendarClient) -> None:
    wire.play(Answer(200, EVENT))
    body = {"id": "e1", "summary": "Réunion", "location": None}
    (reply,) = client.call([Insert(body)])
    (request,) = wire.seen
    assert (request.method, request.path) == ("POST", EVENTS)
    assert request.query == {
        "sendUpdates": "none",
        "prettyPrint": "false",
        "alt": "json",
    }
    assert request.json == body
    assert request.headers["if-match"] is None
    assert (reply.verdict, reply.resource) == (Verdict.DONE, EVENT)


def test_patch_is_conditional_and_mails_nobody(
    wire: Wire, client: CalendarClient
) -> None:
    wire.play(Answer(200, EVENT))
    (reply,) = client.call([Patch("e1", {"colorId": None}, '"1"')])
    (request,) = wire.seen
    assert (request.method, request.path) == ("PATCH", f"{EVENTS}/e1")
    assert request.query["sendUpdates"] == "none"
    assert request.headers["if-match"] == '"1"'
    assert request.json == {"colorId": None}
    assert reply.verdict is Verdict.DONE


def test_delete_is_conditional_and_mails_nobody(
    wire: Wire, client: CalendarClient
) -> None:
    wire.play(Answer(204))
    (reply,) = client.call([Delete("e1", '"1"')])
    (request,) = wire.seen
    assert (request.method, request.path) == ("DELETE", f"{EVENTS}/e1")
    assert request.query["sendUpdates"] == "none"
    assert request.headers["if-match"] == '"1"'
    assert (reply.verdict, reply.resource) == (Verdict.DONE, None)


def test_get_asks_for_the_event_only(wire: Wire, client: CalendarClient) -> None:
    wire.play(Answer(200, EVENT))
    (reply,) = client.call([Get("e1_20261103T080000Z")])
    (request,) = wire.seen
    assert request.method == "GET"
    assert request.path == f"{EVENTS}/e1_20261103T080000Z"
    assert request.query == {"prettyPrint": "false", "alt": "json"}
    assert reply.resource == EVENT


def test_write_without_etag_is_stale_and_not_sent(
    wire: Wire, client: CalendarClient
) -> None:
    wire.play(Answer(200, EVENT))
    calls = [Patch("e1", {}, ""), Get("e2"), Delete("e3", "")]
    verdicts = [reply.verdict for reply in client.call(calls)]
    assert verdicts == [Verdict.STALE, Verdict.DONE, Verdict.STALE]
    assert [request.method for request in wire.seen] == ["GET"]


@pytest.mark.parametrize(
    ("call", "answer", "verdict"),
    [
        (Insert({"id": "e1"}), Answer(409, error(409, "duplicate")), Verdict.TAKEN),
        (Insert({"id": "e1"}), Answer(409, error(409, "conflict")), Verdict.RETRY),
        (Insert({"id": "e1"}), Answer(400, error(400, "invalid")), Verdict.REFUSED),
        (Patch("e1", {}, '"1"'), Answer(412), Verdict.STALE),
        (Patch("e1", {}, '"1"'), Answer(410, error(410, "deleted")), Verdict.GONE),
        (Delete("e1", '"1"'), Answer(410, error(410, "deleted")), Verdict.GONE),
        (Delete("e1", '"1"'), Answer(503), Verdict.RETRY),
        (Delete("e1", '"1"'), Answer(200, "<html>Portal</html>"), Verdict.RETRY),
        (Get("e1"), Answer(200, '{"id": "e1"', cut=1), Verdict.RETRY),
        (Get("e1"), Answer(200, {}), Verdict.RETRY),
        (Get("e1"), Answer(404, "<html>Not Found</html>"), Verdict.RETRY),
        (
            Patch("e1", {}, '"1"'),
            Answer(403, error(403, "forbiddenForNonOrganizer")),
            Verdict.REFUSED,
        ),
        (
            Patch("e1", {}, '"1"'),
            Answer(403, error(403, "userRateLimitExceeded")),
            Verdict.RETRY,
        ),
    ],
)
def test_one_answer_one_verdict(
    wire: Wire, client: CalendarClient, call: object, answer: Answer, verdict: Verdict
) -> None:
    wire.play(answer)
    (reply,) = client.call([call])
    assert reply.verdict is verdict
    assert len(wire.seen) == 1


def test_lost_answer_to_an_insert_is_retry(wire: Wire, client: CalendarClient) -> None:
    wire.play(RESET, RESET)
    (reply,) = client.call([Insert({"id": "e1"})])
    assert (reply.verdict, reply.reason) == (Verdict.RETRY, "network")


def test_quota_of_the_account_pauses_for_hours(
    wire: Wire, client: CalendarClient
) -> None:
    wire.play(
        Answer(403, error(403, "quotaExceeded", "Calendar usage limits exceeded."))
    )
    with pytest.raises(RetryLater) as caught:
        client.call([Insert({"id": "e1"})])
    assert caught.value.delay == QUOTA_PAUSE
    assert str(caught.value) == "Calendar usage limits exceeded."


# -- what a 404 is about -------------------------------------------------------


def test_404_on_insert_is_the_calendar(wire: Wire, client: CalendarClient) -> None:
    wire.play(MISSING)
    with pytest.raises(CalendarLost):
        client.call([Insert({"id": "e1"})])


def test_404_in_a_lost_calendar_is_no_deletion(
    wire: Wire, client: CalendarClient
) -> None:
    wire.play(MISSING, MISSING)
    with pytest.raises(CalendarLost):
        client.call([Patch("e1", {}, '"1"')])
    assert wire.seen[1].path == EVENTS
    assert wire.seen[1].query["maxResults"] == "1"


def test_404_that_stays_in_a_readable_calendar_is_gone(
    wire: Wire, client: CalendarClient
) -> None:
    wire.play(MISSING, LIST, MISSING)
    (reply,) = client.call([Get("e1")])
    assert (reply.verdict, reply.reason) == (Verdict.GONE, "notFound")
    assert client.requests == 3


def test_404_just_after_creation_is_a_lag(wire: Wire, client: CalendarClient) -> None:
    wire.play(MISSING, LIST, Answer(200, EVENT))
    (reply,) = client.call([Patch("e1", {}, '"1"')])
    assert reply.verdict is Verdict.DONE


def test_404_on_delete_is_not_repeated(wire: Wire, client: CalendarClient) -> None:
    wire.play(MISSING, LIST)
    (reply,) = client.call([Delete("e1", '"1"')])
    assert reply.verdict is Verdict.GONE


def test_another_event_in_the_batch_proves_the_calendar(
    wire: Wire, client: CalendarClient
) -> None:
    def mixed(request: Request) -> Answer:
        first, second = request.parts
        return batch(first.reply(404, error(404, "notFound")), second.reply(200, EVENT))

    wire.play(mixed, MISSING)
    replies = client.call([Get("gone"), Get("e1")])
    assert [reply.verdict for reply in replies] == [Verdict.GONE, Verdict.DONE]
    assert [request.path for request in wire.seen] == [
        "/batch/calendar/v3",
        f"{EVENTS}/gone",
    ]
