"""Thirty contacts for the demo, written as the person would."""

import random

from ..people_api.pictures import portrait
from .catalogue import COMPANIES, CONTACT_NAMES, CONTACT_NOTES

WITH_PHOTO = (0, 4)
LABELS = {"Clients": 3, "Fournisseurs": 7}  # label -> every so many


def plant(person):
    """Fill the person's address book, the same way each time."""
    dice = random.Random("contacts")
    page = person.contacts
    for number, (given, family, mail) in enumerate(CONTACT_NAMES):
        name = page.insert(_contact(number, given, family, mail, dice))["resourceName"]
        for label, step in LABELS.items():
            if number % step == 0:
                page.label(name, label)
        if number in WITH_PHOTO:
            page.photo(name, portrait(number))


def _contact(number, given, family, mail, dice):
    person = {
        "names": [{"givenName": given, **({"familyName": family} if family else {})}],
        "emailAddresses": [{"value": f"{mail}@example.org", "type": "work"}],
    }
    if number % 6 == 2:
        person["emailAddresses"] += [
            {"value": f"{mail}@example.net", "type": "home"},
            {"value": f"{mail}@archive.example.com", "type": "Ancien bureau"},
        ]
    digits = f"{dice.randrange(10**8):08d}"
    if number % 5 != 4:
        person["phoneNumbers"] = [{"value": f"+33 6 {digits}", "type": "mobile"}]
    if number % 7 == 1:
        person["phoneNumbers"] = [{"value": f"01{digits}", "type": "work"}]
    company, title = COMPANIES[number % len(COMPANIES)]
    if company:
        person["organizations"] = [{"name": company, "title": title, "type": "work"}]
    if number % 4 == 3:
        note = CONTACT_NOTES[number // 4 % len(CONTACT_NOTES)]
        person["biographies"] = [{"value": note, "contentType": "TEXT_PLAIN"}]
    if number % 9 == 5:
        person["addresses"] = [
            {
                "streetAddress": f"{number} rue de la République",
                "postalCode": "69002",
                "city": "Lyon",
                "country": "France",
                "countryCode": "FR",
                "type": "work",
            }
        ]
    return person
