"""One Odoo event in one Google calendar: ids, etag, base and where it stands."""

import json

from odoo import api, fields, models

from ..sync.rebase import renormalised
from ..sync.store import Link, LinkState
from ..sync.values import UTC, VALUES_VERSION, event_from_json, event_to_json
from .google_sync_journal import plain

STATES = [
    (LinkState.NEW.value, "To create in Google"),
    (LinkState.SENDING.value, "Being created in Google"),
    (LinkState.LINKED.value, "In step"),
    (LinkState.GONE.value, "Deleted in Google"),
    (LinkState.DROPPED.value, "Deleted in Odoo"),
    (LinkState.DELETED.value, "Deleted on both sides"),
    (LinkState.HELD.value, "Waits for an answer"),
    (LinkState.QUARANTINED.value, "In quarantine"),
    (LinkState.DETACHED.value, "Detached by a reset"),
]


class GoogleSyncEventLink(models.Model):
    _name = "google.sync.event.link"
    _description = "Event in a Google calendar"
    _rec_name = "google_id"
    _order = "id desc"

    calendar_id = fields.Many2one(
        "google.sync.calendar", required=True, ondelete="cascade", readonly=True
    )
    account_id = fields.Many2one(
        related="calendar_id.account_id", store=True, index=True
    )
    kind = fields.Selection(
        [("single", "Event"), ("series", "Series"), ("occurrence", "Occurrence")],
        required=True,
        default="single",
        readonly=True,
    )
    event_id = fields.Many2one(
        "calendar.event", ondelete="set null", index=True, readonly=True
    )
    recurrence_id = fields.Many2one(
        "calendar.recurrence", "Series", ondelete="set null", readonly=True
    )
    parent_id = fields.Many2one(
        "google.sync.event.link", "Link of the series", ondelete="cascade"
    )
    original_start = fields.Char(readonly=True)
    google_id = fields.Char("Google Id", required=True, readonly=True)
    ical_uid = fields.Char("iCalUID", index=True, readonly=True)
    etag = fields.Char(readonly=True)
    state = fields.Selection(STATES, required=True, default="new", readonly=True)
    base = fields.Json(readonly=True, groups=fields.NO_ACCESS)
    base_version = fields.Integer(readonly=True)
    generation = fields.Integer(default=1, readonly=True)
    dirty = fields.Boolean("To compare with Google", readonly=True)
    edited_at = fields.Datetime("Last edited by a person", readonly=True)
    guard = fields.Char(
        readonly=True, help="Why Google would refuse a change of the event"
    )
    problem = fields.Char(readonly=True)
    seen = fields.Integer(
        readonly=True, help="Number of the last full listing that showed the event"
    )

    contested = fields.Json(
        readonly=True,
        groups=fields.NO_ACCESS,
        help="Google's values of the fields whose conflict waits for a decision",
    )
    sent_values = fields.Json(
        readonly=True,
        groups=fields.NO_ACCESS,
        help="Values of a change sent to Google whose outcome is not noted yet",
    )
    told = fields.Json(
        readonly=True,
        groups=fields.NO_ACCESS,
        help="What Odoo last told Google of the fields that are never put back",
    )
    answer = fields.Char(readonly=True, help="What a person said about a deletion")

    _calendar_google_uniq = models.UniqueIndex(
        "(calendar_id, google_id)", "This Google event is linked already."
    )
    _dirty_idx = models.Index("(calendar_id, edited_at, id) WHERE dirty")
    _state_idx = models.Index("(calendar_id, state, seen)")

    @api.model
    def _reminded_by_google(self, event_ids):
        """Of these events, those whose copy in the current user's Google reminds."""
        if not event_ids:
            return set()
        links = self.sudo().search(
            [
                ("event_id", "in", event_ids),
                ("account_id.user_id", "=", self.env.uid),
                ("account_id.state", "=", "connected"),
                ("state", "=", "linked"),
            ]
        )
        return set(links.event_id.ids)

    def _to_link(self):
        """The row as the engine knows it."""
        self.ensure_one()
        edited = self.edited_at
        return Link(
            google_id=self.google_id,
            id=self.id,
            event_id=self.event_id.id or 0,
            state=LinkState(self.state),
            etag=self.etag or "",
            ical_uid=self.ical_uid or "",
            base=self._base_values(),
            generation=self.generation,
            dirty=self.dirty,
            edited_at=edited.replace(tzinfo=UTC) if edited else None,
            guard=self.guard or "",
            problem=self.problem or "",
            seen=self.seen,
            contested=_values(self.contested),
            answer=self.answer or "",
            sent=_values(self.sent_values),
            told=self.told or {},
        )

    def _base_values(self):
        """What both sides agreed on, as today's code reads it."""
        if not self.base:
            return None
        values = event_from_json(self.base)
        return values if self.base_version == VALUES_VERSION else renormalised(values)

    def _from_link(self, link):
        """Values to store for the engine's link."""
        return {
            "google_id": link.google_id,
            "event_id": link.event_id or False,
            "state": link.state.value,
            "etag": link.etag or False,
            "ical_uid": link.ical_uid or False,
            "base": event_to_json(link.base) if link.base else False,
            "base_version": VALUES_VERSION,
            "generation": link.generation,
            "dirty": link.dirty,
            "edited_at": link.edited_at.replace(tzinfo=None)
            if link.edited_at
            else False,
            "guard": link.guard or False,
            "problem": link.problem or False,
            "seen": link.seen,
            "contested": _values_json(link.contested),
            "answer": link.answer or False,
            "sent_values": _values_json(link.sent),
            "told": dict(link.told) or False,
        }


def _values_json(values):
    """Canonical values by field name, as JSON; False when there are none."""
    if not values:
        return False
    return json.loads(json.dumps(dict(values), default=plain))


def _values(data):
    """What `_values_json` wrote, canonical again."""
    values = dict(data or {})
    if "period" in values:
        edges = {"start": values["period"]["start"], "end": values["period"]["end"]}
        values["period"] = event_from_json(edges).period
    if "reminders" in values:
        values["reminders"] = tuple(values["reminders"])
    return values
