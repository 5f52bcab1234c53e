"""One linked contact: what each side lacks, by the base both agreed on.

Pure. What can come from Google is merged three ways (`incoming`); everything else goes
there, around what the person keeps there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from ..directions import Winner
from .fields import CONTACT_FIELDS, ContactField, comes, goes
from .incoming import Incoming, incoming, remembered
from .owned import Rewritten, rewrite
from .person import Entry, Person
from .rebase import is_current
from .sections import (
    MY_CONTACTS,
    Section,
    biography,
    groups,
    held_alike,
    region_of,
    sections,
)
from .sections import fit as fit_values
from .sections import shape as shape_of
from .store import ContactLink, OdooContact
from .unreadable import as_read, with_unread
from .values import ContactBase, ContactValues
from .ways import Fields, going, is_chosen, odoos, only, set_apart


@dataclass(frozen=True)
class Reconciled:
    """What is left to do for one contact.

    wanted: the values that Google shall hold. body: sections to write, whole. put_back:
    fields that only Google had changed. to_odoo: values to write in Odoo. base: what to
    remember once `to_odoo` was written and Google was not. contested: Google's values
    that wait there. google: its values of the fields that can come from it. conflicts:
    the fields both had changed, with the side that keeps them ("" when a person
    decides). unwritable: some of Google's values cannot reach Odoo.
    """

    wanted: ContactValues
    body: Mapping[str, list[Entry]] = field(default_factory=dict)
    put_back: tuple[str, ...] = ()
    to_odoo: Mapping[str, Any] = field(default_factory=dict)
    base: ContactBase | None = None
    contested: Mapping[str, Any] = field(default_factory=dict)
    google: Mapping[str, Any] = field(default_factory=dict)
    conflicts: Mapping[str, str] = field(default_factory=dict)
    unwritable: bool = False
    cut: tuple[str, ...] = ()


@dataclass(frozen=True)
class Context:
    """What reconciling depends on besides the contact."""

    region: str
    marker_key: str
    label: str = ""
    fields: Fields = field(default_factory=lambda: CONTACT_FIELDS)


def reconcile(
    link: ContactLink, odoo: OdooContact, person: Person, winner: Winner, ctx: Context
) -> Reconciled:
    """Compare Odoo's contact, Google's and the base; None as base is an adoption."""
    asked, cut = fit_values(as_read(odoo.values, link.base))
    link = _seen_today(link, person, ctx)
    found = incoming(
        link, odoo, asked, person, winner, cut, ctx.fields, region_of(asked, ctx.region)
    )
    wanted = asked.with_({x.name: x.google for x in found if not x.to_google})
    sent = _sent(link, asked, found, ctx.fields)
    body, put_back = _body(link, person, wanted, sent, ctx)
    if any(x.to_google for x in found if x.name == "comment"):
        body["biographies"] = biography(wanted.comment)
    return Reconciled(
        wanted,
        body,
        tuple(x for x in put_back if wanted.get(x)),
        {x.name: x.google for x in found if x.to_odoo},
        with_unread(
            _base(link.base, person, asked, wanted, sent, ctx, body, found), odoo.values
        ),
        {x.name: x.google for x in found if x.contested},
        {x.name: x.google for x in found},
        {x.name: x.conflict for x in found if x.conflict is not None},
        any(x.unwritable for x in found),
        cut,
    )


def _sent(
    link: ContactLink, asked: ContactValues, found: list[Incoming], fields: Fields
) -> set[str]:
    """The fields that Google holds as Odoo has them, or shall."""
    merged = {x.name for x in found}
    theirs = {x.name for x in found if x.to_google or not (x.contested or x.apart)}
    return going(link.base, asked, fields) - merged | {
        name for name in theirs if goes(fields[name].direction)
    }


def _body(
    link: ContactLink,
    person: Person,
    wanted: ContactValues,
    sent: set[str],
    ctx: Context,
) -> tuple[dict[str, list[Entry]], list[str]]:
    """The sections to write, whole, and the fields that are put back by that."""
    region = region_of(wanted, ctx.region)
    body: dict[str, list[Entry]] = {}
    put_back: list[str] = []
    for section in sections(ctx.fields):
        current = tuple(body.get(section.name, person.section(section.name)))
        found = _section(section, current, link.base, wanted, sent, region)
        if found.changed:
            body[section.name] = list(found.entries)
            names = [name for name in section.fields if name in sent]
            put_back += names if found.put_back else ()
    _memberships(body, link.base, person, ctx)
    return body, put_back


def _base(
    base: ContactBase | None,
    person: Person,
    asked: ContactValues,
    wanted: ContactValues,
    sent: set[str],
    ctx: Context,
    body: Mapping[str, Any],
    found: list[Incoming],
) -> ContactBase:
    """What to remember as long as nothing of `body` was written in Google."""
    agreed = dict(base.values.as_dict()) if base else {}
    for section in sections(ctx.fields):
        if section.name not in body:
            said = {n: wanted.get(n) for n in section.fields if n in sent}
            agreed.update({n: value for n, value in said.items() if value is not None})
    agreed.update({x.name: x.base for x in found})
    agreed["photo"] = base.values.photo if base else ""
    agreed["unread"] = base.values.unread if base else {}
    apart = set_apart(base, asked, ctx.fields)
    for x in found:
        apart.pop(x.name, None)
    known = base.values if base else ContactValues()
    region = region_of(asked, ctx.region)
    alike = held_alike(apart, asked, known, person, region, ctx.fields)
    agreed.update({name: apart.pop(name) for name in alike})
    values = remembered(ContactValues().with_(agreed), ctx.fields)
    waiting = {x.name: x.google for x in found if x.contested}
    looked = agreed_base(values, person, ctx, body, base, waiting)
    apart |= {x.name: asked.get(x.name) or "" for x in found if x.apart}
    looked = replace(looked, apart=MappingProxyType(apart))
    if base is None:
        return replace(looked, label="")
    # What was not written is looked at with the same eyes the next time.
    keep = set(body)
    return replace(
        looked,
        others=_mixed(looked.others, base.others, keep),
        shape=_mixed(looked.shape, base.shape, keep),
        label=base.label,
        photo_url=base.photo_url,
    )


def _seen_today(link: ContactLink, person: Person, ctx: Context) -> ContactLink:
    """A base of another version takes Google's entries as they stand for agreed on.

    Those of registered fields are recognised by what their addons say, as before.
    """
    base = link.base
    if base is None or is_current(base):
        return link
    today = replace(agreed_base(base.values, person, ctx), apart=base.apart)
    registered = {field.section for field in CONTACT_FIELDS.values() if field.entry}
    others = _mixed(today.others, base.others, registered)
    today = replace(today, others=others, label=base.label)
    return replace(link, base=replace(today, photo_url=base.photo_url))


def agreed_base(
    values: ContactValues,
    person: Person,
    ctx: Context,
    unwritten: Mapping[str, Any] = MappingProxyType({}),
    before: ContactBase | None = None,
    waiting: Mapping[str, Any] = MappingProxyType({}),
) -> ContactBase:
    """What to remember when Google holds `values` and `person` shows how.

    before: the base until now: what the person put there first stays theirs, although
    Odoo has it too for a while. waiting: Google's values that are contested; their
    entries are not the person's own.
    """
    region = region_of(values, ctx.region)
    contested = only(values.with_(waiting), waiting)
    others: dict[str, tuple[str, ...]] = {}
    shape: dict[str, str] = {}
    for section in sections(ctx.fields):
        if section.name in unwritten:
            continue
        current = person.section(section.name)
        own = (*section.own(values, region), *section.own(contested, region))
        ours = {section.key(x, region) for x in own}
        theirs = before.others.get(section.name, ()) if before else ()
        keys = (section.key(x, region) for x in current)
        others[section.name] = tuple(k for k in keys if k not in ours or k in theirs)
        shape[section.name] = shape_of(current)
    return ContactBase(
        values,
        MappingProxyType({k: v for k, v in others.items() if v}),
        MappingProxyType({k: v for k, v in shape.items() if v}),
        ctx.label,
    )


def in_step(
    wanted: ContactValues, base: ContactBase, fields: Fields = CONTACT_FIELDS
) -> bool:
    """Odoo has nothing to tell Google nor to take back, the photo apart."""
    return all(
        _same(field, wanted.get(name) or "", odoos(base, name))
        for name, field in fields.items()
        if name != "photo"
    )


def _same(field: ContactField, mine: Any, base: Any) -> bool:
    if goes(field.direction):
        agreed = base is not None or not comes(field.direction) and not is_chosen(field)
        return agreed and bool(mine == (base or ""))
    # What Google alone says is put back, as soon as it ever said something.
    return not comes(field.direction) or not base or bool(mine == base)


def changed_fields(
    before: ContactValues | None,
    after: ContactValues,
    fields: Fields = CONTACT_FIELDS,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Values before and after, of the fields that differ, for the journal."""
    names = [n for n, x in fields.items() if n != "photo" and goes(x.direction)]
    old = before or ContactValues()
    names = [n for n in names if (old.get(n) or "") != (after.get(n) or "")]
    return {n: old.get(n) for n in names}, {n: after.get(n) for n in names}


