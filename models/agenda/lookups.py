"""What is looked up once for many new events."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

_EMPTY: Mapping = MappingProxyType({})


class Known(NamedTuple):
    """popups: {delay in minutes: id of its alarm}. types: {Google's colour: id}."""

    popups: Mapping[int, int] = _EMPTY
    types: Mapping[str, int] = _EMPTY


NOTHING = Known()
