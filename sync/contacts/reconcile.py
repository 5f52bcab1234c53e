"""One linked contact: what each side lacks, by the base both agreed on.

Pure. The comment is merged three ways; everything else goes to Google, around what the
person keeps there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from ..merge import Winner
from .fields import CONTACT_FIELDS, goes_to_google
from .owned import Rewritten, rewrite
from .person import Entry, Person
from .sections import MY_CONTACTS, Section, biography, groups, region_of, sections
from .sections import fit as fit_values
from .sections import shape as shape_of
from .store import ContactLink, OdooContact
from .values import ContactBase, ContactValues

#: Why a comment stays in Google: this user may not write the contact in Odoo.
NOT_WRITABLE = "not_writable"


@dataclass(frozen=True)
class Reconciled:
    """What is left to do for one contact.

    wanted: Odoo's values as Google can hold them. body: sections to write, whole.
    put_back: fields that only Google had changed. to_odoo: values to write in Odoo.
    base: what to remember once `to_odoo` was written and Google was not. contested:
    Google's values that a person decides; conflict: the fields both had changed, with
    the side that keeps them ("" when a person decides). unwritable: Google's comment
    cannot reach Odoo.
    """

    wanted: ContactValues
    body: Mapping[str, list[Entry]] = field(default_factory=dict)
    put_back: tuple[str, ...] = ()
    to_odoo: Mapping[str, Any] = field(default_factory=dict)
    base: ContactBase | None = None
    contested: Mapping[str, Any] = field(default_factory=dict)
    conflict: str | None = None
    unwritable: bool = False
    cut: tuple[str, ...] = ()


@dataclass(frozen=True)
class Context:
    """What reconciling depends on besides the contact."""

    region: str
    marker_key: str
    label: str = ""


def reconcile(
    link: ContactLink, odoo: OdooContact, person: Person, winner: Winner, ctx: Context
) -> Reconciled:
    """Compare Odoo's contact, Google's and the base; None as base is an adoption."""
    wanted, cut = fit_values(odoo.values)
    base = link.base
    region = region_of(wanted, ctx.region)
    body: dict[str, list[Entry]] = {}
    put_back: list[str] = []
    agreed = dict(base.values.as_dict()) if base else {}
    for section in sections():
        current = tuple(body.get(section.name, person.section(section.name)))
        found = _section(section, current, base, wanted, region)
        if found.changed:
            body[section.name] = list(found.entries)
            put_back += section.fields if found.put_back else ()
        else:
            said = {name: wanted.get(name) for name in section.fields}
            agreed.update({n: value for n, value in said.items() if value is not None})
    _memberships(body, base, person, ctx)
    comment = _comment(link, odoo, wanted, person, winner, cut_short="comment" in cut)
    if comment.to_google is not None:
        body["biographies"] = biography(comment.to_google)
    agreed["comment"] = comment.base
    agreed["photo"] = base.values.photo if base else ""
    values = ContactValues().with_(agreed)
    looked = agreed_base(values, person, ctx, body)
    if base is not None:
        # What was not written is looked at with the same eyes the next time.
        keep = set(body)
        looked = replace(
            looked,
            others=_mixed(looked.others, base.others, keep),
            shape=_mixed(looked.shape, base.shape, keep),
        )
    looked = replace(looked, label=base.label if base else "")
    return Reconciled(
        wanted,
        body,
        tuple(x for x in put_back if wanted.get(x)),
        comment.to_odoo,
        looked,
        comment.contested,
        comment.conflict,
        comment.unwritable,
        cut,
    )


def agreed_base(
    values: ContactValues,
    person: Person,
    ctx: Context,
    unwritten: Mapping[str, Any] = MappingProxyType({}),
) -> ContactBase:
    """What to remember when Google holds `values` and `person` shows how."""
    region = region_of(values, ctx.region)
    others: dict[str, tuple[str, ...]] = {}
    shape: dict[str, str] = {}
    for section in sections():
        if section.name in unwritten:
            continue
        current = person.section(section.name)
        ours = {section.key(x, region) for x in section.own(values, region)}
        keys = (section.key(x, region) for x in current)
        others[section.name] = tuple(k for k in keys if k not in ours)
        shape[section.name] = shape_of(current)
    return ContactBase(
        values,
        MappingProxyType({k: v for k, v in others.items() if v}),
        MappingProxyType({k: v for k, v in shape.items() if v}),
        ctx.label,
    )


def same_in_google(wanted: ContactValues, base: ContactBase) -> bool:
    """Odoo has nothing to tell Google, the photo apart."""
    names = [n for n in CONTACT_FIELDS if n != "photo" and goes_to_google(n)]
    return all((wanted.get(n) or "") == (base.values.get(n) or "") for n in names)


def changed_fields(
    before: ContactValues | None, after: ContactValues
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Values before and after, of the fields that differ, for the journal."""
    names = [n for n in CONTACT_FIELDS if n != "photo" and goes_to_google(n)]
    old = before or ContactValues()
    names = [n for n in names if (old.get(n) or "") != (after.get(n) or "")]
    return {n: old.get(n) for n in names}, {n: after.get(n) for n in names}


# -- sections ------------------------------------------------------------------


def _section(
    section: Section,
    current: tuple[Entry, ...],
    base: ContactBase | None,
    wanted: ContactValues,
    region: str,
) -> Rewritten:
    before = section.own(base.values, region) if base else []
    own = section.own(wanted, region)
    shape = base.shape.get(section.name, "") if base else None
    if before == own and shape == shape_of(current):
        return Rewritten(current)
    return rewrite(
        current,
        before,
        own,
        base.others.get(section.name, ()) if base else (),
        lambda entry: section.key(entry, region),
        single=section.single,
    )


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


# -- the comment ---------------------------------------------------------------


@dataclass(frozen=True)
class _Comment:
    base: str
    to_odoo: Mapping[str, Any] = field(default_factory=dict)
    to_google: str | None = None
    contested: Mapping[str, Any] = field(default_factory=dict)
    conflict: str | None = None
    unwritable: bool = False


def _comment(
    link: ContactLink,
    odoo: OdooContact,
    wanted: ContactValues,
    person: Person,
    winner: Winner,
    *,
    cut_short: bool,
) -> _Comment:
    base = link.base.values.comment if link.base else ""
    mine, theirs = wanted.comment, person.comment
    if mine == theirs or not goes_to_google("comment"):
        return _Comment(theirs)
    if cut_short:
        # Google cannot hold all of it: what it has must never come back shorter.
        return _Comment(base, to_google=mine)
    asked = "comment" in link.contested and link.problem != NOT_WRITABLE
    if link.base is None and not theirs or theirs == base and link.base and not asked:
        return _Comment(base, to_google=mine)
    if link.base is None or asked:
        # A private note is shown to its owner before colleagues can read it.
        return _Comment(base, contested={"comment": theirs}, conflict="")
    if mine == base:
        return _to_odoo(odoo, base, theirs, conflict=None)
    if winner is Winner.ASK:
        return _Comment(base, contested={"comment": theirs}, conflict="")
    if winner is Winner.ODOO:
        return _Comment(base, to_google=mine, conflict="odoo")
    return _to_odoo(odoo, base, theirs, conflict="google")


def _to_odoo(
    odoo: OdooContact, base: str, theirs: str, *, conflict: str | None
) -> _Comment:
    if odoo.writable:
        return _Comment(theirs, {"comment": theirs}, conflict=conflict)
    return _Comment(base, contested={"comment": theirs}, unwritable=True)
