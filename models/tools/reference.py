"""A word that leads from a message to the server's log."""

import uuid


def new_reference():
    """A word to find an entry of the server's log by."""
    return uuid.uuid4().hex[:8]
