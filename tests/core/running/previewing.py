"""A preview, and what it must leave as it was."""

from world import World, google_body, meeting

from google_sync.sync.recorder import Recorder
from google_sync.sync.report import Report
from google_sync.sync.running.engine import sync_events
from google_sync.sync.running.preview import PreviewGoogle
from google_sync.sync.running.pull import Pull
from google_sync.sync.running.run import Run
from google_sync.sync.running.settings import Surroundings


class StillStore:
    """A store whose checkpoints commit nothing."""

    def __init__(self, store):
        self._store = store

    def __getattr__(self, name):
        return getattr(self._store, name)

    def checkpoint(self):
        """Nothing is kept."""


def preview(world):
    store = StillStore(world.store)
    google = PreviewGoogle(world.google, store)
    recorder, settings = Recorder(store), world.settings()
    run = Run(recorder, google, settings, Surroundings(), Report())
    for _ in Pull(run).read():
        pass
    world.odoo.crash()
    for _ in sync_events(store, google, settings, Surroundings(), Report()):
        pass
    lines = world.odoo.tables.lines
    world.odoo.crash()
    return described(lines)


def described(lines):
    return sorted((x.side, x.action, x.title, str(dict(x.after))) for x in lines)


def busy_world():
    world = World()
    ids = [world.odoo.people_create("marie", meeting(f"E{n}", n)) for n in range(5)]
    world.google.people_insert("g1", google_body("G1", 8))
    world.sync()
    world.odoo.people_edit(ids[0], title="Neuf", reminders=(15,))
    world.odoo.people_edit(ids[1], place="Nice", at=world.google.now())
    world.google.people_edit(world.link_of(ids[1]).google_id, summary="De Google")
    world.odoo.people_delete(ids[2])
    world.google.people_delete(world.link_of(ids[3]).google_id)
    world.google.people_insert("g2", google_body("G2", 9))
    world.odoo.people_create("marie", meeting("Autre", 11))
    world.odoo.tables.lines.clear()
    world.odoo.commit()
    return world
