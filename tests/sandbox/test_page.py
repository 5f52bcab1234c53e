"""The web page: what it shows, and what its forms do."""

import html
import json
import re
from datetime import datetime, timezone

import pytest
from conftest import MARIE, PAUL, days, slot


@pytest.fixture(autouse=True)
def _today(world):
    world.clock.freeze(datetime(2030, 5, 6, 9, 0, tzinfo=timezone.utc))


def show(http, lang="en", **query):
    answer = http.get("/", query_string=query, headers={"Accept-Language": lang})
    assert answer.status_code == 200
    return html.unescape(answer.text)


def submit(http, **form):
    form = {"account": MARIE, "calendar": MARIE, "back": "/?account=x", **form}
    answer = http.post("/sandbox/page", data=form)
    assert answer.status_code == 302
    return answer.headers["Location"]


FORM = {
    "action": "save",
    "summary": "By hand",
    "start_date": "2030-05-07",
    "start_time": "10:00",
    "end_date": "2030-05-07",
    "end_time": "11:00",
    "reminder": "default",
}


def test_event_is_shown_with_its_marks(http, google):
    google.insert(
        summary="<Visite>",
        visibility="private",
        transparency="transparent",
        colorId="11",
        attendees=[{"email": "x@example.net"}],
        **slot(zone="America/New_York", day="2030-05-07"),
    )
    page = show(http)
    assert "16:00 - 17:00" in page
    assert "#d50000" in page, "the modern colour"
    for mark in ("America/New_York", "available", "1 guests", 'aria-label="private"'):
        assert mark in page
    raw = http.get("/").text
    assert "&lt;Visite&gt;" in raw
    assert "<Visite>" not in raw


def test_french_on_request(http):
    assert "Nouvel événement" in show(http, "fr-FR,fr;q=0.9")
    assert "New event" in show(http, "de")
    assert "lun. 6 mai" in show(http, "fr")


def test_another_calendar_in_the_dialogue_moves_the_event(http, google, world):
    other = world.add_calendar(world.account(MARIE), "Second").id
    event = google.insert(**slot(day="2030-05-07"))
    moved = {**FORM, "id": event["id"], "calendar": other, "calendar_before": MARIE}
    submit(http, **moved)
    assert google.get(event["id"])[1]["status"] == "cancelled"
    there = world.person(MARIE).get(event["id"], other)
    assert (there["summary"], there["status"]) == ("By hand", "confirmed")
    gone = {**moved, "action": "delete", "calendar": MARIE, "calendar_before": other}
    submit(http, **gone)
    assert world.person(MARIE).get(event["id"], other)["status"] == "cancelled"


def test_all_day_shows_its_last_day(http, google):
    google.insert(summary="Fair", **days("2030-05-07", "2030-05-10"))
    assert "until Thu 9 May" in show(http)


def test_another_account_and_hidden_calendars(http, google, paul):
    google.insert(summary="Hers")
    paul.insert(summary="His")
    assert "His" in show(http, account=PAUL)
    assert "Hers" not in show(http, account=PAUL)
    assert "Hers" not in show(http, hide=MARIE)


def test_dates_move_the_window(http, google):
    google.insert(summary="Later", **slot(day="2030-09-01"))
    assert "Later</b>" not in show(http)
    assert "Later</b>" in show(http, **{"from": "2030-08-20"})
    assert show(http, **{"from": "nonsense"})


def test_save_creates(http, google):
    submit(http, **FORM, private="1", free="1", color="4", location="Lyon")
    (event,) = google.items()
    assert event["summary"] == "By hand"
    assert event["start"]["dateTime"] == "2030-05-07T10:00:00+02:00"
    assert (event["visibility"], event["transparency"]) == ("private", "transparent")
    assert (event["colorId"], event["location"]) == ("4", "Lyon")


def test_all_day_form_has_an_inclusive_end(http, google):
    submit(http, **{**FORM, "all_day": "1", "end_date": "2030-05-08"})
    (event,) = google.items()
    assert (event["start"], event["end"]) == (
        {"date": "2030-05-07"},
        {"date": "2030-05-09"},
    )


def dialog_values(http):
    return json.loads(
        re.search(r'data-event="([^"]*)"', http.get("/").text)[1].replace("&#34;", '"')
    )


