"""Steps of the engine written in Odoo: events, links, lines of the journal."""

from dataclasses import replace
from functools import cached_property

from ....sync.events.colours import LABEL, SAME
from ....sync.events.links import Kind, LinkState
from ....sync.events.steps import CreateEvent, RemoveEvent, UpdateEvent, WriteSeries
from ...journal.words import journal_vals
from ...tools.edge import engine_rows
from ...tools.steps import StepByStep
from .privacy import in_full


class Applying(StepByStep):
    """Part of `OrmStore`: what the engine decided is carried out."""

    def _name_of(self, step):
        return f"Google event {step.link.google_id}"

    def _apply_all(self, steps):
        created = self._create_all(steps)
        saves, lines = [], []
        for number, step in enumerate(steps):
            link, event_id = step.link, step.link.event_id
            match step.write:
                case CreateEvent():
                    event_id, rows = created[number]
                    saves += rows
                    link = replace(
                        link, told={**step.write.told, **self._first_told(step.write)}
                    )
                case UpdateEvent():
                    self._update(step.write, link)
                case WriteSeries():
                    event_id, rows = self._write_series(step.write, link)
                    saves += rows
                case RemoveEvent(decline=decline):
                    self._remove(step.write, link.kind)
                    event_id = event_id if decline else 0
            saves.append((link, event_id))
            lines += [
                {
                    **journal_vals(self.run, self._hidden(self._named(line)), event_id),
                    "kind": link.kind.value,
                    "calendar_id": self.calendar.id,
                }
                for line in step.lines
            ]
        # What an undo puts back goes to Google: that is not where it came from.
        made = {
            s.link.google_id
            for s in steps
            if isinstance(s.write, CreateEvent) and s.link.state is not LinkState.NEW
        }
        self._grow_busy(self.calendar)
        self._save_links(saves, made)
        engine_rows(self.account.env, "google.sync.run.line").create(lines)
        self.lines += lines
        self.account.env.flush_all()

    def _save_links(self, saves, made=frozenset()):
        """Store (link, event id) in order; a bare id of a link gets the event only.

        made: Google ids of the events that are new in Odoo.
        """
        links = iter(
            self._with_own_id([x for x, _e in saves if not isinstance(x, int)])
        )
        saves = [(x if isinstance(x, int) else next(links), e) for x, e in saves]
        self._come_here([x for x, _event in saves if not isinstance(x, int)])
        events = self.events.browse({event_id for _link, event_id in saves} - {0})
        events = {event.id: event for event in events.exists()}
        archived = self._archived_rows([link for link, event in saves if not event])
        new, left = [], self.events.browse()
        for link, event_id in saves:
            event = events.get(event_id, self.events)
            if isinstance(link, int):
                self.link_model.browse(link).event_id = event
                continue
            vals = {**self.link_model._from_link(link), "event_id": event.id}
            if link.google_id in made:
                vals["only_google"] = True
            if link.kind is Kind.SERIES:
                vals["recurrence_id"] = event.recurrence_id.id
            elif link.kind is Kind.OCCURRENCE and not event:
                vals["event_id"] = archived.get(id(link), False)
            if link.id:
                row = self.link_model.browse(link.id)
                if link.kind is Kind.OCCURRENCE and row.event_id.id != vals["event_id"]:
                    left += row.event_id
                row.write(vals)
            else:
                new.append({**vals, "calendar_id": self.calendar.id})
        self.link_model.create(new)
        self._leave_rows(left)

    @cached_property
    def _types(self):
        """{colour: type} that events made in Google are given."""
        types = self.account.env["calendar.event.type"]
        return types._google_sync_by_colour() if self.account.types_from_colors else {}

    def _first_told(self, write):
        if "color" in self.silent:
            return {}
        color = (write.values.color or "").removeprefix(LABEL)
        return {"color": SAME + color if color in self._types else ""}

    def _organizer(self, google):
        if google.owner_self:
            return self.user
        address = google.owner_email.lower()
        partner = self._users_at({address} - {""}).get(
            address, self.user.partner_id[:0]
        )
        # sudo: a colleague's user record is not for everybody.
        return in_full(partner).main_user_id

    def _update(self, write, link):
        event = self.events.browse(write.event_id)
        vals = event._google_sync_vals(write.changes)
        if write.revive:
            vals["active"] = True
        if write.join:
            self._join(event, again=write.revive)
        people = []
        if "guests" in write.changes:
            people = self._guest_commands(link, write.changes["guests"])
        if people:
            vals["partner_ids"] = people
        if vals:
            event.write(vals)
        self._note_responses(event, write.responses, anew=write.anew)

    def _remove(self, write, kind):
        event = self.events.browse(write.event_id)
        recurrence = event.recurrence_id
        whole = kind is Kind.SERIES and recurrence
        rows = recurrence.calendar_event_ids.filtered("active") if whole else event
        if write.decline:
            mine = rows.attendee_ids.filtered(
                lambda attendee: attendee.partner_id == self.user.partner_id
            )
            mine.write({"state": "declined"})
            return
        if whole:
            # Rows with a link of their own are events of their own.
            alone = rows.browse(self._alone({recurrence.id: rows}))
            alone.write({"recurrence_id": False, "recurrency": False})
            recurrence.unlink()
            rows -= alone
        rows.unlink()

    def _grow_busy(self, places):
        """Links of these calendars were written."""
        if self.busy is not None:
            self.busy.add(places)
