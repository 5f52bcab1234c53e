"""Thirty contacts for the demo, in the shape of the People API."""

import random

from .catalogue import COMPANIES, FIRST_NAMES, LAST_NAMES


def plant(account):
    """Fill the account's address book, the same way each time."""
    dice = random.Random("contacts")
    names = zip(FIRST_NAMES, LAST_NAMES, strict=True)
    for number, (given, family) in enumerate(names, start=1):
        name = f"people/c{1000 + number}"
        account.contacts[name] = _contact(name, number, given, family, dice)


def _contact(resource_name, number, given, family, dice):
    mail = f"{_plain(given)}.{_plain(family)}@example.org"
    person = {
        "resourceName": resource_name,
        "names": [{"givenName": given, "familyName": family}],
        "emailAddresses": [{"value": mail, "type": "work"}],
        "memberships": [
            {
                "contactGroupMembership": {
                    "contactGroupResourceName": "contactGroups/myContacts"
                }
            }
        ],
    }
    if number % 5:
        digits = f"{dice.randrange(10**8):08d}"
        person["phoneNumbers"] = [{"value": f"+33 6 {digits}", "type": "mobile"}]
    company, title = COMPANIES[number % len(COMPANIES)]
    if company:
        person["organizations"] = [{"name": company, "title": title}]
    if number % 4 == 0:
        note = f"Rencontré en {2015 + number % 10}.\nPréfère le matin."
        person["biographies"] = [{"value": note, "contentType": "TEXT_PLAIN"}]
    return person


def _plain(name):
    table = str.maketrans("éèêëîïôöûüàâçñÉ", "eeeeiioouuaacnE", " '")
    return name.translate(table).lower()
