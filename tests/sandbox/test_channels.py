"""Push notifications: watch, stop, and the messages that go out over real HTTP."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from conftest import MARIE, Google, days, reason

WATCH, STOP = "watch", "/channels/stop"


class Listener:
    """A server on loopback that keeps what it is told; ``answers`` in this order."""

    def __init__(self):
        self.heard = []
        self.answers = []
        self.came = threading.Condition()
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                with listener.came:
                    listener.heard.append((self.path, self.headers, body))
                    status = listener.answers.pop(0) if listener.answers else 204
                    listener.came.notify_all()
                self.send_response(status)
                self.end_headers()

            def log_message(self, *args):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/here?db=one"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def wait(self, count):
        """The first ``count`` messages; fails when they do not come."""
        with self.came:
            assert self.came.wait_for(lambda: len(self.heard) >= count, 10), self.heard
            return self.heard[:count]

    def states(self):
        return [headers["X-Goog-Resource-State"] for _path, headers, _b in self.heard]


@pytest.fixture
def listener():
    listener = Listener()
    yield listener
    listener.server.shutdown()
    listener.server.server_close()


def channel(listener, **changes):
    body = {
        "id": "channel-1",
        "type": "web_hook",
        "address": listener.address,
        "token": "secret",
    }
    return {**body, **changes}


def test_a_change_is_told_without_saying_what(google, listener, world):
    status, answer = google.post(WATCH, channel(listener))
    assert status == 200, answer
    now = world.clock.timestamp()
    assert int(answer["expiration"]) / 1000 == pytest.approx(now + 604800, abs=10)
    listener.wait(1)
    google.insert(summary="Secret")
    (_first, (path, headers, body)) = listener.wait(2)
    assert (path, body) == ("/here?db=one", b"")
    assert headers["X-Goog-Channel-ID"] == "channel-1"
    assert headers["X-Goog-Channel-Token"] == "secret"
    assert headers["X-Goog-Resource-ID"] == answer["resourceId"]
    assert headers["X-Goog-Resource-State"] == "exists"
    assert int(headers["X-Goog-Message-Number"]) > 1
    assert "Secret" not in str(headers)


def test_the_first_message_may_come_before_the_answer(google, listener, world):
    world.channels.early = True
    google.post(WATCH, channel(listener))
    assert listener.states() == ["sync"]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"address": "http://odoo.example.com/x"}, (400, "push.webhookUrlNotHttps")),
        ({"address": "https://10.0.0.3/x"}, (401, "push.webhookUrlUnauthorized")),
        ({"address": "https://odoo.local/x"}, (401, "push.webhookUrlUnauthorized")),
        ({"address": ""}, (400, "required")),
        ({"id": "a b"}, (400, "channelIdInvalid")),
        ({"id": "a" * 65}, (400, "channelIdInvalid")),
        ({"type": "mail"}, (400, "channelUnknown")),
        ({"token": "x" * 257}, (400, "invalid")),
        ({"params": {"ttl": "-1"}}, (400, "invalid")),
        ({"surprise": 1}, (400, "badRequest")),
    ],
)
def test_what_google_refuses(google, listener, changes, refusal):
    assert reason(google.post(WATCH, channel(listener, **changes))) == refusal


def test_an_id_is_good_once(google, listener):
    _status, answer = google.post(WATCH, channel(listener))
    again = reason(google.post(WATCH, channel(listener)))
    assert again == (400, "channelIdNotUnique")
    ended = {"id": "channel-1", "resourceId": answer["resourceId"]}
    assert google.post(STOP, ended)[0] == 204
    again = reason(google.post(WATCH, channel(listener)))
    assert again == (400, "channelIdNotUnique")


def test_only_who_opened_it_stops_it(google, paul, listener, world):
    _status, answer = google.post(WATCH, channel(listener))
    ended = {"id": "channel-1", "resourceId": answer["resourceId"]}
    assert reason(paul.post(STOP, ended)) == (404, "notFound")
    assert reason(google.post(STOP, {**ended, "resourceId": "x"})) == (404, "notFound")
    listener.wait(1)
    assert google.post(STOP, ended)[0] == 204
    google.insert()
    assert not world.channels.open
    assert listener.states() == ["sync"]


def test_a_narrow_scope_that_cannot_read_cannot_watch(http, world, listener):
    prefix = "https://www.googleapis.com/auth/"
    blind = Google(http, world, MARIE, [prefix + "contacts"])
    refused = reason(blind.post(WATCH, channel(listener)))
    assert refused == (403, "insufficientPermissions")
    events = Google(http, world, MARIE, [prefix + "calendar.events"])
    assert events.post(WATCH, channel(listener))[0] == 200


def test_googles_own_calendars_cannot_be_watched(google, listener, world):
    holidays = world.add_calendar(None, "Holidays", "fr#holiday@group.v.calendar")
    world.share(holidays, world.account(MARIE), "reader")
    path = f"/calendars/{holidays.id.replace('#', '%23')}/events/watch"
    refused = reason(google.post(path, channel(listener)))
    assert refused == (400, "pushNotSupportedForRequestedResource")


def test_a_channel_ends_by_itself(google, listener, world):
    google.post(WATCH, channel(listener, params={"ttl": "3600"}))
    listener.wait(1)
    world.clock.advance(3601)
    world.person(MARIE).insert({"summary": "Late", **days()})
    assert not world.channels.open
    assert listener.states() == ["sync"]


def test_a_longer_life_is_cut(google, listener, world):
    world.channels.longest = 600
    _status, answer = google.post(WATCH, channel(listener, params={"ttl": "999999"}))
    left = int(answer["expiration"]) / 1000 - world.clock.timestamp()
    assert left == pytest.approx(600, abs=10)


def test_trouble_at_the_address_is_tried_again_and_other_refusals_are_lost(
    google, listener, world
):
    google.post(WATCH, channel(listener))
    listener.wait(1)
    listener.answers = [503, 204]
    google.insert()
    listener.wait(3)
    listener.answers = [404]
    google.insert()
    listener.wait(4)
    assert world.channels.sent[503] == 1


def test_losses_repeats_and_a_silent_death(google, listener, world):
    google.post(WATCH, channel(listener))
    listener.wait(1)
    world.channels.lose = 1
    google.insert()
    world.channels.repeat = 1
    google.insert()
    messages = listener.wait(3)
    numbers = [headers["X-Goog-Message-Number"] for _path, headers, _body in messages]
    assert numbers[1] == numbers[2]
    world.channels.kill()
    google.insert()
    assert world.channels.sent["lost"] == 1
    assert len(listener.heard) == 3


def test_a_deleted_calendar_does_not_exist(google, listener, world):
    team = world.add_calendar(world.account(MARIE), "Team")
    google.post(f"/calendars/{team.id}/events/watch", channel(listener))
    listener.wait(1)
    assert google.delete(f"/calendars/{team.id}")[0] == 204
    listener.wait(2)
    assert listener.states() == ["sync", "not_exists"]


def test_held_messages_wait(google, listener, world):
    world.channels.held = True
    google.post(WATCH, channel(listener))
    google.insert()
    assert len(world.channels.box) == 2
    world.channels.release()
    listener.wait(2)


def test_the_control_pages_turn_the_switches(control, google, listener):
    google.post(WATCH, channel(listener))
    status, told = control("POST", "/channels", {"lose": 2, "kill": True})
    assert (status, told["open"], told["switches"]["lose"]) == (200, [], 2)
    assert control("POST", "/channels", {"nonsense": 1})[0] == 400
    assert "secret" not in str(control("GET", "/channels"))
