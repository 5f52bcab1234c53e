"""What a world starts with: nothing, or the demo's people and calendars."""

from datetime import date
from random import Random

from . import contacts, demo
from .catalogue import CLIENT_ID, CLIENT_SECRET

__all__ = ["CLIENT_ID", "CLIENT_SECRET", "plant"]


def plant(world, seed="empty", redirect_uris=(), today=None):
    """Reset the world and fill it; ``today`` (a date) makes the demo repeatable.

    Both seeds know the web client ``sandbox-client`` when redirect URIs are given;
    the demo always does.
    """
    if seed not in ("empty", "demo"):
        raise ValueError("seed is empty or demo")
    world.reset()
    if redirect_uris or seed == "demo":
        world.add_client(CLIENT_ID, CLIENT_SECRET, redirect_uris=redirect_uris)
    if seed == "demo":
        kept, world.random = world.random, Random("demo")
        marie = demo.plant(world, today or date.today())
        contacts.plant(marie)
        world.random = kept
        world.reset_counters()
