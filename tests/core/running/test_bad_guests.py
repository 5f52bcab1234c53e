"""Guests whom Google cannot invite: the others are, and the person is told who."""

from __future__ import annotations

from dataclasses import replace

import pytest
from memory.google import MemoryGoogle
from memory.store import MemoryStore
from world import World, meeting

from google_sync.sync.ports import Reply, Verdict
from google_sync.sync.running.pushing.inviting import is_address

GOOD, ODD = "paul@example.com", "odd@example.com"


@pytest.mark.parametrize(
    "text",
    ["paul@x.fr", "p.d+x@a-b.co.uk", "o'neil@x.fr", "A_B@X.FR", "x@xn--caf-dma.fr"],
)
def test_addresses(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    ["", "tbd", "paul@", "@x.fr", "paul@x", "a b@x.fr", "a@b@x.fr", "paul@x..fr"]
    + [".p@x.fr", "p.@x.fr", "paul@-x.fr", "paul@x.fr;", "Paul <paul@x.fr>", "p@x.1"],
)
def test_what_is_no_address(text: str) -> None:
    assert not is_address(text)


class InvitingStore(MemoryStore):
    """Odoo's participants are Google's guests; one has no address."""

    guests: tuple[str, ...] = (GOOD,)
    unreachable: tuple[str, ...] = ()

    def observe(self, links):
        seen = super().observe(links)
        return {
            key: replace(
                odoo,
                invites=True,
                values=replace(odoo.values, guests=self.guests),
                unreachable=self.unreachable,
            )
            for key, odoo in seen.items()
        }


class PickyGoogle(MemoryGoogle):
    writes = 0

    def _do(self, call) -> Reply:
        body = getattr(call, "body", {})
        self.writes += bool(body)
        if any(g["email"] == ODD for g in body.get("attendees", ())):
            message = "Invalid attendee email."
            return Reply(Verdict.REFUSED, reason="invalid", message=message)
        return super()._do(call)


def world_of(*guests: str, unreachable: tuple[str, ...] = ()) -> World:
    world = World(invitation=True, mail_limit=100)
    world.store = InvitingStore(world.odoo)
    world.store.guests, world.store.unreachable = guests, unreachable
    world.google = PickyGoogle()
    return world


def skipped(world: World) -> list[str]:
    lines = world.odoo.tables.lines
    return [x.error for x in lines if x.reason == "guest_address"]


def invited(world: World) -> list[str]:
    [event] = world.google.alive().values()
    return [g["email"] for g in event.get("attendees", ())]


def test_who_has_no_address_is_named_once() -> None:
    world = world_of(GOOD, unreachable=("Tbd (tbd)",))
    event_id = world.odoo.people_create("marie", meeting("Base"))
    for options in ({}, {}, {"sweep": True}):
        assert world.sync(**options).errors == 0
        assert invited(world) == [GOOD]
        assert skipped(world) == ["Tbd (tbd)"]
    world.store.unreachable = ("Tbd (tbd)", "X (x@)")
    world.odoo.people_edit(event_id, title="Neu")
    world.sync()
    world.sync(sweep=True)
    assert skipped(world) == ["Tbd (tbd)", "Tbd (tbd), X (x@)"]


def test_whom_google_refuses_is_named_and_the_event_goes() -> None:
    world = world_of(ODD)
    event_id = world.odoo.people_create("marie", meeting("Base"))
    assert world.sync().errors == 0
    assert (invited(world), skipped(world)) == ([], [ODD])
    writes = world.google.writes
    for options in ({}, {"sweep": True}, {"full": True}, {"sweep": True}):
        world.sync(**options)
    assert world.google.writes == writes
    world.store.guests = (ODD, GOOD)
    world.odoo.people_edit(event_id, title="Neu")
    world.sync()
    assert world.in_google().popitem()[1].title == "Neu"
    assert invited(world) == [GOOD]
    world.sync()
    writes = world.google.writes
    world.sync(sweep=True)
    assert world.google.writes == writes
