"""CalendarClient's batches on the wire: what is sent, and what each part becomes."""

from __future__ import annotations

import pytest

from google_api.wire import (
    EVENT,
    EVENTS,
    MISSING,
    RESET,
    Answer,
    Request,
    Wire,
    batch,
    error,
)
from google_sync.google_api.calendar import CalendarClient
from google_sync.google_api.errors import QUOTA_PAUSE
from google_sync.sync.ports import (
    AdminNeeded,
    Delete,
    Get,
    Insert,
    OurBug,
    Patch,
    Verdict,
)


def test_batch_carries_every_call_and_keeps_their_order(
    wire: Wire, client: CalendarClient
) -> None:
    def shuffled(request: Request) -> Answer:
        insert, patch, delete, get = request.parts
        return batch(
            get.reply(200, {"id": "e4"}),
            delete.reply(204),
            insert.reply(200, {"id": "e1", "summary": "Été"}),
            patch.reply(412),
        )

    wire.play(shuffled)
    replies = client.call(
        [
            Insert({"id": "e1", "summary": "Été"}),
            Patch("e2", {"summary": "x"}, '"2"'),
            Delete("e3", '"3"'),
            Get("e4"),
        ]
    )
    (request,) = wire.seen
    assert (request.method, request.path) == ("POST", "/batch/calendar/v3")
    assert request.token == "ya29.first"
    parts = request.parts
    assert [(part.method, part.path) for part in parts] == [
        ("POST", EVENTS),
        ("PATCH", f"{EVENTS}/e2"),
        ("DELETE", f"{EVENTS}/e3"),
        ("GET", f"{EVENTS}/e4"),
    ]
    assert [part.headers["If-Match"] for part in parts] == [None, '"2"', '"3"', None]
    assert all(part.query["sendUpdates"] == "none" for part in parts[:3])
    assert all(part.token == "ya29.first" for part in parts)
    assert parts[0].json == {"id": "e1", "summary": "Été"}
    assert [reply.verdict for reply in replies] == [
        Verdict.DONE,
        Verdict.STALE,
        Verdict.DONE,
        Verdict.DONE,
    ]
    assert replies[0].resource == {"id": "e1", "summary": "Été"}
    assert client.requests == 1


def test_dropped_and_cut_parts_alone_are_retried(
    wire: Wire, client: CalendarClient
) -> None:
    def torn(request: Request) -> Answer:
        _dropped, done, cut, half = request.parts
        return batch(
            done.reply(200, EVENT),
            cut.reply(200, '{"id": "e3", "summ'),
            half.reply(200, EVENT)[:90],
        )

    wire.play(torn)
    replies = client.call([Get(f"e{n}") for n in range(4)])
    assert [reply.verdict for reply in replies] == [
        Verdict.RETRY,
        Verdict.DONE,
        Verdict.RETRY,
        Verdict.RETRY,
    ]
    assert replies[0].reason == "noAnswer"


@pytest.mark.parametrize(
    "steps",
    [
        [Answer(503)],
        [Answer(502, "<html>Bad gateway</html>")],
        [Answer(429, error(429, "rateLimitExceeded"), {"retry-after": "5"})],
        [Answer(200, "<html>Portal</html>", {"content-type": "text/html"})],
        [Answer(200, "nothing here", {"content-type": "multipart/mixed; boundary=b"})],
        [Answer(200, {"not": "multipart"})],
        [Answer(200, "--b\r\n", {"content-type": "multipart/mixed; boundary=b"}, 99)],
        [RESET, RESET],
    ],
)
def test_batch_without_answer_is_retry_for_all(
    wire: Wire, client: CalendarClient, steps: list[Answer]
) -> None:
    wire.play(*steps)
    replies = client.call([Insert({"id": "e1"}), Delete("e2", '"2"')])
    assert [reply.verdict for reply in replies] == [Verdict.RETRY] * 2


def test_status_of_the_envelope_is_no_verdict_on_events(
    wire: Wire, client: CalendarClient
) -> None:
    wire.play(MISSING)
    with pytest.raises(OurBug):
        client.call([Get("e1"), Get("e2")])


def test_stop_beside_real_answers_waits(wire: Wire, client: CalendarClient) -> None:
    def half(request: Request) -> Answer:
        first, second = request.parts
        return batch(
            first.reply(200, EVENT), second.reply(403, error(403, "quotaExceeded"))
        )

    wire.play(half)
    done, paused = client.call([Insert({"id": "e1"}), Insert({"id": "e2"})])
    assert done.verdict is Verdict.DONE
    assert (paused.verdict, paused.reason) == (Verdict.RETRY, "quotaExceeded")
    assert paused.retry_after == QUOTA_PAUSE


def test_stop_in_all_parts_is_raised_the_gravest_first(
    wire: Wire, client: CalendarClient
) -> None:
    def none(request: Request) -> Answer:
        first, second = request.parts
        return batch(
            first.reply(403, error(403, "quotaExceeded")),
            second.reply(403, error(403, "accessNotConfigured")),
        )

    wire.play(none)
    with pytest.raises(AdminNeeded):
        client.call([Insert({"id": "e1"}), Insert({"id": "e2"})])


def test_more_calls_than_a_batch_takes_are_refused(client: CalendarClient) -> None:
    with pytest.raises(ValueError, match="51 calls"):
        client.call([Get("e1")] * 51)


def test_no_calls_no_request(client: CalendarClient) -> None:
    assert client.call([]) == []
    assert client.requests == 0
