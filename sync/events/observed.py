"""Odoo's records beside their links.

One record may be seen in several ways: as the row of a series, as the series itself,
which its link names by a row, and as an occurrence that it was before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .links import Kind, Link, OdooEvent
from .store import Store


def observed(store: Store, links: Iterable[Link]) -> dict[str, OdooEvent]:
    """Odoo's records by the Google id of their links; those gone are missing."""
    found: dict[str, OdooEvent] = {}
    links = [link for link in links if link.event_id]
    for kind in Kind:
        alike = [link for link in links if link.kind is kind]
        while alike:
            # Answers come by record: each record once.
            single = list({link.event_id: link for link in alike}.values())
            chosen = {link.google_id for link in single}
            alike = [link for link in alike if link.google_id not in chosen]
            seen = store.observe(single)
            found |= {
                x.google_id: _with_guests(seen[x.event_id], x)
                for x in single
                if x.event_id in seen
            }
    return found


def _with_guests(odoo: OdooEvent, link: Link) -> OdooEvent:
    """Odoo's participants are no guests of Google's: only Google's news count."""
    guests = link.base.guests if link.base else ()
    if odoo.invites or odoo.values.guests == guests:
        return odoo
    return replace(odoo, values=replace(odoo.values, guests=guests))
