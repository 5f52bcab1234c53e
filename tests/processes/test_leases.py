"""Several processes work side by side, each account is worked on by one at a time."""

import threading

import pytest
from checks import assert_apart, assert_in_step, assert_one_at_a_time, mail, names
from conftest import LOGINS
from watched_google import ASKED, BATCH, DONE, At

PUSHED, PULLED = 300, 100


class Together:
    """Holds the first request of each process until all of them have one in flight."""

    def __init__(self, processes):
        self._barrier = threading.Barrier(processes)
        self._seen = set()
        self._lock = threading.Lock()

    def __call__(self, stage, visit):
        with self._lock:
            is_first = stage == ASKED and visit.pid not in self._seen
            self._seen.add(visit.pid)
        if is_first:
            self._barrier.wait(60)


@pytest.mark.parametrize("count", [2, 3])
def test_processes_at_once(place, google, office, four, count):
    workers = [office.hire() for _n in range(count)]
    google.watch(Together(count), pids=[worker.pid for worker in workers])
    for worker in workers:
        worker.start("synchronise", database=place.name, slice_seconds=0.3)
    results = [worker.result() for worker in workers]
    assert not [text for result in results for text in result["errors"]]
    assert {visit.pid for visit in google.visits()} == {w.pid for w in workers}
    assert_one_at_a_time(google)
    for login in LOGINS:
        assert_in_step(place, google, login, names(login, PUSHED, PULLED))


def test_taking_and_freeing(office, connected):
    """Three processes take and free four accounts as fast as they can."""
    workers = [office.start("contend", times=150) for _n in range(3)]
    turns = {}
    for worker in workers:
        result = worker.result()
        assert not result["errors"]
        for account, since, until in result["held"]:
            turns.setdefault(account, []).append((since, until, worker.pid))
    assert len(turns) == len(LOGINS)
    for account, held in turns.items():
        assert_apart(f"account {account}", held)


def test_a_dead_process_keeps_its_lease_until_it_ends(place, google, office, four):
    victim = office.hire()
    google.watch(At(DONE, BATCH, 2, victim.kill, mail("ada")))
    victim.start("synchronise", database=place.name)
    victim.wait_killed()
    google.watch()
    office.do("synchronise", rounds=4)
    assert not google.visits(mail("ada"))
    for login in LOGINS[1:]:
        assert_in_step_but_for_journal(place, google, login)
    place.end_leases()
    assert not office.do("synchronise")["errors"]
    assert_in_step(place, google, "ada", names("ada", PUSHED, PULLED))


def assert_in_step_but_for_journal(place, google, login):
    """The dead process has left its run as running."""
    items = google.world.person(mail(login)).list()
    found = sorted(item["summary"] for item in items)
    assert found == sorted(names(login, PUSHED, PULLED))


def test_a_process_that_sleeps_too_long_writes_nothing_more(
    place, google, office, four
):
    """Stopped in a call, its lease taken over by another one, then woken up."""
    place.leave_alone(*LOGINS[1:])
    sleeper = office.hire()
    asleep = threading.Event()

    def send_to_sleep():
        sleeper.pause()
        asleep.set()

    google.watch(At(DONE, BATCH, 2, send_to_sleep, mail("ada")), pids=[sleeper.pid])
    sleeper.start("synchronise", database=place.name)
    assert asleep.wait(60)
    place.expire_leases()
    assert not office.do("synchronise")["errors"]
    assert_in_step(place, google, "ada", names("ada", PUSHED, PULLED))
    google.watch(pids=[sleeper.pid])
    sleeper.go_on()
    assert not sleeper.result()["errors"]
    assert not google.visits()
    assert_in_step(place, google, "ada", names("ada", PUSHED, PULLED))
