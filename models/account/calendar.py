"""A Google calendar of an account, as Google's list of calendars describes it."""

from odoo import api, fields, models

#: Who may write every event. `writerWithoutPrivateAccess` is not among them: Google
#: shows it private events as blanks, which must never be pushed or pulled.
WRITER_ROLES = ("owner", "writer")


class GoogleSyncCalendar(models.Model):
    _name = "google.sync.calendar"
    _inherit = "google.sync.polite"
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

    _account_google_uniq = models.UniqueIndex("(account_id, google_id)")

    @api.model
    def _known_role(self, role):
        """A role that Google invents later counts as none: nothing is written then."""
        return role if role in dict(self._fields["access_role"].selection) else "none"

    @api.depends("name", "google_id")
    def _compute_display_name(self):
        for calendar in self:
            calendar.display_name = calendar.name or calendar.google_id
