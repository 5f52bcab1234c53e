"""A process is killed in the middle of a first push; another one finishes the work.

A few fixed moments always; random ones with `script/test processes --kills 50`, in a
chain of two for each push. `--kill-seed` repeats a campaign.
"""

import threading
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from random import Random

from checks import assert_in_step, assert_silent, mail, names
from watched_google import ANSWERED, ASKED, BATCH, DONE, INSERT, LIST, At

from sandbox.app import Cut

PUSHED, PULLED = 2500, 500
KILLS_IN_A_ROW = 2  # Odoo gives a scheduled action up for a while at the third.


WRITING = "writing"
"""What the answer said is being written in Odoo, and not committed."""


@dataclass
class Kill:
    """When: a stage of the n-th request of a route, and seconds after it."""

    stage: str
    route: str
    number: int
    delay: float = 0.0

    def __str__(self):
        return f"{self.route}-{self.number}-{self.stage}+{self.delay:.3f}"

    def hook(self, place, worker):
        """For the sandbox: kills `worker` then."""
        if self.stage == WRITING:
            strike, stage = partial(kill_in_writing, place, worker), DONE
        else:
            strike, stage = partial(self._strike, worker), self.stage
        return At(stage, self.route, self.number, strike)

    def _strike(self, worker):
        if self.delay:
            threading.Timer(self.delay, worker.kill).start()
            return
        worker.kill()
        if self.stage == ASKED:
            raise Cut  # The request is lost with the process that sent it.


def kill_in_writing(place, worker):
    """Let nobody write links, and kill the worker as soon as it tries to."""
    connection = place.connect()
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE google_sync_event_link IN EXCLUSIVE MODE")

    def wait_and_kill():
        with closing(connection):
            place.until(place.is_blocked, "the worker to write links")
            worker.kill()

    threading.Thread(target=wait_and_kill).start()


FIXED = (
    # Nothing but the lease is committed; then 500 events are created, not committed.
    (Kill(ASKED, LIST, 1), Kill(WRITING, LIST, 1)),
    # Google has 50 events, and Odoo never hears of it; then it hears, and loses it.
    (Kill(DONE, BATCH, 7), Kill(WRITING, BATCH, 20)),
)


def pytest_generate_tests(metafunc):
    if "chain" in metafunc.fixturenames:
        options = metafunc.config.option
        chains = [*FIXED, *campaign(options.kill_seed, options.kills)]
        metafunc.parametrize(
            "chain", chains, ids=lambda kills: " ".join(map(str, kills))
        )


def campaign(seed, count):
    """So many kills, by chains; those of a seed begin alike whatever the count."""
    random = Random(seed)
    kills = [random_kill(random, n % KILLS_IN_A_ROW == 0) for n in range(count)]
    return [kills[at : at + KILLS_IN_A_ROW] for at in range(0, count, KILLS_IN_A_ROW)]


def random_kill(random, is_first):
    """Anywhere: in a request, or in the work between two of them."""
    # Who goes on with a slice does not list first.
    routes = (BATCH,) * 9 + (LIST if is_first else BATCH,)
    route = random.choice(routes)
    number = random.randint(1, 20) if route == BATCH else 1
    stage = random.choice((ASKED, DONE, WRITING, ANSWERED, ANSWERED, ANSWERED))
    delay = random.uniform(0.001, 0.2) if stage == ANSWERED else 0.0
    return Kill(stage, route, number, delay)


def test_killed_in_a_first_push(place, google, office, big, chain):
    endure(place, google, office, chain)
    finish(place, google, office)


def endure(place, google, office, chain):
    """One process after the other takes the work up and is killed."""
    for kill in chain:
        victim = office.hire()
        google.watch(kill.hook(place, victim))
        victim.start("synchronise", database=place.name)
        victim.wait_killed()
        google.watch()
        place.end_leases()


def finish(place, google, office):
    """Another process takes over; both sides come out right, and stay so."""
    assert not office.do("synchronise")["errors"]
    assert_in_step(place, google, "ada", names("ada", PUSHED, PULLED))
    assert_silent(office, google, "ada")


def test_an_edit_survives_without_regular_pull(place, google, office, connected):
    """Nothing else would come back to this account: no pull, and no further edit."""
    office.do("synchronise")
    place.rows("UPDATE google_sync_account SET auto_pull = false")
    office.do("edit", login="ada", names=["ada 0"])
    endure(place, google, office, [Kill(ASKED, INSERT, 1)])
    office.do("synchronise", rounds=3)
    assert google.visits(mail("ada")), "nobody took the edit up again"
    assert_in_step(place, google, "ada", {"ada 0"})
