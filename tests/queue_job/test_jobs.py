"""Synchronised by jobs: two Odoos, the real runner of OCA's queue_job, one database."""

import threading
import time
from datetime import datetime, timedelta
from typing import NamedTuple

import pytest
from checks import (
    assert_in_step,
    assert_one_at_a_time,
    mail,
    names,
    twice,
)
from conftest import CLIENT
from watched_google import ASKED, BATCH, DONE, INSERT, At

#: Seconds from the save until Google is asked, with a busy machine in mind.
SOON = 10
WAITING = """
    SELECT identity_key FROM queue_job WHERE state IN ('pending', 'enqueued')
"""
JOBS = """
    SELECT job.state, job.eta, job.result, job.exc_message
      FROM queue_job AS job
      JOIN google_sync_account AS account
        ON job.identity_key = 'google_sync:' || account.id
      JOIN res_users AS person ON person.id = account.user_id
     WHERE person.login = %s ORDER BY job.id
"""


@pytest.fixture
def many(request):
    return request.config.option.events


class Job(NamedTuple):
    state: str
    eta: datetime
    said: str
    error: str


class Halt:
    """Holds this person's `number`-th batch in Google until `go` is set."""

    def __init__(self, login, number=2):
        self.came, self.go = threading.Event(), threading.Event()
        self.hook = At(DONE, BATCH, number, self._hold, mail(login))

    def _hold(self):
        self.came.set()
        self.go.wait(60)


def add_events(person, titles):
    """Saved by the person; the moment."""
    day = datetime.now().replace(microsecond=0) + timedelta(days=1)
    hour = timedelta(hours=1)
    starts = {title: day + n * hour for n, title in enumerate(titles)}
    events = [
        {"name": title, "start": str(start), "stop": str(start + hour)}
        for title, start in starts.items()
    ]
    person.call("calendar.event", "create", events)
    return time.monotonic()


def pids(door):
    return [server.pid for server in door.servers]


def jobs(place, login):
    return [Job(*row) for row in place.rows(JOBS, login)]


def last(place, login):
    return jobs(place, login)[-1]


def in_google(google, login):
    return {item["summary"] for item in google.world.person(mail(login)).list()}


def is_idle(place):
    busy = (
        "SELECT (SELECT count(*) FROM google_sync_account WHERE lease_until IS NOT NULL"
        " OR state = 'connected' AND (unfinished OR contacts_unfinished))"
        " + (SELECT count(*) FROM google_sync_pending)"
        " + (SELECT count(*) FROM queue_job"
        " WHERE state IN ('pending', 'enqueued', 'started'))"
    )
    return not place.value(busy)


def test_an_edit_overtakes_two_first_pushes(place, google, door, person, many):
    """Both pushes wait in Google, in a job each; Cleo's edit goes on beside them."""
    halts, served = [Halt("ada"), Halt("bob")], threading.Event()
    hooks = [halt.hook for halt in halts]
    google.watch(
        *hooks,
        At(ASKED, INSERT, 1, served.set, mail("cleo")),
        pids=pids(door),
    )
    place.leave_alone()
    cleo = person("cleo")
    add_events(cleo, ["wakes everybody"])
    for halt in halts:
        assert halt.came.wait(60)
    assert served.wait(60)
    served.clear()
    google.app.hooks.append(At(ASKED, INSERT, 1, served.set, mail("cleo")))
    saved = add_events(cleo, ["in between"])
    assert served.wait(60)
    assert time.monotonic() - saved < SOON
    assert not twice(key for (key,) in place.rows(WAITING))
    for halt in halts:
        halt.go.set()
    place.until(lambda: is_idle(place), "all of it to be done")
    assert_one_at_a_time(google)
    for login in ("ada", "bob"):
        assert_in_step(place, google, login, names(login, many, 0))
    assert_in_step(place, google, "cleo", {"wakes everybody", "in between"})
    assert {visit.pid for visit in google.visits()} == set(pids(door))
    assert {state for (state,) in place.rows("SELECT state FROM queue_job")} == {"done"}


def test_what_google_refuses_for_a_moment_waits_as_a_job(place, google, person):
    google.watch()
    google.world.faults.add("calendar.events.insert", "user_rate_limit")
    add_events(person("dan"), ["refused once"])
    place.until(lambda: any(job.eta for job in jobs(place, "dan")), "the refusal")
    assert "Google" in last(place, "dan").said
    place.until(lambda: is_idle(place), "the next try")
    assert_in_step(place, google, "dan", {"refused once"})


def test_the_account_of_a_killed_server_goes_on(place, google, door, person):
    """Killed in a slice; what it left behind is taken up by the other's runner."""
    killed = []

    def kill():
        pid = google.visits(mail("dan"), BATCH)[-1].pid
        killed.append(next(server for server in door.servers if server.pid == pid))
        killed[0].kill()

    google.watch(At(DONE, BATCH, 1, kill, mail("dan")), pids=pids(door))
    many = [f"dan {number}" for number in range(60)]
    add_events(person("dan"), many)
    place.until(lambda: killed, "the kill")
    place.expire_leases()
    # Wakes the scheduled action of the server that is left.
    add_events(person("ada"), ["meanwhile"])
    place.until(lambda: is_idle(place), "the other server")
    assert_in_step(place, google, "dan", {"refused once", *many})
    assert "failed" not in [state for state, *_rest in jobs(place, "dan")]


def test_an_account_that_fails_is_seen_among_the_jobs(place, google, person):
    google.watch()
    account = google.world.person(mail("cleo")).account
    google.world.oauth.revoke_grant(account.sub, CLIENT)
    add_events(person("cleo"), ["refused"])
    add_events(person("dan"), ["not held back"])
    place.until(lambda: last(place, "cleo").state == "failed", "a job that failed")
    assert "connect" in last(place, "cleo").error
    place.until(lambda: is_idle(place), "the others")
    assert last(place, "dan").state == "done"
    assert "not held back" in in_google(google, "dan")
