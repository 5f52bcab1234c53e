"""Marie's list of contacts: thirty people in Odoo, some in her Google already."""

from __future__ import annotations

from .people import GooglePerson, OdooUser

PARTNER = "res.partner"
SIZE = 30
FIRST = ("Camille", "Hugo", "Inès", "Karim", "Léa", "Marc", "Nadia", "Oscar", "Zoé")
LAST = ("Bernard", "Dubois", "Faure", "Lambert", "Moreau", "Petit", "Rousseau")
COMPANIES = ("Imprimerie Gex", "Studio Nord", "Papeteries du Lac")


def plant(admin: OdooUser, marie: OdooUser, google: GooglePerson) -> None:
    """Make the contacts (users may not) and put them on Marie's list."""
    known = [_known(person) for person in google.contacts() if _is_plain(person)]
    made = [*known[:12], *(_new(number) for number in range(SIZE))][:SIZE]
    ids = admin.call(PARTNER, "create", made)
    marie.call(PARTNER, "action_google_sync_choose", ids)


def _is_plain(person: dict) -> bool:
    """With a mail, and without a note: a note is asked about before it is shown."""
    return bool(person.get("emailAddresses")) and not person.get("biographies")


def _known(person: dict) -> dict:
    """The same person in Odoo: found by mail, not doubled."""
    name = person.get("names", [{}])[0]
    mail = person["emailAddresses"][0]["value"]
    return {"name": name.get("displayName") or mail, "email": mail}


def _new(number: int) -> dict:
    first, last = FIRST[number % len(FIRST)], LAST[number % len(LAST)]
    mail = f"contact{number + 1}@client.example.com"
    return {
        "name": f"{first} {last}",
        "email": mail,
        "phone": f"+33 4 50 12 {number:02d} 00",
        "mobile": f"+33 6 12 34 {number:02d} 78",
        "street": f"{number + 1} rue du Port",
        "zip": "74000",
        "city": "Annecy",
        "function": "Acheteur" if number % 2 else "Directrice",
        "company_name": COMPANIES[number % len(COMPANIES)],
    }


def summary(run: dict) -> str:
    """What a run did to the contacts, in words; "" when it did nothing."""
    lines = [line for line in run["lines"] if line["res_model"] == PARTNER]
    counts = {
        "created in Google": ("create", "google"),
        "found there by mail and paired": ("adopt", None),
        "changed in Google": ("update", "google"),
    }
    parts = []
    for words, (action, side) in counts.items():
        number = sum(
            line["action"] == action and side in (None, line["side"]) for line in lines
        )
        parts += [f"{number} {words}"] if number else []
    return ", ".join(parts)