def test_form_round_trip_changes_nothing(http, google):
    event = google.insert(
        summary="A",
        colorId="2",
        reminders={
            "useDefault": False,
            "overrides": [
                {"method": "email", "minutes": 7},
                {"method": "popup", "minutes": 3},
            ],
        },
    )
    values = dialog_values(http)
    form = {k: v for k, v in values.items() if v not in (False, "")}
    submit(http, **{**form, "action": "save", "reminder_before": values["reminder"]})
    after = google.get(event["id"])[1]
    assert {**after, "etag": event["etag"]} == event


def test_timed_becomes_all_day(http, google):
    event = google.insert()
    submit(http, **{**FORM, "id": event["id"], "all_day": "1"})
    assert google.get(event["id"])[1]["start"] == {"date": "2030-05-07"}


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("none", {"useDefault": False}),
        (
            "15",
            {"useDefault": False, "overrides": [{"method": "popup", "minutes": 15}]},
        ),
        ("default", {"useDefault": True}),
    ],
)
def test_reminder_choice(http, google, choice, expected):
    event = google.insert(
        reminders={
            "useDefault": False,
            "overrides": [{"method": "popup", "minutes": 1}],
        }
    )
    submit(http, **{**FORM, "id": event["id"], "reminder": choice})
    assert google.get(event["id"])[1]["reminders"] == expected


def test_one_occurrence_or_the_series(http, google):
    google.insert(id="serie", recurrence=["RRULE:FREQ=DAILY;COUNT=3"])
    one = {"id": "serie_20300507T080000Z", "series": "serie"}
    submit(http, **{**FORM, **one, "summary": "One"})
    assert google.get("serie_20300508T080000Z")[1].get("summary") is None
    submit(http, **{**FORM, **one, "summary": "All", "whole_series": "1"})
    _, series = google.get("serie")
    assert series["summary"] == "All"
    assert series["start"]["dateTime"].startswith("2030-05-06")
    submit(http, **one, action="delete", whole_series="1")
    assert google.get("serie")[1]["status"] == "cancelled"


def test_refusal_is_shown(http):
    back = submit(http, **{**FORM, "end_time": "09:00"})
    assert back.startswith("/?account=x&problem=")
    assert "Google refused: empty range" in show(http, problem="empty range")


def test_switches_and_faults(http, world, google):
    submit(http, action="auto_consent")
    assert world.auto_consent
    submit(http, action="fault", kind="rate_limit", times="2")
    assert google.get()[0] == google.get()[0] == 403
    submit(http, action="expire_access")
    assert google.get()[0] == 401
    submit(http, action="reset_counters")
    assert world.counters.total == 0
    world.faults.add()
    submit(http, action="clear_faults")
    assert world.faults.queue == []
    submit(http, action="reset")
    assert world.accounts == {}
    assert "Nobody lives here yet" in show(http)


def test_foreign_origin_and_open_redirect(http):
    answer = http.post(
        "/sandbox/page",
        data={"action": "reset"},
        headers={"Origin": "https://evil.example.com"},
    )
    assert answer.status_code == 403
    assert submit(http, action="reset_counters", back="https://evil.example.com") == "/"
    assert submit(http, action="reset_counters", back="//evil.example.com") == "/"


@pytest.mark.parametrize("name", ["page.css", "page.js", "consent.css", "icon.svg"])
def test_static_files(http, name):
    assert http.get(f"/sandbox/static/{name}").status_code == 200


@pytest.mark.parametrize("name", ["../app.py", "..%2fapp.py", "none.css", ""])
def test_static_stays_in_its_folder(http, name):
    assert http.get(f"/sandbox/static/{name}").status_code == 404


def test_calendars_are_made_changed_shared_and_deleted(http, world, paul):
    submit(http, action="create_calendar", name="Alps")
    (place,) = [x for x in world.person(MARIE).calendars() if x["summary"] == "Alps"]
    calendar = world.calendars[place["id"]]
    at = {"place": calendar.id}
    submit(http, action="change_calendar", name="Jura", colour="3", **at)
    assert "Jura" in show(http)
    (row,) = [x for x in world.person(MARIE).calendars() if x["summary"] == "Jura"]
    assert row["colorId"] == "3"
    submit(http, action="share_calendar", role="reader", **{"with": PAUL}, **at)
    assert "Jura" in show(http, account=PAUL)
    submit(http, action="share_calendar", role="", **{"with": PAUL}, **at)
    assert "Jura" not in show(http, account=PAUL).split("New calendar")[0]
    assert "problem" in submit(http, action="create_calendar", name=" ")
    assert "Nouvel agenda" in show(http, lang="fr")
    submit(http, action="delete_calendar", **at)
    assert calendar.deleted
