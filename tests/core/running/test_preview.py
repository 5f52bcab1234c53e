"""A preview names what the next run does, and changes nothing."""

from running.previewing import busy_world, described, preview


def test_preview_changes_nothing_on_either_side():
    world = busy_world()
    before = (world.in_odoo(), dict(world.google.events), world.store.cursor())
    assert preview(world)
    assert (world.in_odoo(), dict(world.google.events), world.store.cursor()) == before
    assert world.odoo.tables.lines == []


def test_the_run_does_what_the_preview_named():
    world = busy_world()
    planned = preview(world)
    world.sync()
    assert described(world.odoo.tables.lines) == planned
    world.assert_same()


def test_preview_of_two_equal_sides_is_empty():
    world = busy_world()
    world.sync()
    world.sync()
    world.odoo.tables.lines.clear()
    world.odoo.commit()
    assert preview(world) == []
