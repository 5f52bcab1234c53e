"""How answers show people: masks, sources, etags, primary items, photos."""

import random
from base64 import b64decode, b64encode
from zlib import crc32

from .derived import complete

PERSON_ETAG = b"\x12\x05\x01\x02\x03\x04\x05\x1a\x04"
LIST_CAP = 100  # lists show at most so many of these per person
CAPPED = ("emailAddresses", "phoneNumbers")
CONTACT, PROFILE = "READ_SOURCE_TYPE_CONTACT", "READ_SOURCE_TYPE_PROFILE"


def person_etag(state, mask=None):
    """Says which fields were asked for too: under another mask it is another one."""
    asked = crc32(",".join(sorted(mask or ())).encode()).to_bytes(4, "big")
    said = PERSON_ETAG + state.rev.to_bytes(6, "big") + asked
    return "%" + b64encode(said).decode()


def is_person_etag(text, state):
    """An etag of the contact as it is, under whatever mask it was read."""
    try:
        said = b64decode(text.removeprefix("%"), validate=True)
    except ValueError:
        return False
    return said[:-4] == PERSON_ETAG + state.rev.to_bytes(6, "big")


def source_etag(state):
    return "#" + b64encode(state.rev.to_bytes(8, "big")).decode()


class Viewer:
    """How one request sees the people of one account.

    ``mask`` None shows every field; ``sources`` are the request's, empty for the
    default of contacts and profiles; ``capped`` is how lists show people.
    """

    def __init__(self, world, account, mask=None, sources=(), capped=False):
        self.world = world
        self.locale = account.locale
        self.mask = mask
        self.sources = set(sources) or {CONTACT, PROFILE}
        self.capped = capped

    def person(self, record, state=None):
        """The Person of a contact as it is now, or as it was in ``state``."""
        state = state or record.now
        shown = {"resourceName": state.name, "etag": person_etag(state, self.mask)}
        if self._wants("metadata"):
            shown["metadata"] = self._metadata(record, state)
        if state.deleted:
            return shown
        if self._wants("photos"):
            shown["photos"] = [self._photo(record, state)]
        names = {**state.fields, **(state.profile or {}).get("fields", {})}
        for name in names:
            items = self._items(record, state, name) if self._wants(name) else []
            if items:
                shown[name] = items
        return shown

    def _wants(self, name):
        return self.mask is None or name in self.mask

    def _metadata(self, record, state):
        sources = []
        if CONTACT in self.sources:
            sources.append(
                {
                    **_source(record),
                    "etag": source_etag(state),
                    "updateTime": state.updated,
                }
            )
        if state.profile and PROFILE in self.sources:
            kind = {"objectType": "PERSON", "userTypes": ["GOOGLE_USER"]}
            sources.append({**_profile_source(state), "profileMetadata": kind})
        metadata = {"sources": sources, "objectType": "PERSON"}
        return {**metadata, "deleted": True} if state.deleted else metadata

    def _items(self, record, state, name):
        """Exactly one item is primary: the contact's own comes first."""
        own = state.fields.get(name, []) if CONTACT in self.sources else []
        chosen = next((n for n, i in enumerate(own) if i.get("sourcePrimary")), 0)
        shown = [
            self._item(name, item, _source(record), number == chosen, number == chosen)
            for number, item in enumerate(own)
        ]
        profile = state.profile or {}
        if PROFILE in self.sources:
            foreign = profile.get("fields", {}).get(name, [])
            shown += [
                self._item(name, item, _profile_source(state), not shown, number == 0)
                for number, item in enumerate(foreign)
            ]
        if self.world.paging.random_order is not None:
            random.Random(self.world.paging.random_order).shuffle(shown)
        return shown[:LIST_CAP] if self.capped and name in CAPPED else shown

    def _item(self, name, item, source, primary, source_primary):
        metadata = {"source": source}
        if primary:
            metadata["primary"] = True
        if source_primary:
            metadata["sourcePrimary"] = True
        kept = {key: value for key, value in item.items() if key != "sourcePrimary"}
        return {"metadata": metadata, **complete(name, kept, self.locale)}

    def _photo(self, record, state):
        metadata = {"primary": True, "source": _source(record)}
        if state.photo:
            return {"metadata": metadata, "url": self._url(f"{state.photo}=s100")}
        names = state.fields.get("names") or [{}]
        letter = (names[0].get("givenName") or names[0].get("familyName") or "?")[0]
        url = self._url(f"letter{ord(letter)}=s100")
        return {"metadata": metadata, "url": url, "default": True}

    def _url(self, path):
        return f"{self.world.url}/photos/{path}"


def _source(record):
    return {"type": "CONTACT", "id": record.source_id}


def _profile_source(state):
    return {"type": "PROFILE", "id": state.profile["id"]}


def me(account, mask):
    """``people/me``: the account's own profile."""
    source = {"type": "PROFILE", "id": account.sub}
    metadata = {"primary": True, "verified": True, "source": source}
    given, _, family = account.name.partition(" ")
    name = {"givenName": given, **({"familyName": family} if family else {})}
    fields = {
        "metadata": {"sources": [{**source, "etag": "#me"}], "objectType": "PERSON"},
        "names": [{"metadata": metadata, **complete("names", name, account.locale)}],
        "emailAddresses": [{"metadata": metadata, "value": account.email}],
    }
    shown = {"resourceName": f"people/{account.sub}", "etag": "%me"}
    return {**shown, **{k: v for k, v in fields.items() if k in mask}}
