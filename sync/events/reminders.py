"""Popup reminders: Odoo holds any number of any delay, Google five within four weeks.

What Google cannot take stays in Odoo, is no difference between the two, and is said
once. Mail reminders are each side's own; Google's take up some of its five places.
"""

from __future__ import annotations

from dataclasses import replace

from .lines import about
from .links import Link, OdooEvent
from .merge import Merged
from .steps import Line
from .values import EventValues, fit_reminders

#: In `Link.told`: the reminders of which was said that they stay in Odoo.
KEPT = "reminders_kept"


def as_google_holds(
    odoo: EventValues, google: EventValues, base: EventValues | None
) -> EventValues:
    """Odoo's values with the reminders that count beside Google's.

    Where Odoo has what gave the base, nothing was edited, whatever room there is now.
    """
    fitting = fit_reminders(odoo.reminders, google.mail_reminders)
    if base is not None:
        agreed = fit_reminders(odoo.reminders, base.mail_reminders)
        fitting = agreed if agreed == base.reminders else fitting
    return odoo if fitting == odoo.reminders else replace(odoo, reminders=fitting)


def with_kept(merged: Merged, odoo: EventValues, seen: EventValues) -> Merged:
    """What Google cannot hold stays when Odoo takes Google's reminders.

    seen: Odoo's values as `as_google_holds` gave them.
    """
    kept = set(odoo.reminders) - set(seen.reminders)
    if not kept or "reminders" not in merged.to_odoo:
        return merged
    both = tuple(sorted(kept | set(merged.to_odoo["reminders"])))
    return replace(merged, to_odoo={**merged.to_odoo, "reminders": both})


def said_kept(link: Link, odoo: OdooEvent | None) -> tuple[Link, tuple[Line, ...]]:
    """The link once it is said which reminders stay in Odoo, and the line that says it.

    link: both sides agree.
    """
    if odoo is None or link.base is None:
        return link, ()
    # Somebody else's reminders do not travel: nothing of them is kept back.
    all_of_them = odoo.values.reminders if odoo.organizer else ()
    kept = set(all_of_them) - set(link.base.reminders)
    before = set(link.told.get(KEPT, ()))
    if kept == before:
        return link, ()
    link = replace(link, told={**link.told, KEPT: sorted(kept)})
    if kept <= before:
        return link, ()
    line = about(
        "skip",
        "google",
        odoo.event_id,
        link.google_id,
        odoo.values,
        after={"reminders": tuple(sorted(kept))},
        reason=KEPT,
    )
    return link, (line,)
