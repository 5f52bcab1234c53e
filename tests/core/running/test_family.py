"""One etag for a series and its exceptions: few requests, nothing refused."""

from __future__ import annotations

from collections import Counter

from series.world import SeriesWorld
from world import meeting

from google_sync.sync.events.recurrence import Rule
from google_sync.sync.ports import Verdict

DAYS = Rule("DAILY", count=26)
FEW = Rule("DAILY", count=7)


class CountingWorld(SeriesWorld):
    """Counts what Google answers."""

    def __init__(self) -> None:
        super().__init__()
        self.verdicts = Counter()
        self.batches: list[int] = []
        call = self.google.call

        def counted(calls):
            replies = call(calls)
            self.batches.append(len(calls))
            self.verdicts.update(reply.verdict for reply in replies)
            return replies

        self.google.call = counted


def test_twenty_edited_occurrences_take_one_run():
    world = CountingWorld()
    rows = world.series(DAYS)
    world.sync()
    for number, row in enumerate(rows[:20]):
        world.odoo.people_edit(row, at=world.google.now(), place=f"Salle {number}")
    before = world.google.requests
    world.sync()
    assert world.verdicts[Verdict.STALE] == 0
    assert world.google.requests - before <= 23
    world.assert_same()
    world.assert_quiet()
    world.settled()


def test_the_next_change_of_each_is_chained_too():
    world = CountingWorld()
    rows = world.series(DAYS)
    world.sync()
    for number in range(3):
        for row in rows[:20]:
            world.odoo.people_edit(row, at=world.google.now(), place=f"Tour {number}")
        before = world.google.requests
        world.sync()
        assert world.google.requests - before <= 23
    assert world.verdicts[Verdict.STALE] == 0
    world.assert_same()
    world.assert_quiet()


def test_families_share_the_batches():
    world = CountingWorld()
    families = [world.series(FEW, title=f"Série {n}") for n in range(10)]
    world.sync()
    singles = [world.odoo.people_create("marie", meeting(f"E{n}")) for n in range(60)]
    for rows in families:
        for row in rows[:6]:
            world.odoo.people_edit(row, at=world.google.now(), place="Lyon")
    world.batches.clear()
    world.sync()
    assert len(singles) == 60
    assert world.verdicts[Verdict.STALE] == 0
    assert len(world.batches) <= 10, world.batches
    world.assert_same()


def test_many_series_stay_fifty_a_request():
    world = CountingWorld()
    families = [world.series(FEW, title=f"Série {n}") for n in range(50)]
    world.sync()
    for rows in families:
        world.odoo.people_edit(rows[3], at=world.google.now(), place="Lyon")
    world.batches.clear()
    world.sync()
    assert world.batches == [50, 50], "read once, written once"


def test_twenty_deleted_occurrences():
    world = CountingWorld()
    rows = world.series(DAYS)
    world.sync()
    for row in rows[5:25]:
        world.odoo.people_delete(row)
    before = world.google.requests
    world.sync()
    assert world.verdicts[Verdict.STALE] == 0
    assert world.google.requests - before <= 43
    world.assert_same()
    world.assert_quiet()


def test_somebody_else_s_edit_in_between_is_no_loss():
    world = CountingWorld()
    rows = world.series(DAYS)
    world.sync()
    series_id = next(iter(world.google.alive()))
    for row in rows[:5]:
        world.odoo.people_edit(row, at=world.google.now(), place="Lyon")
    call, done = world.google.call, []

    def meddling(calls):
        replies = call(calls)
        if len(done) == 2:
            world.google.people_edit(f"{series_id}_20260625T080000Z", summary="Autre")
        done.append(1)
        return replies

    world.google.call = meddling
    world.sync()
    world.google.call = call
    world.sync()
    world.settled()
    titles = {e["summary"] for e in world.google.seen().values()}
    assert titles == {"Point", "Autre"}
    assert sum(e.get("location") == "Lyon" for e in world.google.seen().values()) == 5
