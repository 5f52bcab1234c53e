"""A preview writes nothing, and foretells what the run then does; pacing by kind."""

import copy

import pytest

from contacts.world import KEY, ContactWorld
from google_sync.google_api.people_quota import PacedPeople
from google_sync.google_api.quota import PACED
from google_sync.sync.contacts.engine import sync_contacts
from google_sync.sync.contacts.preview import PreviewPeople
from google_sync.sync.contacts.settings import ContactSettings
from google_sync.sync.contacts.store import ContactState
from google_sync.sync.ports import RetryLater
from google_sync.sync.recorder import Recorder
from google_sync.sync.report import Report


def busy_world():
    world = ContactWorld()
    world.google.people_create(emailAddresses=[{"value": "p1@x.fr"}])
    partners = [
        world.odoo.people_create(name=f"P {n}", emails=(f"p{n}@x.fr",), photo="h")
        for n in range(10)
    ]
    world.sync()
    world.odoo.people_edit(partners[0], name="Neuf", photo="i")
    world.odoo.people_unchoose(partners[2], "delete")
    name = world.name_of(partners[3])
    world.google.people_edit(name, biographies=[{"value": "note"}])
    world.google.people_edit(world.name_of(partners[4]), emailAddresses=[])
    world.odoo.people_create(name="Dernier", emails=("d@x.fr",), photo="h")
    return world


def preview(world):
    settings = ContactSettings(world.google.now(), marker_key=KEY, label="Acme")
    people = PreviewPeople(world.google)
    for store, push in ((Recorder(world.odoo), False), (world.odoo, True)):
        step = ContactSettings(**{**settings.__dict__, "push": push})
        commit, world.odoo.checkpoint = world.odoo.checkpoint, lambda: None
        before = len(world.odoo.t.lines)
        try:
            for _ in sync_contacts(store, people, step, Report()):
                pass
            lines = world.odoo.t.lines[before:]
        finally:
            world.odoo.checkpoint = commit
            world.odoo.crash()
    return lines


def told(lines):
    return sorted((x.side, x.action, x.record_id) for x in lines)


def test_a_preview_writes_nothing_and_foretells_the_run():
    world = busy_world()
    google = copy.deepcopy((world.google.people, world.google.groups))
    writes = world.google.writes
    foretold = preview(world)
    assert (world.google.people, world.google.groups) == google
    assert world.google.writes == writes
    before = len(world.odoo.t.lines)
    world.sync(label="Acme")
    assert told(foretold) == told(world.odoo.t.lines[before:])
    assert {x.action for x in foretold} >= {"create", "update", "put_back", "delete"}


def test_photos_are_paced_apart_and_go_on_a_minute_later():
    world = ContactWorld()
    world.odoo.people_import(
        {"name": f"P {n}", "emails": (f"p{n}@x.fr",), "photo": "h"} for n in range(60)
    )
    seconds = [0.0]
    paced = PacedPeople(world.google, {}, lambda: seconds[0])
    world.google.tick()
    settings = ContactSettings(world.google.now(), marker_key=KEY)
    with pytest.raises(RetryLater) as stop:
        for _ in sync_contacts(world.odoo, paced, settings, Report()):
            pass
    assert stop.value.reason == PACED
    assert (len(world.google.people), len(world.google.photos)) == (60, 50)
    seconds[0] += stop.value.delay
    for _ in sync_contacts(world.odoo, paced, settings, Report()):
        pass
    assert len(world.google.photos) == 60


def test_creates_that_wait_for_the_pace_were_not_sent():
    """They go on a minute later, without a list that proves it."""
    world = ContactWorld()
    world.odoo.people_import(
        {"name": f"P {n}", "emails": (f"p{n}@x.fr",)} for n in range(3200)
    )
    seconds = [0.0]
    paced = PacedPeople(world.google, {}, lambda: seconds[0])
    settings = ContactSettings(world.google.now(), marker_key=KEY)
    with pytest.raises(RetryLater) as stop:
        for _ in sync_contacts(world.odoo, paced, settings, Report()):
            pass
    assert stop.value.reason == PACED
    assert 0 < len(world.google.people) < 3200
    assert not world.odoo.count(ContactState.SENDING)
    seconds[0] += stop.value.delay
    settings = ContactSettings(world.google.now(), marker_key=KEY, resuming=True)
    for _ in sync_contacts(world.odoo, paced, settings, Report()):
        pass
    assert len(world.google.people) == 3200
    assert world.google.writes == 16
