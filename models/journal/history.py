"""From an event or a contact to what the journal says of it."""

from odoo import models
from odoo.fields import Domain

from ..rights.sense import check_one
from ..tools.edge import engine_rows


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    def action_google_sync_history(self):
        """The journal's lines about this event, of the accounts that the user may see.

        Also by its id in Google: what was deleted and came back is one history.
        """
        check_one(self)
        self.check_access("read")
        whole = self | self.recurrence_id.base_event_id
        # Ids at Google only; the lines are found by right.
        links = engine_rows(self.env, "google.sync.event.link")
        links = links.search([("event_id", "in", whole.ids)])
        return _history(self, whole, links.mapped("google_id"))


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_google_sync_history(self):
        """The journal's lines about this contact, of the accounts the user may see."""
        check_one(self)
        self.check_access("read")
        return _history(self, self, [])


def _history(record, records, google_ids):
    action = record.env["ir.actions.act_window"]._for_xml_id(
        "google_sync.google_sync_run_line_action"
    )
    domain = Domain([("res_model", "=", record._name), ("res_id", "in", records.ids)])
    domain |= Domain("google_id", "in", google_ids)
    # What was only planned is no history.
    action["domain"] = list(domain & Domain("run_id.mode", "!=", "preview"))
    action["context"] = {}
    action["display_name"] = record.env._("History of %s", record.display_name)
    action["path"] = False
    return action