# -- sections ------------------------------------------------------------------


def _section(
    section: Section,
    current: tuple[Entry, ...],
    base: ContactBase | None,
    wanted: ContactValues,
    sent: set[str],
    region: str,
) -> Rewritten:
    before = section.own(only(base.values, sent), region) if base else []
    own = section.own(only(wanted, sent), region)
    shape = base.shape.get(section.name, "") if base else None
    if before == own and shape == shape_of(current):
        return Rewritten(current)
    return rewrite(
        current,
        before,
        own,
        _kept(section, base, before, region) if base else (),
        lambda entry: section.key(entry, region),
        single=section.single,
    )


def _kept(
    section: Section, base: ContactBase, before: Sequence[Entry], region: str
) -> tuple[str, ...]:
    """Keys of the person's entries, and of ours that are not to be touched today."""
    ours = {section.key(x, region) for x in before}
    silent = (section.key(x, region) for x in section.own(base.values, region))
    others = base.others.get(section.name, ())
    return (*others, *(key for key in silent if key not in ours))


def _memberships(
    body: dict[str, list[Entry]],
    base: ContactBase | None,
    person: Person,
    ctx: Context,
) -> None:
    """Our label on, the one that we gave before off, at least one group left."""
    current = list(person.section("memberships"))
    old = base.label if base else ""
    kept = [x for x in current if x not in groups(old if old != ctx.label else "")]
    wanted = kept + [x for x in groups(ctx.label) if x not in kept]
    if wanted != current:
        body["memberships"] = wanted or groups(MY_CONTACTS)


def _mixed(
    new: Mapping[str, Any], old: Mapping[str, Any], keep: set[str]
) -> Mapping[str, Any]:
    """`new`, but `old` for what is kept."""
    kept = {k: v for k, v in old.items() if k in keep}
    rest = {k: v for k, v in new.items() if k not in keep}
    return MappingProxyType({**rest, **kept})
