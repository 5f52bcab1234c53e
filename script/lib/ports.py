"""Free TCP ports on loopback, and what to say when a wanted one is taken."""

from __future__ import annotations

import socket

from .steps import Stop


def free_port() -> int:
    """A port nobody listens on now; the caller must bind it soon."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As servers do: a port in TIME_WAIT counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def require_free(port: int, whose: str, option: str) -> int:
    """``port``, or an error that names the ``option`` to choose another one."""
    if not is_free(port):
        raise Stop(
            f"port {port} for {whose} is in use by another program;"
            f" stop that program or choose another port with {option}"
        )
    return port
