"""One write at a time: Google wants an account's mutations one after the other."""

from contextlib import contextmanager

from .errors import aborted


@contextmanager
def turn(world, call, writes):
    """Hold the account's turn while a write runs; yields an ApiError 409 or None.

    Without the switch a second write only leaves a warning.
    """
    with world.lock:
        held = world.oauth.live_access(call.bearer()) if writes else None
        running = world.people.writing
        clash = bool(held) and held.sub in running
        if held and not clash:
            running.add(held.sub)
        if clash:
            world.warn("several People writes of one account at the same time")
    try:
        if clash and world.people.one_at_a_time:
            yield aborted("The operation was aborted: conflicting write.")
        else:
            yield None
    finally:
        if held and not clash:
            with world.lock:
                running.discard(held.sub)
