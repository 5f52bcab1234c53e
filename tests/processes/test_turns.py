"""A long first push does not keep another account waiting."""

import threading

import pytest
from checks import mail
from watched_google import ASKED, BATCH, DONE, INSERT, LIST, At

TURN = 0.2


class Halt:
    """Ada's 4th batch: `came` when it is there; it is answered when `go` is set."""

    def __init__(self):
        self.came, self.go = threading.Event(), threading.Event()
        self.hook = At(DONE, BATCH, 4, self._hold, mail("ada"))

    def _hold(self):
        self.came.set()
        self.go.wait(60)


@pytest.mark.parametrize("is_new", [False, True], ids=["an edit", "a first run"])
def test_a_small_thing_overtakes_a_first_push(place, google, office, big, is_new):
    """One process, Ada's 2,500 events; Bob saves an event, or is new, meanwhile."""
    place.leave_alone("bob", "cleo", "dan")
    if not is_new:
        office.do("run", login="bob")
    halt, served = Halt(), threading.Event()
    route = LIST if is_new else INSERT
    google.watch(halt.hook, At(ASKED, route, 1, served.set, mail("bob")))
    worker = office.start("synchronise", slice_seconds=TURN)
    assert halt.came.wait(60)
    before = len(google.visits())
    if is_new:
        place.leave_alone()
    else:
        office.do("edit", login="bob", names=["bob 0"])
    halt.go.set()
    assert served.wait(60)
    worker.kill()
    turns = first_of(google.visits()[before:], mail("bob"))
    assert len(turns) <= 1, "Ada's turn ends, and Bob is next"
    assert place.value("SELECT unfinished FROM google_sync_account WHERE id = 1")


def first_of(visits, email):
    """The slices that had their turn before this account's."""
    arrival = next(n for n, visit in enumerate(visits) if visit.email == email)
    return {visit.connection for visit in visits[:arrival]}
