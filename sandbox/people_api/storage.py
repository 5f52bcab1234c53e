"""An address book as JSON and back. What lists do not know yet, they know after."""

from base64 import b64decode, b64encode

from .book import Book, Record, State


def dump(book):
    return {
        "contacts": [_record(record) for record in book.contacts.values()],
        "groups": [_record(record) for record in book.groups.values()],
        "aliases": book.aliases,
        "photos": {t: b64encode(data).decode() for t, data in book.photos.items()},
    }


def load(raw, rev):
    """A book as ``dump`` wrote it; ``rev`` is the world's revision."""
    contacts, groups = (_records(raw[name]) for name in ("contacts", "groups"))
    photos = {token: b64decode(text) for token, text in raw["photos"].items()}
    book = Book(contacts, groups, dict(raw["aliases"]), photos, settled=rev)
    book.live = len(book.everybody())
    return book


def _record(record):
    return {"source_id": record.source_id, **vars(record.now)}


def _records(rows):
    found = {}
    for row in rows:
        row = dict(row)
        source_id = row.pop("source_id")
        row["previous"] = tuple(row["previous"])
        found[row["name"]] = Record(source_id, [State(**row)])
    return found
