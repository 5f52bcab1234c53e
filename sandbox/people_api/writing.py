"""Writing contacts. ApiError where Google refuses; a refused write changes nothing."""

from ..errors import ApiError
from . import checking, masks
from .book import Record, groups_of
from .errors import bad, batch_failure, not_found, stale
from .view import is_person_etag, source_etag

BATCH_WRITES, BATCH_DELETES = 200, 500


class Desk:
    """Where one account's contacts are written. Names may be former ones.

    Methods return the contact's record; ``create`` and ``update`` take a Person as in
    a request.
    """

    def __init__(self, world, account):
        self.world = world
        self.book = account.book

    def record(self, name):
        record = self.book.find(name)
        if record is None:
            raise not_found()
        return record

    # -- one contact

    def create(self, person):
        return self._add(self._checked_new(person))

    def update(self, name, person, mask):
        """Replace or clear the fields of ``mask``; the person's etag must be right."""
        record, fields = self._checked(name, person, mask)
        return self.store(record, fields=fields)

    def change(self, name, person):
        """The human's edit: fields in ``person`` are replaced, no etag is asked."""
        record = self.record(name)
        fields = self._merged(record, person, list(person))
        return self.store(record, fields=fields)

    def delete(self, name):
        record = self.record(name)
        return self.store(record, deleted=True, fields={}, photo="", profile=None)

    # -- many contacts: all or nothing

    def create_all(self, people):
        _check_size("contacts", people, BATCH_WRITES)
        found, failures = _collected(
            enumerate(people), lambda _index, person: self._checked_new(person)
        )
        if failures:
            raise batch_failure("BatchCreate", failures)
        self._check_room(len(found))
        return [self._add(fields) for fields in found.values()]

    def update_all(self, people, mask):
        """Records by the name that was asked for."""
        _check_size("contacts", people, BATCH_WRITES)
        found, failures = _collected(
            people.items(), lambda name, person: self._checked(name, person, mask)
        )
        if failures:
            raise batch_failure("BatchUpdate", failures)
        if len({record.source_id for record, _fields in found.values()}) < len(found):
            raise bad("A contact is given twice.", "contacts")
        return {
            name: self.store(record, fields=fields)
            for name, (record, fields) in found.items()
        }

    def delete_all(self, names):
        _check_size("resourceNames", names, BATCH_DELETES)
        if len(set(names)) < len(names):
            raise bad("A resource name is given twice.", "resourceNames")
        for record in [self.record(name) for name in names]:
            self.delete(record.now.name)

    # -- rules

    def _checked_new(self, person):
        """The fields of a new contact."""
        if person is None:
            raise bad("contactPerson is required.", "contactPerson")
        if person.get("resourceName"):
            raise bad("A new contact has no resourceName.", "resourceName")
        fields = checking.cleaned(person, masks.writable())
        fields = {name: items for name, items in fields.items() if items}
        checking.check_groups(self.book, fields)
        if not fields.keys() - {"memberships", "clientData"}:
            raise bad("The contact has no data.", "person")
        checking.check_contact(fields)
        self._check_room(1)
        return checking.with_default_group(fields)

    def _checked(self, name, person, mask):
        """The record that an update means, and its next fields."""
        person = person or {}
        if name == "people/me":
            raise bad("A profile cannot be changed.", "resourceName")
        record = self.record(name)
        said = person.get("resourceName")
        if said and self.book.find(said) is not record:
            raise bad("person.resourceName names another person.", "resourceName")
        _check_etag(record, person)
        return record, self._merged(record, person, mask)

    def _merged(self, record, person, mask):
        before = record.now.fields
        sent = checking.cleaned(person, [n for n in mask if n in masks.writable()])
        if "memberships" in sent and not sent["memberships"]:
            raise bad(
                "A contact must have at least one contact group membership.",
                "memberships",
            )
        checking.check_groups(self.book, sent, groups_of(before))
        after = {name: i for name, i in {**before, **sent}.items() if i}
        checking.check_contact(after)
        return after

    def _check_room(self, count):
        if self.book.live + count > self.world.people.contacts:
            raise ApiError(
                400,
                "failedPrecondition",
                f"The account has no room for more than {self.world.people.contacts} "
                "contacts.",
            )

    # -- storing

    def _add(self, fields):
        number = self.world.random.randrange(10**17, 10**18)
        record = Record(f"{number:x}", [])
        self.book.write(
            self.world,
            self.book.contacts,
            record,
            name=f"people/c{number}",
            fields=fields,
        )
        return record

    def store(self, record, **changes):
        """Give the record its next state; the photo it had before is gone."""
        if "photo" in changes and record.now.photo != changes["photo"]:
            self.book.photos.pop(record.now.photo, None)
        self.book.write(self.world, self.book.contacts, record, **changes)
        return record


def _collected(pairs, check):
    """Checked values and ApiErrors, both by key."""
    found, failures = {}, {}
    for key, value in pairs:
        try:
            found[key] = check(key, value)
        except ApiError as error:
            failures[key] = error
    return found, failures


def _check_size(name, values, limit):
    if not values:
        raise bad(f"{name} is required.", name)
    if len(values) > limit:
        raise bad(f"{name} holds at most {limit} entries.", name)


def _check_etag(record, person):
    """The etag of the CONTACT source, or the person's own, must be the current one."""
    sources = (person.get("metadata") or {}).get("sources") or []
    own = [source for source in sources if source.get("type") == "CONTACT"]
    if sources and not own:
        raise bad("Request must have a contact source.", "metadata.sources")
    given = [source["etag"] for source in own if source.get("etag")]
    if not given and not person.get("etag"):
        raise bad(
            "Request must set person.etag or person.metadata.sources.etag for the "
            "source that is being updated.",
            "person.etag",
        )
    if given and given != [source_etag(record.now)]:
        raise stale("person.metadata.sources.etag")
    if person.get("etag") and not is_person_etag(person["etag"], record.now):
        raise stale("person.etag")
