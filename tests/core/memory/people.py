"""The People port in memory: one account's contacts, with Google's rules and lag."""

from __future__ import annotations

import copy
from datetime import datetime, timedelta, timezone

from google_sync.sync.contacts.ports import (
    CREATE_SIZE,
    DELETE_SIZE,
    GET_SIZE,
    UPDATE_SIZE,
    Outcome,
    PeoplePage,
    PersonReply,
)
from google_sync.sync.ports import PageTokenExpired, RetryLater, SyncTokenExpired

_EPOCH = datetime(2026, 6, 1, tzinfo=timezone.utc)
_SINGLE = ("names", "biographies", "birthdays")
_MINE = "contactGroups/myContacts"


class MemoryPeople:
    """`people` by name; `people_*` are what the account's owner does by hand.

    lag: minutes before a write shows in a list. fault: called before each request with
    its name and returning None, "before" or "after" (fails without or with effect).
    """

    fingerprint = "memory"

    def __init__(self, page_size: int = 1000, lag: int = 0) -> None:
        self.people: dict[str, dict] = {}
        self.groups: dict[str, str] = {}
        self.own_groups: set[str] = set()
        self.photos: dict[str, bytes] = {}
        self.renamed: dict[str, str] = {}
        self.log: list[tuple[datetime, str, dict]] = []
        self.pictures: dict[str, bytes] = {}
        self.requests = self.lists = self.writes = self.downloads = 0
        self.page_size = page_size
        self.lag = lag
        self.oldest_token = 0
        self.fault = lambda name: None
        self._clock = 0
        self._serial = 0
        self._pages: dict[str, tuple[list[dict], str]] = {}

    def now(self) -> datetime:
        return _EPOCH + timedelta(minutes=self._clock)

    def tick(self, minutes: int = 1) -> None:
        self._clock += minutes

    # -- the port --------------------------------------------------------------

    def list_people(self, *, sync_token="", page_token="") -> PeoplePage:
        self.requests += 1
        self.lists += 1
        if self.fault("list"):
            raise RetryLater("503", reason="backendError")
        if page_token:
            if page_token not in self._pages:
                raise PageTokenExpired("page token")
            items, token = self._pages[page_token]
        else:
            items, token = self._listing(sync_token)
        now, rest = items[: self.page_size], items[self.page_size :]
        now = copy.deepcopy(now)
        if not rest:
            return PeoplePage(now, next_sync_token=token, date=self.now())
        name = f"page{len(self._pages)}"
        self._pages[name] = (rest, token)
        return PeoplePage(now, next_page_token=name, date=self.now())

    def get(self, names) -> list[PersonReply]:
        assert 0 < len(names) <= GET_SIZE
        assert len(set(names)) == len(names)
        if self._fails("get"):
            return [PersonReply(Outcome.UNKNOWN, reason="backendError")] * len(names)
        self.fault("got")
        return [self._get(name) for name in names]

    def create(self, bodies) -> list[PersonReply]:
        assert 0 < len(bodies) <= CREATE_SIZE
        return self._write("create", bodies, self._create)

    def update(self, bodies, sections) -> list[PersonReply]:
        assert 0 < len(bodies) <= UPDATE_SIZE
        return self._write("update", bodies, lambda body: self._update(body, sections))

    def delete(self, names) -> list[PersonReply]:
        assert 0 < len(names) <= DELETE_SIZE
        return self._write("delete", names, self._delete)

    def set_photo(self, name, data) -> PersonReply:
        assert data.startswith((b"\xff\xd8", b"\x89PNG"))
        return self._write("photo", [(name, data)], self._photo)[0]

    def remove_photo(self, name) -> PersonReply:
        return self._write("photo", [(name, b"")], self._photo)[0]

    def download(self, url) -> bytes:
        self.downloads += 1
        return self.pictures[url]

    def find_label(self, name) -> str:
        self.requests += 1
        mine = ((k, v) for k, v in self.groups.items() if k not in self.own_groups)
        return next((k for k, v in mine if v == name), "")

    def create_label(self, name) -> str:
        self.requests += 1
        self.writes += 1
        if name in self.groups.values():
            return ""
        self.groups[f"contactGroups/g{len(self.groups)}"] = name
        return self.find_label(name)

    # -- what people do in Google ----------------------------------------------

    def people_create(self, **sections) -> str:
        return self._store(self._name(), copy.deepcopy(sections))["resourceName"]

    def people_edit(self, name: str, **sections) -> None:
        self._store(name, {**self.people[name], **copy.deepcopy(sections)})

    def people_delete(self, name: str) -> None:
        self._remove(name)

    def people_rename(self, name: str) -> str:
        new = self._name()
        person = self.people.pop(name)
        if name in self.photos:
            self.photos[new] = self.photos.pop(name)
        self.renamed[name] = new
        self._store(new, person)
        return new

    def people_merge(self, survivor: str, other: str) -> None:
        """What Google's page does: one holds all, the other is deleted."""
        both = copy.deepcopy(self.people[survivor])
        for section, entries in self.people[other].items():
            if isinstance(entries, list) and section not in _SINGLE:
                mine = both.setdefault(section, [])
                mine += [x for x in entries if x not in mine]
        self._remove(other)
        self._store(survivor, both)

    # -- inside ----------------------------------------------------------------

    def _name(self) -> str:
        self._serial += 1
        return f"people/c{self._serial}"

    def _fails(self, name: str) -> bool:
        self.requests += 1
        return self.fault(name) is not None

    def _write(self, name, items, do) -> list[PersonReply]:
        self.requests += 1
        self.writes += 1
        fault = self.fault(name)
        if fault == "before":
            return [PersonReply(Outcome.LATER, reason="tooFast")] * len(items)
        replies = self._batch(items, do)
        self.fault("done")
        if fault == "after":
            return [PersonReply(Outcome.UNKNOWN, reason="timeout")] * len(items)
        return replies

    def _batch(self, items, do) -> list[PersonReply]:
        """As a whole or not at all: those that are not named were not done."""
        kept = (dict(self.people), dict(self.photos), list(self.log), self._serial)
        replies = [do(item) for item in items]
        if all(r.outcome is Outcome.DONE for r in replies):
            return replies
        self.people, self.photos, self.log, self._serial = kept
        undone = PersonReply(Outcome.UNDONE)
        return [undone if r.outcome is Outcome.DONE else r for r in replies]

    def _listing(self, sync_token) -> tuple[list[dict], str]:
        until = self.now() - timedelta(minutes=self.lag)
        shown = [entry for entry in self.log if entry[0] <= until]
        token = str(len(shown))
        if sync_token and int(sync_token) < self.oldest_token:
            raise SyncTokenExpired("EXPIRED_SYNC_TOKEN")
        latest = {name: person for _at, name, person in shown[int(sync_token or 0) :]}
        seen = {name for _at, name, _person in shown}
        gone = {old for old, new in self.renamed.items() if new in seen}
        items = [x for x in latest.values() if x["resourceName"] not in gone]
        if not sync_token:
            items = [x for x in items if not x["metadata"].get("deleted")]
        return items, token

    def _get(self, name) -> PersonReply:
        name = self._now_called(name)
        if name not in self.people:
            return PersonReply(Outcome.GONE, reason="NOT_FOUND")
        return PersonReply(Outcome.DONE, self._with_photo(name))

    def _with_photo(self, name) -> dict:
        person = copy.deepcopy(self.people[name])
        if picture := self.photos.get(name):
            url = f"https://x/{name}/{hash(picture)}"
            self.pictures[url] = picture
            person["photos"] = [{"url": url}]
        return person

    def _previous(self, name) -> dict:
        names = [old for old in self.renamed if self._now_called(old) == name]
        return {"previousResourceNames": names} if names else {}

    def _now_called(self, name) -> str:
        while name in self.renamed:
            name = self.renamed[name]
        return name

    def _create(self, body) -> PersonReply:
        if problem := self._invalid(body):
            return PersonReply(Outcome.REFUSED, reason=problem, message=problem)
        return PersonReply(Outcome.DONE, self._store(self._name(), copy.deepcopy(body)))

    def _update(self, body, sections) -> PersonReply:
        name = body["resourceName"]
        if name not in self.people:
            return PersonReply(Outcome.GONE, reason="NOT_FOUND")
        person = self.people[name]
        (source,) = body["metadata"]["sources"]
        if source["etag"] != person["metadata"]["sources"][0]["etag"]:
            return PersonReply(Outcome.STALE, reason="failedPrecondition")
        if problem := self._invalid({k: body[k] for k in sections}):
            return PersonReply(Outcome.REFUSED, reason=problem, message=problem)
        after = {**person, **{k: copy.deepcopy(body[k]) for k in sections}}
        return PersonReply(Outcome.DONE, self._store(name, after))

    def _delete(self, name) -> PersonReply:
        if name in self.people:
            self._remove(name)
        return PersonReply(Outcome.DONE)

    def _photo(self, item) -> PersonReply:
        name, data = item
        if name not in self.people:
            return PersonReply(Outcome.GONE, reason="NOT_FOUND")
        if data:
            self.photos[name] = data
        else:
            self.photos.pop(name, None)
        self._store(name, self.people[name])
        return PersonReply(Outcome.DONE, self._with_photo(name))

    def _invalid(self, body) -> str:
        for section, entries in body.items():
            if section in _SINGLE and len(entries) > 1:
                return "Cannot have more than one"
            for entry in entries if isinstance(entries, list) else ():
                assert not {"metadata", "formattedType"} & set(entry), entry
                if section != "biographies" and any(
                    isinstance(x, str) and len(x) > 1024 for x in entry.values()
                ):
                    return "too long"
                if entry.get("value") == "bad@":
                    return "bad mail"
        if body.get("memberships", [1]) == []:
            return "no memberships"
        for entry in body.get("memberships", ()):
            group = entry["contactGroupMembership"]["contactGroupResourceName"]
            if group != _MINE and group not in self.groups:
                return "no such group"
        return ""

    def _store(self, name: str, person: dict) -> dict:
        person = {k: v for k, v in person.items() if v != []}
        etag = f"e{len(self.log)}"
        source = {"type": "CONTACT", "id": name[8:], "etag": etag}
        source["updateTime"] = self.now().isoformat().replace("+00:00", "Z")
        person.update(resourceName=name, etag=f"%{etag}")
        person["metadata"] = {"sources": [source]}
        person.setdefault(
            "memberships",
            [{"contactGroupMembership": {"contactGroupResourceName": _MINE}}],
        )
        self.people[name] = person
        shown = copy.deepcopy(person)
        shown["metadata"].update(self._previous(name))
        self.log.append((self.now(), name, shown))
        return copy.deepcopy(person)

    def _remove(self, name: str) -> None:
        del self.people[name]
        stub = {"resourceName": name, "metadata": {"deleted": True}}
        stub["metadata"].update(self._previous(name))
        self.log.append((self.now(), name, stub))
