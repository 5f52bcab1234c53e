"""The order of steps of one run on one account's contacts.

list -> settle -> what was proposed and said yes to -> adopt and create -> propose ->
update -> deletions -> photos. A run is a
generator: each `yield` is a checkpoint where everything done so far is committed, so
that a caller may stop at any of them; the next run goes on from what is stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..report import Report
from .fields import goes
from .listing import Listing
from .newcomers import Newcomers
from .photos import Photos
from .ports import LIST_SIZE, People
from .proposals import Proposals, with_label
from .push import Push
from .removal import Removal
from .run import Run
from .settings import ContactSettings
from .store import ContactLine, ContactState, ContactStore

#: What the label is called where Google keeps its name for itself.
OTHER_LABEL = "%s (Odoo)"


def sync_contacts(
    store: ContactStore,
    people: People,
    settings: ContactSettings,
    report: Report,
) -> Iterator[None]:
    """Bring one account's list and Google's contacts into step.

    report: counts as it goes. Raises the `Stop` family of `sync.ports`; what was done
    until then is stored.
    """
    cursor = store.cursor()
    proposing = bool(settings.propose or cursor.proposing)
    same_label = cursor.label == settings.label
    label_id = cursor.label_id if same_label else ""
    run = Run(store, people, settings, report, label_id=label_id)
    # First of all: who edited last is decided while Google's side is read.
    store.collect_edits()
    listing = Listing(run)
    if proposing:
        cursor = with_label(run, cursor)
        store.save_cursor(cursor)
    if settings.pull or not cursor.sync_token:
        yield from listing.read()
    if not settings.push:
        return
    if settings.full and not settings.resuming or not same_label:
        store.mark_all_dirty()
    _find_label(run)
    store.checkpoint()
    yield
    proposals = Proposals(run)
    if proposing:
        yield from proposals.carry_out()
    yield from Newcomers(run).take_in()
    if proposing:
        yield from proposals.ask()
    yield from Push(run).update()
    yield from Removal(run).remove()
    if settings.photos and goes(run.fields["photo"].direction):
        yield from Photos(run).send()
    if run.writes > LIST_SIZE:
        # Our own writes come back by the next list: more than a page of them now, so
        # that the next run is one request.
        yield from listing.read()


def _label(people: People, name: str) -> str:
    """The person's own group of this name, made where there is none; "" if taken."""
    found = people.find_label(name) or people.create_label(name)
    return found or people.find_label(name)


def _find_label(run: Run) -> None:
    """The contact group that the contacts carry: adopted, or made once it is needed."""
    store, name = run.store, run.settings.label
    cursor = store.cursor()
    needed = store.in_state(ContactState.NEW, 1) or store.dirty(1)
    if not name:
        run.label_id = ""
        if cursor.label:
            store.save_cursor(replace(cursor, label="", label_id=""))
        return
    if not needed:
        return
    run.label_id = _label(run.people, name)
    if not run.label_id:
        # One of Google's own groups is called that, in the person's language.
        run.label_id = _label(run.people, OTHER_LABEL % name)
        if run.label_id != cursor.label_id:
            title = OTHER_LABEL % name
            store.say(ContactLine("skip", "google", title=title, reason="label_taken"))
    store.save_cursor(replace(store.cursor(), label=name, label_id=run.label_id))
