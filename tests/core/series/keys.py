"""How stories name the dates of a series."""

from __future__ import annotations

from datetime import timedelta

from series.world import START


def key(weeks):
    return f"{START + timedelta(weeks=weeks):%Y%m%dT%H%M%SZ}"
