"""The part of a reset that deletes in Google what this addon made there.

Google's own list says what that is: an event or a contact with our marker, believed in
full. What people made is never touched, nor what was edited while we looked. The
journal holds a copy before Google is asked to delete.
"""

from functools import partial

from odoo import fields, models

from ...google_api.quota import PacedGoogle
from ...sync.contacts.archive import person_to_vcard
from ...sync.contacts.person import parse_person
from ...sync.contacts.ports import DELETE_SIZE, WORTH_A_BATCH, Outcome
from ...sync.events.archive import to_ical
from ...sync.events.google_event import CalendarContext, parse_event
from ...sync.ports import (
    BATCH_SIZE,
    Delete,
    PageTokenExpired,
    RetryLater,
    Stop,
    SyncTokenExpired,
    Verdict,
)
from ..connection.client import BUTTON_TIMEOUT
from ..tools.options import server_number
from ..tools.sentences import in_language


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _purge(self, run, checkpoint, paced):
        """Delete what is ours, page by page; False when the time is up.

        Only patience is asked for by a raised Stop; any other refusal is noted, and
        the reset goes on without.
        """
        while calendar_ids := self.reset_todo["purge"]:
            calendar = self.env["google.sync.calendar"].browse(calendar_ids[:1])
            purge = partial(self._purge_calendar, calendar, run, checkpoint, paced)
            if not self._purging(run, purge):
                return False
            self._tick_off(purge=calendar_ids[1:], page="")
            checkpoint()
        if self.reset_todo["contacts"] and self.contacts_granted:
            purge = partial(self._purge_contacts, run, checkpoint, paced)
            return self._purging(run, purge)
        return True

    def _purging(self, run, work):
        try:
            return work()
        except RetryLater:
            raise
        except Stop as stop:
            self.env.cr.rollback()
            why = self._explain(stop)
            trouble = self._say(lambda me: me._not_all_deleted_message(why))
            self._tick_off(trouble=trouble.texts)
            run.message = trouble
            return True

    def _not_all_deleted_message(self, why):
        return self.env._(
            "Not everything was deleted in Google: %s", in_language(why, self.env.lang)
        )

    # -- events ----------------------------------------------------------------

    def _purge_calendar(self, calendar, run, checkpoint, paced):
        client = PacedGoogle(
            self._calendar_client(calendar, timeout=BUTTON_TIMEOUT),
            self.usage or [],
            server_number("user_quota") if paced else 0,
            self._seconds,
        )
        try:
            return self._purge_pages(client, calendar, run, checkpoint)
        finally:
            client.close()

    def _purge_pages(self, client, calendar, run, checkpoint):
        while True:
            before = client.requests
            try:
                page = client.list_events(page_token=self.reset_todo["page"])
            except (PageTokenExpired, SyncTokenExpired):
                self._tick_off(page="")
                continue
            ours = self._own_events(calendar, page.items, run)
            for start in range(0, len(ours), BATCH_SIZE):
                part = ours[start : start + BATCH_SIZE]
                self._delete_events(client, calendar, part, run, checkpoint)
            self.usage = client.usage
            run.requests += client.requests - before
            self._tick_off(page=page.next_page_token)
            in_time = checkpoint()
            if not page.next_page_token:
                return True
            if not in_time:
                return False

    def _own_events(self, calendar, items, run):
        """Events of the page that this addon made and that are alive."""
        context = CalendarContext(
            time_zone=calendar.time_zone or "UTC", marker_key=self._marker_key()
        )
        marked = [
            event
            for event in map(lambda item: _read(item, context), items)
            if event and event.marker and event.marker.google_id == event.google_id
        ]
        self._confirm_deleted(calendar, items, run)
        born = self._born("calendar.event", [e.marker.event_id for e in marked])
        ids = [event.google_id for event in marked]
        known, shared = self._known_links(calendar, ids), self._linked_by_others(ids)
        return [
            event
            for event in marked
            if event.google_id in known.keys() - shared
            and born.get(event.marker.event_id, event.marker.created)
            == event.marker.created
        ]

    def _linked_by_others(self, google_ids):
        """Of these ids, those that another account's link holds on to."""
        links = self.env["google.sync.event.link"]
        domain = [
            ("account_id", "!=", self.id),
            ("google_id", "in", google_ids),
            ("state", "not in", ("new", "deleted", "detached")),
        ]
        return set(links.search(domain).mapped("google_id"))

    def _born(self, model, ids):
        """Creation time by id, of the records that exist."""
        records = self.env[model].with_context(active_test=False)
        found = records.browse(set(ids)).exists()
        return {r.id: fields.Datetime.to_string(r.create_date) for r in found}

    def _known_links(self, calendar, google_ids):
        links = self.env["google.sync.event.link"]
        domain = [("calendar_id", "=", calendar.id), ("google_id", "in", google_ids)]
        return {link.google_id: link for link in links.search(domain)}

    def _delete_events(self, client, calendar, events, run, checkpoint):
        links = self._known_links(calendar, [e.google_id for e in events])
        lines = self._announce(
            run,
            [self._event_line(event, links.get(event.google_id)) for event in events],
        )
        checkpoint()
        replies = client.call([Delete(e.google_id, e.etag) for e in events])
        waits = None
        for event, reply in zip(events, replies, strict=True):
            line = lines[event.google_id]
            match reply.verdict:
                case Verdict.DONE | Verdict.GONE:
                    line.error = False
                    self._note_deleted(links.get(event.google_id))
                case Verdict.RETRY:
                    waits = reply
                case Verdict.STALE:
                    left = self.env._("Edited in Google just now: left there.")
                    line.write({"action": "skip", "error": left})
                case _:
                    said = f"{reply.message} ({reply.reason})"
                    line.write({"action": "error", "error": said})
        checkpoint()
        if waits:
            raise RetryLater(
                waits.message, reason=waits.reason, delay=waits.retry_after
            )

    def _event_line(self, event, link):
        values = event.values
        return {
            "res_model": "calendar.event",
            "res_id": link.event_id.id if link else event.marker.event_id,
            "name": values.title or self.env._("(No title)"),
            "google_id": event.google_id,
            "private": values.private or self._hides_by_default(),
            "archive": to_ical(values, event.google_id),
        }

    def _announce(self, run, rows):
        """Lines by Google id, with the copies, before Google is asked to delete."""
        unsure = self.env._("Google did not confirm it yet.")
        rows = [
            {
                "run_id": run.id,
                "action": "delete",
                "side": "google",
                "error": unsure,
                **row,
            }
            for row in rows
        ]
        lines = self.env["google.sync.run.line"]
        names = [row["google_id"] for row in rows]
        # A first try without an answer left lines behind.
        lines.search(self._unconfirmed(run, names)).unlink()
        return {line.google_id: line for line in lines.create(rows)}

    def _unconfirmed(self, run, google_ids):
        return [
            ("run_id", "=", run.id),
            ("action", "=", "delete"),
            ("error", "!=", False),
            ("google_id", "in", list(google_ids)),
        ]

    def _confirm_deleted(self, calendar, items, run):
        """An earlier try had no answer, and Google shows that it was done."""
        gone = [item["id"] for item in items if item.get("status") == "cancelled"]
        lines = self.env["google.sync.run.line"]
        done = lines.search(self._unconfirmed(run, gone))
        done.error = False
        for link in self._known_links(calendar, done.mapped("google_id")).values():
            self._note_deleted(link)

    @staticmethod
    def _note_deleted(link):
        """Odoo's event goes to Google again, under a new id, when a person says so."""
        if link:
            owner = link.event_id or link.recurrence_id
            link.write({"state": "deleted", "dirty": bool(owner), "problem": False})

    # -- contacts --------------------------------------------------------------

    def _purge_contacts(self, run, checkpoint, paced):
        """The address book is read whole each time: deletions shorten it."""
        client = self._paced_people(paced)
        try:
            page_token, in_time = "", True
            while in_time:
                before = client.requests
                page = client.list_people(page_token=page_token)
                ours = self._own_people(page.people)
                size = DELETE_SIZE if len(ours) >= WORTH_A_BATCH else 1
                for start in range(0, len(ours), size):
                    part = ours[start : start + size]
                    self._delete_people(client, part, run, checkpoint)
                self._keep_contact_usage(client)
                run.requests += client.requests - before
                in_time, page_token = checkpoint(), page.next_page_token
                if not page_token:
                    self._confirm_people(run)
                    return True
            return False
        finally:
            client.close()

    def _confirm_people(self, run):
        """The whole list was read: whose deletion had no answer is not in it."""
        lines = self.env["google.sync.run.line"]
        domain = [("run_id", "=", run.id), ("action", "=", "delete")]
        lines.search([*domain, ("res_model", "=", "res.partner")]).error = False

    def _own_people(self, resources):
        """Contacts with our marker whose link says that they are the same."""
        key = self._marker_key()
        people = [parse_person(resource, key) for resource in resources]
        marked = [person for person in people if person.marker]
        born = self._born("res.partner", [p.marker.contact_id for p in marked])
        # One Google account can be in two users' hands, from before.
        links = self.env["google.sync.contact.link"]
        names = [person.resource_name for person in marked]
        taken = [("account_id", "!=", self.id), ("resource_name", "in", names)]
        taken.append(("state", "not in", ("new", "off")))
        shared = set(links.search(taken).mapped("resource_name"))
        mine = [("account_id", "=", self.id), ("resource_name", "in", names)]
        known = {(x.resource_name, x.partner_id.id) for x in links.search(mine)}
        return [
            person
            for person in marked
            if born.get(person.marker.contact_id) == person.marker.created
            and (person.resource_name, person.marker.contact_id) in known
            and person.resource_name not in shared
        ]

    def _delete_people(self, client, people, run, checkpoint):
        lines = self._announce(run, [self._person_line(person) for person in people])
        checkpoint()
        replies = client.delete([person.resource_name for person in people])
        waits = None
        for person, reply in zip(people, replies, strict=True):
            line = lines[person.resource_name]
            if reply.outcome in (Outcome.DONE, Outcome.GONE):
                line.error = False
            elif reply.outcome in (Outcome.LATER, Outcome.UNKNOWN):
                waits = reply
            else:
                said = f"{reply.message} ({reply.reason})"
                line.write({"action": "error", "error": said})
        checkpoint()
        if waits:
            raise RetryLater(
                waits.message, reason=waits.reason, delay=waits.retry_after
            )

    def _person_line(self, person):
        return {
            "res_model": "res.partner",
            "res_id": person.marker.contact_id,
            "name": person.title or self.env._("(No name)"),
            "google_id": person.resource_name,
            "archive": person_to_vcard(person),
        }


def _read(item, context):
    """None for what cannot be understood, or is gone: left alone."""
    try:
        event = parse_event(item, context)
    except (KeyError, ArithmeticError, ValueError, TypeError, AttributeError):
        return None
    return None if event.gone else event
