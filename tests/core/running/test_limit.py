"""An administrator's limit: new events wait outside, those in step go on."""

from world import World, google_body, meeting


def test_google_events_beyond_the_limit_are_left_alone_and_counted():
    world = World(page_size=2)
    world.store.limit = 3
    for number in range(5):
        world.google.people_insert(f"g{number}", google_body(f"Titre {number}"))
    report = world.sync()
    assert len(world.in_odoo()) == 3
    assert report.left_alone["over_limit"] == 2
    world.google.people_edit("g0", summary="Renommé")
    world.sync()
    assert "Renommé" in {values.title for values in world.in_odoo().values()}
    world.store.limit = None
    world.sync(full=True)
    assert len(world.in_odoo()) == 5


def test_odoo_events_beyond_the_limit_are_not_sent():
    world = World()
    world.store.limit = 2
    ids = [world.odoo.people_create("marie", meeting(f"T {n}")) for n in range(4)]
    world.odoo.tables.pending.clear()
    world.sync()
    assert len(world.google.alive()) == 2
    world.odoo.people_edit(ids[0], title="Renommé")
    world.odoo.people_delete(ids[1])
    world.sync()
    assert [e["summary"] for e in world.google.alive().values()] == ["Renommé"]
    assert world.odoo.tables.events.keys() == {ids[0], *ids[2:]}
