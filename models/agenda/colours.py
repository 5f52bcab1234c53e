"""An account's colours: whether they travel, which way, and a clash to warn of."""

from odoo import api, fields, models
from odoo.tools import SQL

from ...sync.events.colours import clash


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    types_from_colors = fields.Boolean(
        "Types from colours",
        help="An event made in Google with the colour of a type is given that type in "
        "Odoo",
    )
    color_clash = fields.Char(
        compute="_compute_color_clash",
        # The calendar's name and colour, for all who see the account.
        compute_sudo=True,
        help="Why events of one type look like events without a type in Google",
    )

    @api.depends("transfer_colors", "calendar_id.default_color")
    def _compute_color_clash(self):
        for account in self:
            account.color_clash = (
                account.transfer_colors and account._color_clash_message()
            )

    def _color_clash_message(self):
        """The clash of the calendar's own colour with one of the types', or ""."""
        calendar = self.calendar_id
        colour = clash(calendar.default_color)
        if not colour:
            return ""
        types = self.env["calendar.event.type"]
        names = dict(types._fields["google_color"]._description_selection(self.env))
        used_by = types.search([("google_color", "=", colour)]).mapped("name")
        values = {
            "calendar": calendar.name,
            "colour": names[colour],
            "types": ", ".join(used_by),
        }
        if not used_by:
            return self.env._(
                "The calendar “%(calendar)s” has the colour %(colour)s itself: a type "
                "of that colour would look like events without a type. Choose another "
                "colour for the calendar in Google.",
                **values,
            )
        return self.env._(
            "The calendar “%(calendar)s” has the colour %(colour)s itself: in Google, "
            "events of the type %(types)s look like events without a type. Choose "
            "another colour for the calendar in Google.",
            **values,
        )

    def _effects(self, vals):
        effects = super()._effects(vals)
        if vals.get("transfer_colors"):
            starting = self.filtered(lambda account: not account.transfer_colors)
            effects += [starting._start_colours] if starting else []
        return effects

    def _start_colours(self):
        """Have all events compared; what somebody coloured meanwhile is left alone."""
        links = self.env["google.sync.event.link"]
        links.flush_model(["base", "told"])
        self.env.cr.execute(
            SQL(
                "UPDATE google_sync_event_link SET told = NULL"
                " WHERE account_id IN %s AND told IS NOT NULL"
                " AND told->>'color' IS DISTINCT FROM base->>'color'",
                tuple(self.ids),
            )
        )
        links.invalidate_model(["told"])
        self.last_sweep_at = False
        self.filtered(lambda account: account.state == "connected")._wake_pull()
