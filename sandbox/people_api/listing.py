"""Lists of people: connections, other contacts, batchGet and search."""

from ..errors import ApiError
from . import masks
from .book import changed_since
from .errors import as_status, bad, not_found
from .paging import Pages
from .view import CONTACT, Viewer, me

DEFAULT, MAXIMUM = 100, 1000
BATCH_GET = 200
SEARCH_DEFAULT, SEARCH_MAXIMUM = 10, 30
OTHER_FIELDS = ("emailAddresses", "metadata", "names", "phoneNumbers", "photos")
NO_NAME = "\U0010ffff"  # sorts after every name


def connections(world, account, name, params):
    """people.connections.list, full or since a sync token."""
    if name not in ("people/me", f"people/{account.sub}"):
        raise bad('Only "people/me" is a valid resource name.', "resourceName")
    mask = masks.of_request(params)
    pages = Pages(world, account, "connections", params)

    def find():
        pairs = _pairs(account.book, pages)
        _sort(pairs, params.get("sortOrder", "LAST_MODIFIED_ASCENDING"))
        return world.paging.shuffled(pairs)

    pairs, tokens, total = pages.page(find, DEFAULT, MAXIMUM)
    viewer = Viewer(world, account, mask, params.get("sources", ()), capped=True)
    people = [viewer.person(record, state) for record, state in pairs]
    if pages.since is not None and "metadata" in mask:
        for person, (_record, state) in zip(people, pairs, strict=True):
            if state.previous:
                person["metadata"]["previousResourceNames"] = list(state.previous)
    if not params.get("requestSyncToken"):
        tokens.pop("nextSyncToken", None)
    return {
        **({"connections": people} if people else {}),
        **({"totalPeople": total, "totalItems": total} if total else {}),
        **tokens,
    }


def _pairs(book, pages):
    """What the list holds: every living contact, or whatever changed."""
    if pages.since is None:
        pairs = [(record, record.at(pages.rev)) for record in book.contacts.values()]
        return [pair for pair in pairs if pair[1] and not pair[1].deleted]
    changed = changed_since(book.contacts, pages.since)
    pairs = [(record, record.at(pages.rev)) for record in changed]
    return [pair for pair in pairs if pair[1] and pair[1].rev > pages.since]


def _sort(pairs, order):
    key = {"FIRST_NAME_ASCENDING": "givenName", "LAST_NAME_ASCENDING": "familyName"}
    if order in key:
        pairs.sort(key=lambda pair: _name_part(pair[1], key[order]))
    else:
        pairs.sort(key=lambda p: p[1].rev, reverse=order.endswith("DESCENDING"))


def _name_part(state, part):
    names = state.fields.get("names") or [{}]
    return names[0].get(part, NO_NAME).casefold()


def get(world, account, name, params):
    """people.get; a former name finds the contact under its new one."""
    mask = masks.of_request(params)
    viewer = Viewer(world, account, mask, params.get("sources", ()))
    return _person(account, viewer, name, mask)


def batch_get(world, account, params):
    """people.getBatchGet: each answer has its own status."""
    mask = masks.of_request(params)
    names = params.get("resourceNames", [])
    if not 1 <= len(names) <= BATCH_GET:
        raise bad(f"resourceNames holds 1 to {BATCH_GET} entries.", "resourceNames")
    viewer = Viewer(world, account, mask, params.get("sources", ()))
    responses = []
    for name in names:
        answer = {"requestedResourceName": name}
        try:
            answer["person"] = _person(account, viewer, name, mask)
            answer.update(httpStatusCode=200, status={})
        except ApiError as error:
            answer.update(httpStatusCode=error.status, status=as_status(error))
        responses.append(answer)
    return {"responses": responses}


def _person(account, viewer, name, mask):
    if name in ("people/me", f"people/{account.sub}"):
        return me(account, mask)
    record = account.book.find(name)
    if record is None:
        raise not_found()
    return viewer.person(record)


def other_contacts(params):
    """The sandbox's accounts have no other contacts."""
    masks.required(params.get("readMask"), OTHER_FIELDS, "readMask")
    return {}


def search(world, account, params):
    """people.searchContacts: prefixes, from what the last empty query has put by."""
    mask = masks.required(params.get("readMask"), masks.readable(), "readMask")
    book, query = account.book, params.get("query", "").casefold().strip()
    if not query:
        rev = book.horizon(world)
        pairs = [(record, record.at(rev)) for record in book.contacts.values()]
        book.cache = [pair for pair in pairs if pair[1] and not pair[1].deleted]
        return {}
    size = min(params.get("pageSize") or SEARCH_DEFAULT, SEARCH_MAXIMUM)
    viewer = Viewer(world, account, mask, params.get("sources", (CONTACT,)))
    hits = [pair for pair in book.cache if _matches(pair[1], query)][:size]
    results = [{"person": viewer.person(*pair)} for pair in hits]
    return {"results": results} if results else {}


def _matches(state, query):
    return any(f" {text}".find(f" {query}") >= 0 for text in _searched(state.fields))


def _searched(fields):
    """The texts whose words a query may begin."""
    for item in fields.get("names", ()):
        yield " ".join(v for v in item.values() if isinstance(v, str)).casefold()
    for name in ("nicknames", "emailAddresses", "phoneNumbers"):
        for item in fields.get(name, ()):
            yield item.get("value", "").casefold()
    for item in fields.get("organizations", ()):
        yield f"{item.get('name', '')} {item.get('title', '')}".casefold()
