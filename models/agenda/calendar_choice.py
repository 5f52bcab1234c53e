"""Which of one's own Google calendars an event is in, and is to go to."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.context import Said, said
from ..tools.edge import engine_rows

#: States of a link that stands for the event.
_STANDS = ("new", "sending", "linked", "gone", "held", "quarantined")


def _of_calendars(operator, value):
    """What is asked of an event's calendar, asked of the calendars themselves."""
    if not operator.startswith("any"):
        return Domain("display_name", operator, value)
    return value if isinstance(value, Domain) else Domain("id", "in", value)


class GoogleSyncEventChoice(models.Model):
    _name = "google.sync.event.choice"
    _description = "Calendar that a person chose for an event"
    _log_access = False

    account_id = fields.Many2one(
        "google.sync.account", required=True, ondelete="cascade", index=True
    )
    event_id = fields.Many2one(
        "calendar.event", required=True, ondelete="cascade", index=True
    )
    calendar_id = fields.Many2one(
        "google.sync.calendar", required=True, ondelete="cascade"
    )
    applied = fields.Boolean(help="The event is there, or could not go there")

    _account_event_uniq = models.UniqueIndex("(account_id, event_id)")

    @api.model
    def _choose(self, account, event, calendar):
        """The last word counts; the engine is woken in the same transaction."""
        self.flush_model()
        self.env.cr.execute(
            SQL(
                "INSERT INTO google_sync_event_choice"
                " (account_id, event_id, calendar_id, applied)"
                " VALUES (%s, %s, %s, FALSE) ON CONFLICT (account_id, event_id)"
                " DO UPDATE SET calendar_id = EXCLUDED.calendar_id, applied = FALSE",
                account.id,
                event.id,
                calendar.id,
            )
        )
        self.invalidate_model()
        self.env["google.sync.pending"]._queue([(account.id, event.id, 0)])


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    google_sync_calendar_id = fields.Many2one(
        "google.sync.calendar",
        "Google calendar",
        compute="_compute_google_sync_calendar_id",
        inverse="_inverse_google_sync_calendar_id",
        search="_search_google_sync_calendar_id",
        copy=False,
        domain="[('account_id.user_id', '=', uid), ('listed', '=', True),"
        " ('mode', 'in', ('both', 'to_google'))]",
        help="Where your own copy is. Empty: your rules say where it goes, else it "
        "goes to your main calendar.",
    )

    google_sync_choosable = fields.Boolean(
        compute="_compute_google_sync_choosable",
        help="The reader has several Google calendars to choose from",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Of a series, Odoo makes rows and may drop the event that it began with."""
        # A form sends what was left empty, too: the rules say where that goes.
        name = "google_sync_calendar_id"
        vals_list = [
            {k: v for k, v in vals.items() if v or k != name} for vals in vals_list
        ]
        for vals in vals_list:
            self._google_sync_check_chosen(vals)
        series = [vals for vals in vals_list if vals.get("recurrency")]
        chosen = {vals.get("google_sync_calendar_id") for vals in series}
        chosen -= {None, False}
        making = self
        if len(chosen) == 1:
            making = self.with_context(google_sync_chosen=Said(chosen.pop()))
        events = super(CalendarEvent, making).create(vals_list)
        if place := said(self.env, "google_sync_chosen"):
            events.filtered("recurrence_id")[:1].google_sync_calendar_id = place
        return events.with_env(self.env)

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, view_type == "calendar" and self._google_sync_has_several())

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """A filter by Google calendar only helps who has several of them."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "calendar" and not self._google_sync_has_several():
            for node in arch.xpath("//field[@name='google_sync_calendar_id']"):
                node.getparent().remove(node)
        return arch, view

    @api.model
    def _google_sync_has_several(self):
        """Several calendars of the reader's are synchronised."""
        account = self.env["google.sync.account"]._google_sync_of_me()
        return len(account._calendars_in_use()) > 1

    @api.depends("partner_ids")
    @api.depends_context("uid")
    def _compute_google_sync_choosable(self):
        account = self.env["google.sync.account"]._google_sync_of_me()
        places = account.calendar_ids.filtered(lambda place: place._takes_events())
        me = self.env.user.partner_id
        for event in self:
            # In a form that is not saved yet they are ids of their own.
            mine = me in event.partner_ids._origin
            event.google_sync_choosable = len(places) > 1 and mine

    @api.depends_context("uid")
    def _compute_google_sync_calendar_id(self):
        places = self._google_sync_places()
        for event in self:
            event.google_sync_calendar_id = places.get(event._origin.id, False)

    def _google_sync_places(self):
        """{event id: calendar id} of the reader's own copies, and of what is to be."""
        account = self.env["google.sync.account"]._google_sync_of_me()
        if not account or not self.ids:
            return {}
        links = self.env["google.sync.event.link"]
        links.flush_model(["event_id", "recurrence_id", "state", "calendar_id"])
        self.flush_model(["recurrence_id"])
        self.env["google.sync.event.choice"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT event.id, link.calendar_id, 0 AS rank FROM calendar_event event
                  JOIN google_sync_event_link link ON link.event_id = event.id
                       OR (link.kind = 'series'
                           AND link.recurrence_id = event.recurrence_id)
                  JOIN google_sync_calendar place ON place.id = link.calendar_id
                 WHERE event.id IN %(events)s AND link.account_id = %(account)s
                   AND link.state IN %(states)s AND NOT COALESCE(place.replaced, FALSE)
                 UNION ALL
                SELECT event.id, choice.calendar_id, 1 FROM calendar_event event
                  JOIN calendar_event row ON row.id = event.id
                       OR row.recurrence_id = event.recurrence_id
                  JOIN google_sync_event_choice choice ON choice.event_id = row.id
                 WHERE event.id IN %(events)s AND choice.account_id = %(account)s
                   AND NOT choice.applied
              ORDER BY rank
                """,
                events=tuple(self.ids),
                account=account.id,
                states=_STANDS,
            )
        )
        return {event: calendar for event, calendar, _rank in self.env.cr.fetchall()}

    def _inverse_google_sync_calendar_id(self):
        """The reader's own copy goes there with the next run."""
        accounts = self.env["google.sync.account"]
        for event in self:
            calendar = event.google_sync_calendar_id
            account = accounts._google_sync_of_me()
            if not calendar and not account:
                continue
            # A calendar that the rules hide is refused, and nothing told of it.
            mine = account.calendar_ids & calendar
            if not account or (calendar and not mine):
                raise AccessError(
                    self.env._("Choose one of your own Google calendars.")
                )
            target = mine or account.calendar_id
            if event._google_sync_places().get(event.id) == target.id:
                continue
            target._check_takes_events()
            event._google_sync_no_more_left(account)
            choices = engine_rows(self.env, "google.sync.event.choice")
            choices._choose(account, event, target)

    def _google_sync_no_more_left(self, account):
        """What stayed in Odoo alone goes to Google as a new event.

        The links go on to know what Google has: it is not for Odoo.
        """
        # Links of the reader's own account.
        links = engine_rows(self.env, "google.sync.event.link")
        about = Domain("event_id", "in", self.ids)
        about |= Domain("recurrence_id", "in", self.recurrence_id.ids)
        left = links.search(
            Domain("account_id", "=", account.id) & Domain("state", "=", "left") & about
        )
        parts = links.search([("parent_id", "in", left.ids)])
        kept = {"state": "left", "event_id": False, "recurrence_id": False}
        (left | parts).write(kept)

    @api.model
    def _search_google_sync_calendar_id(self, operator, value):
        """By the reader's own copies; negations are left to Odoo.

        What is asked of the calendars is asked as the reader: it may be a domain that
        the reader wrote, down any path.
        """
        if operator == "in":
            ids = value
        elif operator.startswith("not") or operator == "!=":
            return NotImplemented
        else:
            calendars = self.env["google.sync.calendar"].with_user(self.env.uid)
            ids = calendars.search(_of_calendars(operator, value)).ids
        found = self._google_sync_in(Domain("calendar_id", "in", ids))
        if operator == "in" and False in value:
            found |= ~self._google_sync_in(Domain.TRUE)
        return found

    @api.model
    def _google_sync_in(self, calendars):
        """Events that the reader has in Google, in these calendars of the own account.

        calendars: a domain of links that holds no domain of anybody's.
        """
        account = self.env["google.sync.account"]._google_sync_of_me()
        own = Domain("account_id", "=", account.id or 0)
        # sudo: links of the reader's own account only.
        links = engine_rows(self.env, "google.sync.event.link")
        found = links.search(own & Domain("state", "in", _STANDS) & calendars)
        return Domain("id", "in", found.event_id.ids) | Domain(
            "recurrence_id", "in", found.recurrence_id.ids
        )


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    @api.model
    def _google_sync_of_me(self):
        """As superuser: the current user's own account, where it is in use."""
        accounts = engine_rows(self.env, self._name)
        ids = accounts._google_sync_by_partner()
        return accounts.browse(ids.get(self.env.user.partner_id.id, ()))
