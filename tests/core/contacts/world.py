"""A small world for stories about contacts: one Odoo, one Google account."""

from __future__ import annotations

from memory.contacts import MemoryContacts
from memory.people import MemoryPeople

from google_sync.sync.contacts.comment import comment_from_odoo
from google_sync.sync.contacts.engine import sync_contacts
from google_sync.sync.contacts.person import parse_person
from google_sync.sync.contacts.settings import ContactSettings
from google_sync.sync.report import Report

KEY = "gsync_test"


class ContactWorld:
    """Marie's list in Odoo and her contacts in Google."""

    def __init__(self, page_size: int = 1000, lag: int = 0, **options) -> None:
        self.google = MemoryPeople(page_size, lag)
        self.odoo = MemoryContacts(self.google.now)
        self.options = {"brake_count": 10**6, **options}

    def steps(self, report=None, **options):
        settings = ContactSettings(
            self.google.now(), **{"marker_key": KEY, **self.options, **options}
        )
        return sync_contacts(self.odoo, self.google, settings, report or Report())

    def sync(self, **options) -> Report:
        self.google.tick()
        report = Report()
        for _ in self.steps(report, **options):
            pass
        self.google.tick()
        return report

    # -- looking ---------------------------------------------------------------

    def name_of(self, partner_id: int) -> str:
        return self.odoo.link_of(partner_id).resource_name

    def person(self, partner_id: int) -> dict:
        return self.google.people[self.name_of(partner_id)]

    def values(self, partner_id: int, section: str) -> list:
        return [x.get("value") for x in self.person(partner_id).get(section, ())]

    def comment_in_google(self, partner_id: int) -> str:
        return parse_person(self.person(partner_id), KEY).comment

    def comment_in_odoo(self, partner_id: int) -> str:
        return comment_from_odoo(self.odoo.t.partners[partner_id].html)

    def actions(self) -> list[tuple[str, str]]:
        return [(line.side, line.action) for line in self.odoo.t.lines]


def mail(value, kind="work"):
    return {"value": value, "type": kind}


def synced(world, **values):
    """One more contact on the list, in step."""
    given = {"name": "Jean Dupont", "emails": ("jean@x.fr",), **values}
    partner = world.odoo.people_create(**given)
    world.sync()
    return partner
