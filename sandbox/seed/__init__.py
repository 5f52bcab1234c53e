"""What a world starts with: nothing, or the demo's people and calendars."""

from datetime import date
from random import Random

from . import contacts, demo
from .catalogue import CLIENT_ID, CLIENT_SECRET

__all__ = ["CLIENT_ID", "CLIENT_SECRET", "plant", "register"]


def plant(world, seed="empty", redirect_uris=(), today=None):
    """Reset the world and fill it; ``today`` (a date) makes the demo repeatable.

    Both seeds know the web client ``sandbox-client`` when redirect URIs are given;
    the demo always does.
    """
    if seed not in ("empty", "demo"):
        raise ValueError("seed is empty or demo")
    world.reset()
    if redirect_uris or seed == "demo":
        register(world, redirect_uris)
    if seed == "demo":
        kept, world.random = world.random, Random("demo")
        marie = demo.plant(world, today or date.today())
        contacts.plant(world.person(marie.email))
        world.random = kept
        world.reset_counters()


def register(world, redirect_uris):
    """Let the web client come back to these addresses as well as to its old ones."""
    client = world.clients.get(CLIENT_ID)
    known = client.redirect_uris if client else []
    every = dict.fromkeys([*known, *redirect_uris])
    world.add_client(CLIENT_ID, CLIENT_SECRET, redirect_uris=list(every))
