"""What of a plan a person should look at first: what deletes, and what is contested."""

from __future__ import annotations

_ORDER = (
    ("delete", "decline", "gone", "photo_removed", "detach"),
    ("conflict", "put_back", "cut"),
    ("error",),
    ("adopt",),
    ("update", "photo"),
    ("create",),
)
_RANKS = {action: rank for rank, actions in enumerate(_ORDER) for action in actions}


def rank(action: str) -> int:
    """The place of an action in a plan; what is not known comes last."""
    return _RANKS.get(action, len(_ORDER))
