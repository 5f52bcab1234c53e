"""A plan is carried out as chosen; the rest stays as it was and comes up again."""

import pytest
from world import World, google_body, meeting

from google_sync.sync.chosen import Chosen
from google_sync.sync.recorder import Recorder
from google_sync.sync.report import Report
from google_sync.sync.running.engine import sync_events
from google_sync.sync.running.planned import PlannedStore, PlanStore
from google_sync.sync.running.preview import PreviewGoogle
from google_sync.sync.running.pull import Pull
from google_sync.sync.running.run import Run
from google_sync.sync.running.settings import Surroundings
from running.previewing import StillStore, busy_world


def printed(line):
    new = line.action == "create"
    return (
        line.action,
        line.side,
        0 if new else line.record_id,
        line.google_id if line.side == "odoo" else "",
        str(sorted(line.after.items())),
    )


def plan(world):
    """The lines of a preview, with their values."""
    store = StillStore(world.store)
    google = PreviewGoogle(world.google, store)
    recorder, settings = Recorder(store), world.settings()
    run = Run(recorder, google, settings, Surroundings(), Report())
    for _ in Pull(run).read():
        pass
    world.odoo.crash()
    steps = sync_events(PlanStore(store), google, settings, Surroundings(), Report())
    for _ in steps:
        pass
    lines = world.odoo.tables.lines
    world.odoo.crash()
    return lines


def about(line):
    """The records of a line: an event, a resource; what Odoo is to create has none."""
    new = line.action == "create" and line.side == "odoo"
    event = set() if new or not line.record_id else {line.record_id}
    return event, {line.google_id} - {""}


def carry_out(world, lines, left_out=()):
    """As the shell does: what was set aside puts the cursor back afterwards."""
    left_out = list(left_out)
    kept = [line for line in lines if line not in left_out]
    aside = []
    before = world.store.cursor()
    chosen = Chosen(
        frozenset().union(*(about(line)[0] for line in kept)),
        frozenset().union(*(about(line)[1] for line in kept)),
        frozenset().union(*(about(line)[1] for line in left_out)),
        frozenset(map(printed, kept)),
    )
    store = PlannedStore(
        world.store, chosen, printed, lambda: aside.append(1), confirm=False
    )
    world.odoo.tables.lines.clear()
    world.odoo.commit()
    world.google.tick()
    steps = sync_events(store, world.google, world.settings(), Surroundings(), Report())
    for _ in steps:
        pass
    if aside:
        world.store.save_cursor(before)
        world.store.checkpoint()
    done = list(world.odoo.tables.lines)
    world.google.tick()
    return done


def described(lines):
    return sorted((x.side, x.action, x.title) for x in lines)


def test_all_of_a_plan_is_what_a_run_does():
    world = busy_world()
    lines = plan(world)
    assert described(carry_out(world, lines)) == described(lines)
    world.assert_same()


@pytest.mark.parametrize("number", range(7))
def test_any_record_can_be_left_out(number):
    """Neither side of it moves; the next run does it, and then all is in step."""
    world = busy_world()
    lines = plan(world)
    events, resources = about(lines[number % len(lines)])
    out = [x for x in lines if about(x)[0] & events or about(x)[1] & resources]
    done = carry_out(world, lines, out)
    kept = [line for line in lines if line not in out]
    assert described(done) == described(kept)
    world.sync()
    world.sync()
    world.assert_same()


def test_nothing_of_a_plan_writes_nothing():
    world = busy_world()
    lines = plan(world)
    odoo, google = world.in_odoo(), world.in_google()
    assert carry_out(world, lines, lines) == []
    assert (world.in_odoo(), world.in_google()) == (odoo, google)
    world.sync()
    world.assert_same()


def test_what_came_up_since_waits():
    world = busy_world()
    lines = plan(world)
    world.google.people_insert("late", google_body("Tard", 12))
    world.odoo.people_create("marie", meeting("Tard aussi", 13))
    done = carry_out(world, lines)
    assert described(done) == described(lines)
    world.sync()
    world.assert_same()


def test_what_is_to_be_written_in_odoo_is_what_was_shown():
    """Google's value changed after the plan was looked at: not this one, then."""
    world = World()
    event = world.odoo.people_create("marie", meeting("Un"))
    world.sync()
    name = world.link_of(event).google_id
    world.google.people_edit(name, location="Lyon")
    lines = plan(world)
    world.google.people_edit(name, location="Nice")
    assert carry_out(world, lines) == []
    assert world.odoo.tables.events[event].values.place == ""
    world.sync()
    assert world.odoo.tables.events[event].values.place == "Nice"


def test_a_plan_tells_the_values_of_what_is_new():
    world = World()
    world.odoo.people_create("marie", meeting("Ici"))
    world.google.people_insert("g", google_body("Là", 3))
    shown = {line.title: dict(line.after) for line in plan(world)}
    assert {"Ici", "Là"} == set(shown)
    assert all("period" in values for values in shown.values())
