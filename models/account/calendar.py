"""A Google calendar of an account, as Google's list of calendars describes it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import sql

from ...sync.events.calendars import BOTH, FROM_GOOGLE, OFF, TO_GOOGLE

#: Who may write every event. `writerWithoutPrivateAccess` is not among them: Google
#: shows it private events as blanks, which must never be pushed or pulled.
WRITER_ROLES = ("owner", "writer")
MODES = [
    (OFF, "Off"),
    (BOTH, "Both ways"),
    (FROM_GOOGLE, "From Google only"),
    (TO_GOOGLE, "To Google only"),
]
#: What the owner may set; the rest is Google's word, or the engine's.
_OPTIONS = frozenset({"mode", "busy"})
#: Calendars that were in use before the present one keep what they hold.
_FROM_BEFORE = """
    UPDATE google_sync_calendar calendar
       SET mode = CASE account.calendar_id WHEN calendar.id THEN 'both' ELSE 'off' END,
           replaced = account.calendar_id IS DISTINCT FROM calendar.id
      FROM google_sync_account account
     WHERE account.id = calendar.account_id
"""
_OF_COLLEAGUES = """
    SELECT other.google_id, array_agg(other.id)
      FROM google_sync_calendar own
      JOIN google_sync_calendar other ON other.google_id = own.google_id
           AND other.account_id <> own.account_id
      JOIN google_sync_account account ON account.id = other.account_id
     WHERE own.id IN %s AND other.mode <> 'off' AND other.listed
       AND account.state = 'connected'
     GROUP BY other.google_id
"""


class GoogleSyncCalendar(models.Model):
    _name = "google.sync.calendar"
    _inherit = "google.sync.guard"
    _description = "Google Calendar"
    _order = "is_primary desc, name, id"

    account_id = fields.Many2one(
        "google.sync.account", required=True, ondelete="cascade", readonly=True
    )
    google_id = fields.Char("Google Id", required=True, readonly=True)
    name = fields.Char(readonly=True)
    time_zone = fields.Char(readonly=True)
    access_role = fields.Selection(
        [
            ("owner", "Owner"),
            ("writer", "May edit"),
            ("writerWithoutPrivateAccess", "May edit all but private events"),
            ("reader", "May read"),
            ("freeBusyReader", "Sees free/busy only"),
            ("none", "Unknown"),
        ],
        "Rights",
        readonly=True,
    )
    is_primary = fields.Boolean("Main calendar", readonly=True)
    default_color = fields.Char(
        readonly=True, help="Background colour of the calendar in Google"
    )
    listed = fields.Boolean(
        default=True,
        readonly=True,
        help="Still in the user's list of calendars when it was last fetched",
    )

    mode = fields.Selection(
        MODES,
        "Synchronised",
        required=True,
        default=OFF,
        help="Off: left alone. From Google only: read, never written; what is edited "
        "in Odoo is put back. To Google only: what is edited in Google is put back, "
        "and its own new events stay there.",
    )
    busy = fields.Selection(
        [("as_google", "As in Google"), ("free", "Always free")],
        "Availability",
        required=True,
        default="as_google",
        help="Whether its events take up your time in Odoo",
    )
    is_main = fields.Boolean(
        compute="_compute_is_main",
        # One word about the account of a calendar that is read.
        compute_sudo=True,
        help="Odoo's new events go there, unless a rule or a person says otherwise",
    )
    replaced = fields.Boolean(
        readonly=True,
        help="It was where Odoo's events went, until another calendar took its place",
    )
    last_success_at = fields.Datetime("Last success", readonly=True)

    _account_google_uniq = models.UniqueIndex("(account_id, google_id)")

    def _auto_init(self):
        """A database of before has one calendar an account: the others are off."""
        known = sql.column_exists(self.env.cr, self._table, "mode")
        before = sql.table_exists(self.env.cr, self._table)
        result = super()._auto_init()
        if before and not known:
            self.env.cr.execute(_FROM_BEFORE)
        return result

    @api.depends("account_id.calendar_id")
    def _compute_is_main(self):
        for calendar in self:
            calendar.is_main = calendar.account_id.calendar_id == calendar

    @api.constrains("mode")
    def _check_mode(self):
        # A right that Google takes back later is its word: nothing is written then.
        for calendar in self:
            if calendar.mode in calendar._possible_modes():
                continue
            raise ValidationError(
                self.env._(
                    "Google lets you read “%s”, not edit it: it can be synchronised "
                    "from Google only.",
                    calendar.display_name,
                )
                if calendar.access_role != "freeBusyReader"
                else self.env._(
                    "Of “%s” Google shows you only when it is busy: there is nothing "
                    "to synchronise.",
                    calendar.display_name,
                )
            )

    def _possible_modes(self):
        """What the calendar can be synchronised for, by Google's rights."""
        self.ensure_one()
        if self.access_role in WRITER_ROLES:
            return (OFF, BOTH, FROM_GOOGLE, TO_GOOGLE)
        if self.access_role in ("freeBusyReader", "none"):
            return (OFF,)
        return (OFF, FROM_GOOGLE)

    def write(self, vals):
        if not self.env.su:
            self._check_owner_sets(vals)
        # sudo: who may set the mode has it take effect, on the engine's rows, too.
        effects = self.sudo()._effects(vals)
        result = super().write(vals)
        for effect in effects:
            effect()
        return result

    def _effects(self, vals):
        """As superuser, before `vals` are written: what to call once they are."""
        return []

    def _check_owner_sets(self, vals):
        """Where a user's data go is the owner's word, nobody else's."""
        self.check_access("read")
        forbidden = vals.keys() - _OPTIONS
        if forbidden:
            raise AccessError(
                self.env._(
                    "%s: set by the synchronisation itself, not by hand.",
                    ", ".join(sorted(forbidden)),
                )
            )
        if any(calendar.account_id.user_id != self.env.user for calendar in self):
            raise AccessError(
                self.env._("Only the owner of an agenda says what of it Google gets.")
            )

    @api.depends("name", "google_id")
    def _compute_display_name(self):
        for calendar in self:
            calendar.display_name = calendar.name or calendar.google_id

    def _of_colleagues(self):
        """{Google id: ids of the same calendars of others, which synchronise them}."""
        if not self.ids:
            return {}
        self.env["google.sync.account"].flush_model(["state"])
        self.flush_model(["google_id", "mode", "listed", "account_id"])
        self.env.cr.execute(_OF_COLLEAGUES, [tuple(self.ids)])
        return dict(self.env.cr.fetchall())

    def _become_main(self, before):
        """As superuser: it takes the place of `before`, which is left as it stands.

        Where both were synchronised they go on to be; only the new events change.
        """
        if not self or self == before:
            return
        if self.mode == OFF:
            self.write({"mode": BOTH, "replaced": False})
            if before:
                before.write({"mode": OFF, "replaced": True})
        elif self.mode == FROM_GOOGLE:
            self.mode = BOTH

    def _among_several(self):
        """Its name, where the account synchronises others beside it; else "".

        For who may read what is said of it.
        """
        # sudo: one word about a calendar, see above.
        place = self.sudo()
        several = len(place.account_id._calendars_in_use()) > 1
        return place.display_name if place and several else ""

    @api.model
    def _known_role(self, role):
        """A role that Google invents later counts as none: nothing is written then."""
        return role if role in dict(self._fields["access_role"].selection) else "none"
