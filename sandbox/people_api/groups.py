"""Contact groups, which people know as labels."""

from ..errors import ApiError
from . import masks
from .book import (
    OPEN_SYSTEM,
    PREFIX,
    SYSTEM_GROUPS,
    Record,
    changed_since,
    groups_of,
    memberships,
)
from .errors import aborted, as_status, bad, exists, not_found
from .paging import Pages
from .view import source_etag

DEFAULT, MAXIMUM = 30, 1000
BATCH_GET, MODIFY = 200, 1000
DEFAULT_FIELDS = ("metadata", "groupType", "memberCount", "name")
WRITABLE = ("clientData", "name")


class Groups:
    """The labels of one account, as one request sees them."""

    def __init__(self, world, account, desk):
        self.world = world
        self.account = account
        self.book = account.book
        self.desk = desk

    # -- reading

    def listed(self, params):
        fields = _fields(params.get("groupFields"), "groupFields")
        pages = Pages(self.world, self.account, "groups", params)

        def find():
            if pages.since is not None:
                records = changed_since(self.book.groups, pages.since)
            else:
                records = self.book.groups.values()
            pairs = [(record, record.at(pages.rev)) for record in records]
            if pages.since is not None:
                return [p for p in pairs if p[1] and p[1].rev > pages.since]
            return [p for p in pairs if p[1] and not p[1].deleted]

        pairs, tokens, total = pages.page(find, DEFAULT, MAXIMUM)
        shown = [self.json(r, fields, state=state, rev=pages.rev) for r, state in pairs]
        return {
            **({"contactGroups": shown} if shown else {}),
            **({"totalItems": total} if total else {}),
            **tokens,
        }

    def get(self, name, params):
        fields = _fields(params.get("groupFields"), "groupFields")
        return self.json(self._record(name), fields, params.get("maxMembers", 0))

    def batch_get(self, params):
        names = params.get("resourceNames", [])
        if not 1 <= len(names) <= BATCH_GET:
            raise bad(f"resourceNames holds 1 to {BATCH_GET} entries.", "resourceNames")
        responses = []
        for name in names:
            answer = {"requestedResourceName": name}
            try:
                answer.update(contactGroup=self.get(name, params), status={})
            except ApiError as error:
                if error.status != 404:
                    raise
                answer["status"] = as_status(error)
            responses.append(answer)
        return {"responses": responses}

    def json(self, record, fields, max_members=0, state=None, rev=None):
        """A group as answers show it; ``rev`` as lists see its members."""
        state = state or record.now
        system = record.source_id in SYSTEM_GROUPS
        name = state.fields["name"]
        french = self.account.locale.startswith("fr")
        label = SYSTEM_GROUPS[record.source_id][french] if system else name
        members = [] if state.deleted else self.book.members(state.name, rev)
        metadata = {"updateTime": state.updated} if state.updated else {}
        if state.deleted:
            metadata["deleted"] = True
        kind = "SYSTEM_CONTACT_GROUP" if system else "USER_CONTACT_GROUP"
        found = {
            "metadata": metadata,
            "groupType": kind,
            "name": name,
            "memberCount": len(members),
        }
        shown = {"resourceName": state.name, "etag": source_etag(state)}
        shown.update({key: found[key] for key in found if key in fields and found[key]})
        if not state.deleted:
            shown["formattedName"] = label
        if max_members and members:
            shown["memberResourceNames"] = members[:max_members]
        return shown

    # -- writing

    def create(self, body):
        fields = _fields(body.get("readGroupFields"), "readGroupFields")
        return self.json(self.add((body.get("contactGroup") or {}).get("name")), fields)

    def add(self, name):
        """A new label's record; 409 when the name is taken."""
        name = self._free_name(name)
        number = f"{self.world.random.randrange(16**14, 16**15):x}"
        record = Record(number, [])
        self.book.write(
            self.world,
            self.book.groups,
            record,
            name=f"{PREFIX}{number}",
            fields={"name": name},
        )
        return record

    def update(self, path, body):
        fields = _fields(body.get("readGroupFields"), "readGroupFields")
        group = body.get("contactGroup") or {}
        record = self._own(path)
        mask = masks.parse(body.get("updateGroupFields"), WRITABLE, "updateGroupFields")
        if group.get("etag") and group["etag"] != source_etag(record.now):
            raise aborted("The contact group has changed since its etag was read.")
        if not mask or "name" in mask:
            name = self._free_name(group.get("name"), record)
            self.book.write(self.world, self.book.groups, record, fields={"name": name})
        return self.json(record, fields)

    def delete(self, path, params):
        """Delete a label; whoever has no other one is lost with it."""
        record = self._own(path)
        for name in self.book.members(path):
            contact = self.book.find(name)
            left = [g for g in groups_of(contact.now.fields) if g != path]
            if params.get("deleteContacts") or not left:
                self.desk.delete(name)
            else:
                self._set_groups(contact, left)
        self.book.write(self.world, self.book.groups, record, deleted=True)
        return {}

    def modify(self, path, body):
        """Add and remove members; who cannot be is named inside the answer."""
        adding = body.get("resourceNamesToAdd") or []
        removing = body.get("resourceNamesToRemove") or []
        if not 1 <= len(adding) + len(removing) <= MODIFY:
            raise bad(f"Add and remove 1 to {MODIFY} members.", "resourceNamesToAdd")
        record = self._record(path)
        system = record.source_id in SYSTEM_GROUPS
        if adding and system and path not in OPEN_SYSTEM:
            raise bad("This group accepts no members.", "resourceNamesToAdd")
        missing = [n for n in (*adding, *removing) if not self.book.find(n)]
        for name in adding:
            self._change(name, lambda groups: dict.fromkeys([*groups, path]))
        stuck = [n for n in removing if not self._leave(n, path)]
        found = {
            "notFoundResourceNames": missing,
            "canNotRemoveLastContactGroupResourceNames": stuck,
        }
        return {key: names for key, names in found.items() if names}

    def _leave(self, name, path):
        """False when this is the contact's last group."""
        contact = self.book.find(name)
        if contact and groups_of(contact.now.fields) == [path]:
            return False
        self._change(name, lambda groups: [g for g in groups if g != path])
        return True

    def _change(self, name, change):
        contact = self.book.find(name)
        if contact is None:
            return
        before = groups_of(contact.now.fields)
        after = list(change(before))
        if after != before:
            self._set_groups(contact, after)

    def _set_groups(self, contact, groups):
        fields = {**contact.now.fields, "memberships": memberships(groups)}
        self.desk.store(contact, fields=fields)

    def _record(self, path):
        record = self.book.find_group(path)
        if record is None:
            raise not_found()
        return record

    def _own(self, path):
        record = self._record(path)
        if record.source_id in SYSTEM_GROUPS:
            raise bad("A system contact group cannot be changed.", "resourceName")
        return record

    def _free_name(self, name, own=None):
        name = (name or "").strip()
        if not name:
            raise bad("contactGroup.name is required.", "contactGroup.name")
        for record in self.book.groups.values():
            taken = {record.now.fields["name"].casefold()}
            if record.source_id in SYSTEM_GROUPS:
                taken |= {text.casefold() for text in SYSTEM_GROUPS[record.source_id]}
            if record is own or record.now.deleted:
                continue
            if name.casefold() in taken:
                raise exists("Contact group name already exists.")
        return name


def _fields(text, parameter):
    return masks.parse(text, masks.group_fields(), parameter) or DEFAULT_FIELDS
