"""Odoo's records beside their links.

One record may be seen in two ways: the row of a series, and the series itself, which
its link names by a row.
"""

from __future__ import annotations

from collections.abc import Iterable

from .store import Kind, Link, OdooEvent, Store


def observed(store: Store, links: Iterable[Link]) -> dict[str, OdooEvent]:
    """Odoo's records by the Google id of their links; those gone are missing."""
    found: dict[str, OdooEvent] = {}
    links = [link for link in links if link.event_id]
    for kind in Kind:
        alike = [link for link in links if link.kind is kind]
        seen = store.observe(alike) if alike else {}
        found |= {x.google_id: seen[x.event_id] for x in alike if x.event_id in seen}
    return found
