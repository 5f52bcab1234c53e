"""One Odoo event in one Google calendar: ids, etag, base and where it stands."""

import json

from odoo import api, fields, models
from odoo.tools import SQL

from ...sync.events.links import Kind, Link, LinkState, Span
from ...sync.events.rebase import renormalised
from ...sync.events.values import VALUES_VERSION, event_from_json, event_to_json
from ..journal.words import plain
from ..tools.edge import engine_rows

#: The reason of what Odoo itself refused; its words stand apart.
BY_ODOO = "odoo"
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
    (LinkState.VOID.value, "Without a place in its series"),
    (LinkState.FOLLOWING.value, "Follows another calendar's copy"),
    (LinkState.LEFT.value, "Left as it is"),
    (LinkState.TAKEN_BACK.value, "Taken back by an undo"),
]


class GoogleSyncEventLink(models.Model):
    _name = "google.sync.event.link"
    _inherit = "google.sync.link"
    _description = "Event in a Google calendar"
    _rec_name = "google_id"
    _order = "id desc"
    _leads_out = ("event_id", "recurrence_id", "parent_id")

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
    original_start = fields.Char(
        readonly=True, help="When the occurrence would take place by the rule"
    )
    span_first = fields.Date(
        "Odoo holds from", readonly=True, help="First day held of the series"
    )
    span_last = fields.Date("Odoo holds up to", readonly=True)
    google_id = fields.Char("Google Id", required=True, readonly=True)
    ical_uid = fields.Char("iCalUID", readonly=True)
    state = fields.Selection(STATES, required=True, default="new", readonly=True)
    generation = fields.Integer(default=1, readonly=True)
    guard = fields.Char(
        readonly=True, help="Why Google would refuse a change of the event"
    )
    only_google = fields.Boolean(
        readonly=True,
        help="Google made Odoo's event, and no person has edited it in Odoo since",
    )
    guest = fields.Boolean(
        readonly=True, help="The user is invited to it and does not organise it"
    )
    organizer = fields.Char(
        readonly=True,
        groups=fields.NO_ACCESS,
        help="Who organises it in Google: a colleague's copy has the same",
    )
    foreign = fields.Boolean(
        readonly=True, help="Somebody else's, in a calendar that several people share"
    )
    leader_id = fields.Many2one(
        "google.sync.event.link",
        "Leading copy",
        ondelete="set null",
        readonly=True,
        help="The link of the same event in another calendar of the account",
    )
    placed_for = fields.Char(
        readonly=True,
        groups=fields.NO_ACCESS,
        help="What of the event a rule looked at when it chose this calendar",
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

    _calendar_google_uniq = models.UniqueIndex(
        "(calendar_id, google_id)", "This Google event is linked already."
    )
    # Whoever invites chooses the UID, and a tree refuses what is longer than a page.
    _ical_uid_idx = models.Index("USING hash (ical_uid) WHERE ical_uid IS NOT NULL")
    _dirty_idx = models.Index("(calendar_id, edited_at, id) WHERE dirty")
    _state_idx = models.Index("(calendar_id, state, seen)")
    _parent_idx = models.Index("(parent_id) WHERE parent_id IS NOT NULL")
    _recurrence_idx = models.Index("(recurrence_id) WHERE recurrence_id IS NOT NULL")
    _leader_idx = models.Index("(leader_id) WHERE leader_id IS NOT NULL")

    def init(self):
        """Databases of before have a tree over the UIDs, which Odoo keeps."""
        self.env.cr.execute(
            "DROP INDEX IF EXISTS google_sync_event_link__ical_uid_index"
        )

    @api.model
    def _reminded_by_google(self, event_ids):
        """Of these events, those whose copy in the current user's Google reminds."""
        if not event_ids:
            return set()
        links = engine_rows(self.env, self._name).search(
            [
                ("event_id", "in", event_ids),
                ("account_id.user_id", "=", self.env.uid),
                ("account_id.state", "=", "connected"),
                ("state", "=", "linked"),
            ]
        )
        return set(links.event_id.ids)

    def _to_links(self):
        """The rows as the engine knows them."""
        rows = self._series_rows()
        return [link._to_link(rows) for link in self]

    def _series_rows(self):
        """{link: the row that stands for its series} of those whose series has one.

        It is the one that Odoo calls the base, else the first that is left. A rebuilt
        recurrence is found by the row that Odoo rebuilt it from.
        """
        series = self.filtered(lambda link: link.kind == "series")
        if not series:
            return {}
        self.flush_model(["event_id", "recurrence_id"])
        self.env["calendar.event"].flush_model(["recurrence_id", "active", "start"])
        self.env["calendar.recurrence"].flush_model(["base_event_id"])
        self.env.cr.execute(
            SQL(
                """
                SELECT DISTINCT ON (link.id) link.id, event.id
                  FROM google_sync_event_link link
             LEFT JOIN calendar_event own ON own.id = link.event_id
                  JOIN calendar_event event ON event.active AND event.recurrence_id =
                       COALESCE(link.recurrence_id, own.recurrence_id)
                  JOIN calendar_recurrence rule ON rule.id = event.recurrence_id
                 WHERE link.id IN %s
              ORDER BY link.id, (event.id = rule.base_event_id) IS TRUE DESC,
                       event.start, event.id
                """,
                tuple(series.ids),
            )
        )
        return dict(self.env.cr.fetchall())

    def _to_link(self, rows=None):
        """The row as the engine knows it; `rows`: from `_series_rows`."""
        self.ensure_one()
        if rows is None:
            rows = self._series_rows()
        return Link(
            **self._columns_alike(),
            google_id=self.google_id,
            event_id=rows.get(self.id) or self._event_in_use(),
            state=LinkState(self.state),
            ical_uid=self.ical_uid or "",
            base=self._base_values(),
            generation=self.generation,
            guard=self.guard or "",
            contested=typed_values(self.contested),
            sent=typed_values(self.sent_values),
            guest=self.guest,
            organizer=self.organizer or "",
            foreign=self.foreign,
            leader_id=self.leader_id.id or 0,
            told=self.told or {},
            kind=Kind(self.kind),
            parent_id=self.parent_id.id or 0,
            original_start=self.original_start or "",
            span=self._span(),
        )

    def _problem_in_full(self):
        """The words where there are any, else the reason; "" without a problem."""
        words = self.problem == BY_ODOO and self.said
        return words or self.problem or ""

    def _problem_for_me(self):
        """The words are the owner's: another addon's may quote a private event."""
        # sudo: it decides here what of the problem the reader is told.
        row = self.sudo()
        if row.account_id.user_id == self.env.user or row.problem != BY_ODOO:
            return row._problem_in_full()
        return self.env._("The owner of the agenda sees Odoo's own words.")

    def _event_in_use(self):
        """The event's id; an archived occurrence is remembered, but counts as gone."""
        if self.kind == "occurrence" and not self.event_id.active:
            return 0
        return self.event_id.id or 0

    def _span(self):
        """The days that Odoo holds of a series."""
        return Span(self.span_first, self.span_last) if self.span_first else None

    def _base_values(self):
        """What both sides agreed on, as today's code reads it."""
        if not self.base:
            return None
        values = event_from_json(self.base)
        return values if self.base_version == VALUES_VERSION else renormalised(values)

    def _from_link(self, link):
        """Values to store for the engine's link."""
        return {
            **self._stored_alike(link),
            "google_id": link.google_id,
            "event_id": link.event_id or False,
            "ical_uid": link.ical_uid or False,
            "base": event_to_json(link.base) if link.base else False,
            "base_version": VALUES_VERSION,
            "generation": link.generation,
            "guard": link.guard or False,
            **_problem_values(link),
            "contested": _values_json(link.contested),
            "sent_values": _values_json(link.sent),
            "told": dict(link.told) or False,
            "kind": link.kind.value,
            "parent_id": link.parent_id or False,
            "original_start": link.original_start or False,
            "span_first": link.span.first if link.span else False,
            "span_last": link.span.last if link.span else False,
            "guest": link.guest,
            "organizer": link.organizer or False,
            "foreign": link.foreign,
            "leader_id": link.leader_id or False,
        }


def _problem_values(link):
    """A quarantined link's problem is in words; any other is a reason already."""
    if link.problem and link.state is LinkState.QUARANTINED:
        return {"problem": BY_ODOO, "said": link.problem}
    return {"problem": link.problem or False, "said": False}


def _values_json(values):
    """Canonical values by field name, as JSON; False when there are none."""
    if not values:
        return False
    return json.loads(json.dumps(dict(values), default=plain))


def typed_values(data):
    """Values that were stored as JSON, canonical again."""
    values = dict(data or {})
    if "period" in values:
        edges = {"start": values["period"]["start"], "end": values["period"]["end"]}
        values["period"] = event_from_json(edges).period
    for name in ("reminders", "recurrence", "guests"):
        if name in values:
            values[name] = tuple(values[name])
    return values
