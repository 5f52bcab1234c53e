"""The address book as the page lists it, and what its dialog asks for."""

import json
from base64 import b64decode
from unicodedata import normalize
from urllib.parse import urlsplit

TEXTS = ("givenName", "familyName")
JOB = ("name", "title")


def rows(page):
    """One row a contact, by family name."""
    names = {label["resourceName"]: label for label in page.labels()}
    found = [_row(person, names) for person in page.list()]
    return sorted(found, key=lambda row: row["sort"])


def labels(page):
    """The labels that a person can give: those of the user."""
    kind = "USER_CONTACT_GROUP"
    return [label["name"] for label in page.labels() if label["groupType"] == kind]


def _row(person, names):
    name = (person.get("names") or [{}])[0]
    job = _own(person, "organizations")[:1]
    mails = [item.get("value", "") for item in person.get("emailAddresses", ())]
    phones = [item.get("value", "") for item in person.get("phoneNumbers", ())]
    notes = [item.get("value", "") for item in person.get("biographies", ())]
    shown = name.get("displayName") or (mails + phones + ["?"])[0]
    text = f"{name.get('familyName', '')} {name.get('givenName', '')}".strip() or shown
    photo = person["photos"][0]
    mine = [names[g]["name"] for g in _groups(person) if g in names]
    user = [label for label in mine if label not in ("myContacts",)]
    return {
        "name": shown,
        "sort": normalize("NFKD", text).casefold(),
        "letter": shown[0],
        "photo": "" if photo.get("default") else _uncounted(photo["url"]),
        "mails": mails,
        "phones": phones,
        "job": ", ".join(job[0].get(key) for key in JOB if job and job[0].get(key)),
        "note": "\n".join(notes),
        "labels": user,
        "form": json.dumps(_form(person, user)),
    }


def _uncounted(url):
    """The photo's address on the sandbox's own side, where nothing is counted."""
    return f"/sandbox{urlsplit(url).path}"


def _groups(person):
    return [
        item["contactGroupMembership"]["contactGroupResourceName"]
        for item in person.get("memberships", ())
    ]


def _own(person, field):
    """The items that are the contact's own, not a profile's."""
    return [
        item
        for item in person.get(field, ())
        if item["metadata"]["source"]["type"] == "CONTACT"
    ]


def _form(person, user_labels):
    """What the dialog is filled with."""
    name = (_own(person, "names") or [{}])[0]
    job = (_own(person, "organizations") or [{}])[0]
    note = (_own(person, "biographies") or [{}])[0]
    return {
        "contact": person["resourceName"],
        **{key: name.get(key, "") for key in TEXTS},
        **{f"job_{key}": job.get(key, "") for key in JOB},
        "mails": _lines(_own(person, "emailAddresses")),
        "phones": _lines(_own(person, "phoneNumbers")),
        "note": note.get("value", ""),
        "labels": ", ".join(user_labels),
    }


def _lines(items):
    """``type: value``, a line each."""
    return "\n".join(
        f"{item['type']}: {item['value']}" if item.get("type") else item["value"]
        for item in items
        if item.get("value")
    )


def save(world, form):
    """Add or edit a contact; what the dialog does not show stays."""
    page = world.person(form["account"]).contacts
    name = form.get("contact")
    before = page.get(name) if name else {}
    body = {
        "names": [_part(before, "names", {key: form.get(key, "") for key in TEXTS})],
        "organizations": _jobs(before, form),
        "emailAddresses": _items(before, "emailAddresses", form.get("mails", "")),
        "phoneNumbers": _items(before, "phoneNumbers", form.get("phones", "")),
        "biographies": _note(before, form.get("note", "")),
    }
    if name:
        page.edit(name, body)
    else:
        name = page.insert(body)["resourceName"]
    _set_labels(page, name, form.get("labels", ""))
    if form.get("photo"):
        page.photo(name, b64decode(form["photo"].partition(",")[2]))
    elif form.get("no_photo"):
        page.photo(name, None)


def delete(world, form):
    world.person(form["account"]).contacts.delete(form["contact"])


def _part(before, field, values):
    """The contact's first item with other values; the rest of the item is kept."""
    kept = dict((_own(before, field) or [{}])[0])
    for key in [k for k in kept if k.startswith(("display", "formatted", "unstruct"))]:
        del kept[key]
    return {**kept, **{key: value.strip() for key, value in values.items()}}


def _jobs(before, form):
    values = {key: form.get(f"job_{key}", "") for key in JOB}
    return [_part(before, "organizations", values), *_own(before, "organizations")[1:]]


def _note(before, text):
    text = text.replace("\r\n", "\n")
    return [_part(before, "biographies", {"value": text})] if text.strip() else []


def _items(before, field, text):
    """From ``type: value`` lines; items whose line is unchanged stay whole."""
    known = {_lines([item]): item for item in _own(before, field)}
    found = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        kind, colon, value = line.rpartition(":")
        new = {"value": value.strip(), **({"type": kind.strip()} if colon else {})}
        found.append(known.get(line, new))
    return found


def _set_labels(page, name, text):
    wanted = {label.strip() for label in text.split(",") if label.strip()}
    names = {label["resourceName"]: label for label in page.labels()}
    held = set(_row(page.get(name), names)["labels"])
    for label in sorted(wanted - held):
        page.label(name, label)
    for label in sorted(held - wanted):
        page.unlabel(name, label)
