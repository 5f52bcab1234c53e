"""Google's answers without what no database stores: NUL, and halves of characters.

JSON can spell both. One event that holds them must not stop the others.
"""

from __future__ import annotations

import re
from typing import Any

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_INSTEAD = "\ufffd"


def storable(value: Any) -> Any:
    """The same JSON value with U+FFFD in place of such characters."""
    if isinstance(value, str):
        return _UNSTORABLE.sub(_INSTEAD, value)
    if isinstance(value, dict):
        return {storable(name): storable(item) for name, item in value.items()}
    if isinstance(value, list):
        return [storable(item) for item in value]
    return value
