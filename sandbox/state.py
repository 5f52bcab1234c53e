"""The world as JSON, for ``--state FILE``.

Codes in flight, page tokens, faults and counters are not kept: a restart loses what
a restart of Google would lose too, and the simulation's switches start at rest.
"""

import json
import os
import threading
from dataclasses import asdict, fields
from pathlib import Path

from .entities import Account, Calendar, Client, Event, ListEntry
from .oauth.grants import Access, Refresh
from .people_api import storage

VERSION = 2
SAVE_EVERY = 1.0
SETS = ("grants_only", "test_users", "disabled_apis", "delegated")


class StateFile:
    """Keeps a file in step with a world, at most once a second."""

    def __init__(self, world, path):
        self.world = world
        self.path = Path(path)
        self._stopped = threading.Event()

    def load(self):
        """Fill the world from the file; False when there is none.

        ValueError when the file is not a state of this version.
        """
        if not self.path.exists():
            return False
        try:
            with self.world.lock:
                load(self.world, json.loads(self.path.read_text("utf-8")))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{self.path} is no usable state: {error}") from error
        return True

    def keep(self):
        """Save whenever something changed, until ``stop``."""
        while not self._stopped.wait(SAVE_EVERY):
            self.save()

    def stop(self):
        self._stopped.set()
        self.save()

    def save(self):
        with self.world.lock:
            if not self.world.dirty:
                return
            self.world.dirty = False
            text = json.dumps(dump(self.world), ensure_ascii=False)
        draft = self.path.with_name(f"{self.path.name}.new")
        draft.write_text(text, "utf-8")
        os.replace(draft, self.path)


def dump(world):
    """What ``load`` needs to build the same world."""
    oauth = world.oauth
    return {
        "version": VERSION,
        "rev": world.rev,
        "sync_generation": world.sync_generation,
        "auto_consent": world.auto_consent,
        "accounts": [_account(account) for account in world.accounts.values()],
        "clients": [_plain(client) for client in world.clients.values()],
        "api_keys": dict(world.api_keys),
        "calendars": [_calendar(calendar) for calendar in world.calendars.values()],
        "consents": [[*key, scopes] for key, scopes in oauth.consents.items()],
        "channels": world.channels.dump(),
        "refresh": {token: asdict(held) for token, held in oauth.refresh.items()},
        "access": {token: asdict(held) for token, held in oauth.access.items()},
    }


def load(world, raw):
    """Replace the world's content by a dump; ValueError for another version."""
    if raw.get("version") not in (1, VERSION):
        raise ValueError(f"state of version {raw.get('version')}, not {VERSION}")
    world.reset()
    world.rev = raw["rev"]
    world.sync_generation = raw["sync_generation"]
    world.auto_consent = raw["auto_consent"]
    for entry in raw["accounts"]:
        book = entry.pop("book", None)  # version 1 had no address book
        entry.pop("contacts", None)
        account = Account(**_with_sets(entry))
        if book:
            account.book = storage.load(book, world.rev)
        lists = account.calendar_list
        account.calendar_list = {key: ListEntry(**e) for key, e in lists.items()}
        world.accounts[account.sub] = account
        world.accounts_by_email[account.email] = account
    for entry in raw["clients"]:
        world.clients[entry["client_id"]] = Client(**_with_sets(entry))
    world.api_keys = raw.get("api_keys", {})
    for entry in raw["calendars"]:
        events = entry.pop("events")
        calendar = world.calendars[entry["id"]] = Calendar(**entry)
        for event in events:
            calendar.put(Event(**event))
    world.channels.load(raw.get("channels", {}))
    oauth = world.oauth
    oauth.consents = {(sub, client): s for sub, client, s in raw["consents"]}
    oauth.refresh = {token: Refresh(**held) for token, held in raw["refresh"].items()}
    oauth.access = {token: Access(**held) for token, held in raw["access"].items()}
    world.dirty = False


def _account(account):
    return {**_plain(account), "book": storage.dump(account.book)}


def _plain(entity):
    raw = {f.name: getattr(entity, f.name) for f in fields(entity) if f.repr}
    if "calendar_list" in raw:
        lists = raw["calendar_list"]
        raw["calendar_list"] = {key: asdict(entry) for key, entry in lists.items()}
    return {k: sorted(v) if isinstance(v, set) else v for k, v in raw.items()}


def _with_sets(raw):
    return {k: set(v) if k in SETS and v is not None else v for k, v in raw.items()}


def _calendar(calendar):
    kept = {f.name: getattr(calendar, f.name) for f in fields(calendar) if f.repr}
    return {**kept, "events": [vars(event) for event in calendar.events.values()]}
