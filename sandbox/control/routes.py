"""Routes below ``/sandbox/`` and the page at ``/``."""

from ..wire import Answer


def handle(world, call):
    """Answer a request to the sandbox itself."""
    return Answer(404, {"error": "unknown"})
