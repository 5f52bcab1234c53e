"""What a person does on Google's contacts page: no token, no quota, no etags."""

from copy import deepcopy

from ..discovery import document
from . import masks, photos
from .checking import SINGLETONS
from .errors import bad
from .groups import Groups
from .view import Viewer
from .writing import Desk


class Contacts:
    """One account's address book at the screen.

    Bodies and answers are a Person of the API (every field, contact source and
    profile); ApiError where Google would refuse. Lists know what was done here with
    the same lag as anything else.
    """

    def __init__(self, world, account):
        self.world = world
        self.account = account
        self.desk = Desk(world, account)
        self.groups = Groups(world, account, self.desk)

    def list(self):
        """All living contacts, whatever lists know yet, oldest change first."""
        with self.world.lock:
            return [self._shown(record) for record in self.account.book.everybody()]

    def get(self, name):
        with self.world.lock:
            return self._shown(self.desk.record(name))

    def insert(self, body):
        document(masks.NAME).check_schema("Person", body)
        with self.world.lock:
            return self._shown(self.desk.create(deepcopy(body)))

    def edit(self, name, body):
        """Replace the fields that ``body`` has; an empty list clears one."""
        document(masks.NAME).check_schema("Person", body)
        with self.world.lock:
            return self._shown(self.desk.change(name, deepcopy(body)))

    def delete(self, name):
        with self.world.lock:
            self.desk.delete(name)

    def photo(self, name, data):
        """Set a photo (bytes of a JPEG or PNG), or take it away (None)."""
        with self.world.lock:
            if data is None:
                return self._shown(photos.remove(self.desk, name))
            return self._shown(photos.put(self.desk, name, data))

    def label(self, name, label):
        """Put a contact under a label, made when it does not exist; its path."""
        with self.world.lock:
            path = self._path(label) or self.groups.add(label).now.name
            self.groups.modify(path, {"resourceNamesToAdd": [name]})
            return path

    def unlabel(self, name, label):
        """Take a label off; ApiError 400 when it is the contact's last group."""
        with self.world.lock:
            path = self._path(label) or label
            answer = self.groups.modify(path, {"resourceNamesToRemove": [name]})
            if "canNotRemoveLastContactGroupResourceNames" in answer:
                raise bad("A contact keeps at least one group.", "memberships")

    def labels(self):
        """Every group, system groups included, as contactGroups.list shows them."""
        with self.world.lock:
            book = self.account.book
            records = [r for r in book.groups.values() if not r.now.deleted]
            fields = masks.group_fields()
            return [self.groups.json(record, fields) for record in records]

    def rename(self, name, *, follow=True):
        """The resource name changes, as when a profile gets linked; the new name.

        Incremental lists tell it by ``previousResourceNames``. The old name still
        finds the contact (``requestedResourceName``) unless ``follow`` is false.
        """
        with self.world.lock:
            record = self.desk.record(name)
            old = record.now.name
            new = f"people/c{self.world.random.randrange(10**17, 10**18)}"
            self.desk.store(record, name=new, previous=(*record.now.previous, old))
            if follow:
                self._follow(old, new)
            return new

    def merge(self, keep, *others, renames=False):
        """Merge ``others`` into ``keep``: items are joined, the others are deleted.

        With ``renames`` the survivor also tells the others' names as its former ones,
        and they find it.
        """
        with self.world.lock:
            survivor = self.desk.record(keep)
            lost = [self.desk.record(name) for name in others]
            fields = dict(survivor.now.fields)
            for record in lost:
                fields = _joined(fields, record.now.fields)
            former = tuple(record.now.name for record in lost)
            for record in lost:
                self.desk.delete(record.now.name)
            previous = survivor.now.previous + (former if renames else ())
            self.desk.store(survivor, fields=fields, previous=previous)
            for name in former if renames else ():
                self._follow(name, survivor.now.name)
            return self._shown(survivor)

    def link_profile(self, name, fields, profile_id="104520000000000000001"):
        """Google merges a profile into the contact: ``fields`` as in a Person."""
        with self.world.lock:
            profile = {"id": profile_id, "fields": deepcopy(fields)}
            return self._shown(self.desk.store(self.desk.record(name), profile=profile))

    def _follow(self, old, new):
        aliases = self.account.book.aliases
        aliases.update({key: new for key, value in aliases.items() if value == old})
        aliases[old] = new

    def _path(self, label):
        for record in self.account.book.groups.values():
            if not record.now.deleted and record.now.fields["name"] == label:
                return record.now.name
        return None

    def _shown(self, record):
        return deepcopy(Viewer(self.world, self.account).person(record))


def _joined(fields, more):
    """The items of both, without repetitions; singletons keep the survivor's."""
    joined = dict(fields)
    for name, items in more.items():
        own = fields.get(name, [])
        if not (own and name in SINGLETONS):
            plain = [{k: i[k] for k in i if k != "sourcePrimary"} for i in items]
            joined[name] = [*own, *(item for item in plain if item not in own)]
    return joined
