"""What Google adds to stored items: display names, canonical phones, labels of types.

Kept simple: two languages, phone numbers that begin with + or are French.
"""

import re

PARTICLES = {
    "de", "du", "des", "la", "le", "von", "van", "der", "den", "da", "di", "del", "al",
    "el", "bin", "ben", "d'", "st", "saint",
}  # fmt: skip
TYPES = {
    "home": ("Home", "Domicile"),
    "work": ("Work", "Professionnel"),
    "other": ("Other", "Autre"),
    "mobile": ("Mobile", "Mobile"),
    "main": ("Main", "Principal"),
    "homeFax": ("Home Fax", "Fax domicile"),
    "workFax": ("Work Fax", "Fax professionnel"),
    "otherFax": ("Other Fax", "Autre fax"),
    "pager": ("Pager", "Bipeur"),
    "workMobile": ("Work Mobile", "Mobile professionnel"),
    "workPager": ("Work Pager", "Bipeur professionnel"),
    "googleVoice": ("Google Voice", "Google Voice"),
}
TYPED = {
    "addresses",
    "calendarUrls",
    "emailAddresses",
    "events",
    "externalIds",
    "imClients",
    "miscKeywords",
    "organizations",
    "phoneNumbers",
    "relations",
    "sipAddresses",
    "urls",
}


def complete(field, item, locale):
    """The item as an answer shows it, without its metadata."""
    shown = dict(item)
    if field in TYPED and item.get("type"):
        labels = TYPES.get(item["type"], (item["type"],) * 2)
        shown["formattedType"] = labels[locale.startswith("fr")]
    more = MORE.get(field)
    return {**shown, **more(item)} if more else shown


def split_name(item):
    """A name's parts from its unstructured form, when it has no others."""
    whole = item.get("unstructuredName")
    rest = {k: v for k, v in item.items() if k != "unstructuredName"}
    if not whole or any(key in rest for key in ("givenName", "familyName")):
        return rest
    words = whole.split()
    if len(words) == 1:
        return {**rest, "givenName": words[0]}
    start = next(
        (n for n, word in enumerate(words[1:], 1) if word.lower() in PARTICLES),
        len(words) - 1,
    )
    parts = {"givenName": words[0], "familyName": " ".join(words[start:])}
    middle = " ".join(words[1:start])
    return {**rest, **parts, **({"middleName": middle} if middle else {})}


def _name(item):
    def joined(*keys):
        return " ".join(item[key] for key in keys if item.get(key))

    display = joined("honorificPrefix", "givenName", "middleName", "familyName")
    if item.get("honorificSuffix"):
        display = f"{display}, {item['honorificSuffix']}"
    first = joined("givenName", "middleName")
    family = item.get("familyName", "")
    last_first = f"{family}, {first}" if family and first else family or first
    found = {
        "displayName": display,
        "displayNameLastFirst": last_first,
        "unstructuredName": display,
    }
    return {key: value for key, value in found.items() if value}


def _phone(item):
    form = canonical(item.get("value", ""))
    return {"canonicalForm": form} if form else {}


def canonical(text):
    """E.164 of an international or a French number; None when it is neither."""
    text = text.replace("(0)", "")
    digits = re.sub(r"\D", "", text)
    if re.search(r"[^\d\s().+/\-\u00a0\u202f]", text):
        return None
    if text.strip().startswith("+") and 7 <= len(digits) <= 15:
        return f"+{digits}"
    return f"+33{digits[1:]}" if re.fullmatch(r"0[1-9]\d{8}", digits) else None


def _address(item):
    if item.get("formattedValue"):
        return {}
    town = " ".join(item[k] for k in ("postalCode", "city") if item.get(k))
    keys = ("streetAddress", "extendedAddress", "poBox")
    lines = [item.get(key) for key in keys]
    lines += [town, item.get("region"), item.get("country") or item.get("countryCode")]
    text = "\n".join(line for line in lines if line)
    return {"formattedValue": text} if text else {}


def _birthday(item):
    date = item.get("date")
    if not date or item.get("text"):
        return {}
    parts = [date.get("month", 0), date.get("day", 0), date.get("year", 0)]
    return {"text": "/".join(str(part) for part in parts if part)}


def _gender(item):
    return {"formattedValue": item.get("value", "").capitalize()}


def _membership(item):
    name = item["contactGroupMembership"]["contactGroupResourceName"]
    group_id = name.partition("/")[2]
    return {
        "contactGroupMembership": {
            "contactGroupId": group_id,
            "contactGroupResourceName": name,
        }
    }


MORE = {
    "names": _name,
    "phoneNumbers": _phone,
    "addresses": _address,
    "birthdays": _birthday,
    "genders": _gender,
    "memberships": _membership,
}
