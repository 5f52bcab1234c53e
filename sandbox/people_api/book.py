"""One account's address book, with what lists know of it and what they do not yet.

Every write adds a state to its record. Reads by name see the last state at once; lists
see the newest state that is older than the world's ``people_lag``.
"""

from collections import deque
from dataclasses import dataclass, field, replace

SYSTEM_GROUPS = {
    "myContacts": ("My Contacts", "Mes contacts"),
    "starred": ("Starred", "Favoris"),
    "friends": ("Friends", "Amis"),
    "family": ("Family", "Famille"),
    "coworkers": ("Coworkers", "Collègues"),
    "blocked": ("Blocked", "Bloqués"),
    "all": ("All contacts", "Tous les contacts"),
    "chatBuddies": ("Chat contacts", "Contacts de chat"),
}
PREFIX = "contactGroups/"
MY_CONTACTS = f"{PREFIX}myContacts"
STARRED = f"{PREFIX}starred"
OPEN_SYSTEM = (MY_CONTACTS, STARRED)  # the system groups that accept members


@dataclass(frozen=True)
class State:
    """A contact or group at one moment. ``fields`` is never changed in place.

    For a contact ``fields`` maps field names to lists of items without metadata; for
    a group it holds ``name``. ``previous`` are former resource names; ``profile``
    ({"id", "fields"}) is what a linked Google profile adds.
    """

    name: str
    rev: int = 0
    updated: str = ""
    fields: dict = field(default_factory=dict)
    photo: str = ""  # key into ``Book.photos``
    deleted: bool = False
    previous: tuple = ()
    profile: dict = None


@dataclass
class Record:
    """A contact (``source_id`` is the id of its CONTACT source) or a group."""

    source_id: str
    states: list

    @property
    def now(self):
        return self.states[-1]

    def at(self, rev):
        """The state that was current at a revision; None when there was none yet."""
        for state in reversed(self.states):
            if state.rev <= rev:
                return state
        return None


@dataclass
class Book:
    """Contacts and groups by resource name, each ordered by last change."""

    contacts: dict = field(default_factory=dict)
    groups: dict = field(default_factory=dict)
    aliases: dict = field(default_factory=dict)  # old resource name -> new one
    photos: dict = field(default_factory=dict)  # token -> bytes
    cache: list = field(default_factory=list)  # what searchContacts knows
    settled: int = 0  # lists know everything up to this revision
    pending: deque = field(default_factory=deque)  # (moment, revision) not yet listed
    live: int = 0

    def __post_init__(self):
        if not self.groups:
            for name in SYSTEM_GROUPS:
                path = f"{PREFIX}{name}"
                state = State(path, fields={"name": name})
                self.groups[path] = Record(name, [state])

    def find(self, name):
        """The living contact of this name or former name, or None."""
        record = self.contacts.get(self.aliases.get(name, name))
        return record if record and not record.now.deleted else None

    def find_group(self, name):
        record = self.groups.get(name)
        return record if record and not record.now.deleted else None

    def everybody(self):
        """The living contacts, the one changed last at the end."""
        return [r for r in self.contacts.values() if not r.now.deleted]

    def members(self, group, rev=None):
        """Names of the contacts in a group, as they were known at ``rev``."""
        found = []
        for record in self.contacts.values():
            state = record.now if rev is None else record.at(rev)
            if state and not state.deleted and group in groups_of(state.fields):
                found.append(state.name)
        return found

    # -- writing

    def write(self, world, table, record, **changes):
        """Give the record its next state and a place at the end of its table."""
        horizon = self.horizon(world)
        before = record.states[-1] if record.states else None
        if table is self.contacts:
            alive = not changes.get("deleted", before.deleted if before else False)
            self.live += alive - bool(before and not before.deleted)
        base = before or State(changes.pop("name"))
        state = replace(base, rev=world.next_rev(), updated=world.stamp(), **changes)
        record.states = [*_still_needed(record.states, horizon), state]
        table.pop(base.name, None)
        table[state.name] = record
        self.pending.append((world.clock.timestamp(), state.rev))
        return state

    def horizon(self, world):
        """The revision up to which lists know this book; it never goes back."""
        lag = world.people.lag
        latest = world.clock.timestamp() - lag
        while self.pending and (lag <= 0 or self.pending[0][0] <= latest):
            self.settled = self.pending.popleft()[1]
        return self.settled


def _still_needed(states, horizon):
    """Drop the states that lists have already left behind."""
    seen = [index for index, state in enumerate(states) if state.rev <= horizon]
    return states[seen[-1] :] if seen else states


def changed_since(table, rev):
    """Records with a state after ``rev``, oldest first; costs only what changed."""
    found = []
    for record in reversed(table.values()):
        if record.now.rev <= rev:
            break
        found.append(record)
    return found[::-1]


def groups_of(fields):
    """The groups that a contact's fields name."""
    return [
        item["contactGroupMembership"]["contactGroupResourceName"]
        for item in fields.get("memberships", ())
    ]


def memberships(groups):
    return [{"contactGroupMembership": {"contactGroupResourceName": g}} for g in groups]
