"""What the engine says to Odoo's models through the context, and no RPC can.

A context comes from the web client as JSON, which can hold any key but not a `Said`.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Said:
    """A value that the addon's own code put into the context."""

    value: Any


def said(env, key, default=None):
    """What our own code put under `key`; anything else there counts as nothing."""
    found = env.context.get(key)
    return found.value if isinstance(found, Said) else default


def number(env, key):
    """A record's id that a page gives in the context, or 0; rights are not checked."""
    found = env.context.get(key)
    return found if type(found) is int and 0 < found < 2**31 else 0
