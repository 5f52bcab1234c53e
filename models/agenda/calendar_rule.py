"""A rule of an account: which of its calendars Odoo's new events go to."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.privacy import PRIVATE


class GoogleSyncCalendarRule(models.Model):
    _name = "google.sync.calendar.rule"
    _inherit = "google.sync.own.word"
    _description = "Which Google calendar new events go to"
    _order = "sequence, id"

    account_id = fields.Many2one(
        "google.sync.account", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    type_id = fields.Many2one(
        "calendar.event.type",
        "Type of action",
        ondelete="cascade",
        help="Empty: any, or none",
    )
    private = fields.Selection(
        [("any", "Any"), ("yes", "Private"), ("no", "Not private")],
        "Privacy",
        required=True,
        default="any",
    )
    calendar_id = fields.Many2one(
        "google.sync.calendar",
        "Google calendar",
        required=True,
        ondelete="cascade",
        domain="[('account_id', '=', account_id), ('listed', '=', True),"
        " ('mode', 'in', ('both', 'to_google'))]",
    )

    @api.constrains("account_id", "calendar_id")
    def _check_calendar(self):
        for rule in self:
            # sudo: a calendar that the rules hide is refused all the same.
            calendar = rule.sudo().calendar_id
            if calendar.account_id != rule.account_id:
                raise ValidationError(
                    self.env._(
                        "This calendar is not one of %s's.", rule.account_id._label()
                    )
                )
            calendar._check_takes_events()

    def _fits(self, event):
        """The rule is about this event, and its calendar takes new ones."""
        self.ensure_one()
        private = event.effective_privacy in PRIVATE
        return (
            self.calendar_id._takes_events()
            and (not self.type_id or self.type_id in event.categ_ids)
            and self.private in ("any", "yes" if private else "no")
        )


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    calendar_rule_ids = fields.One2many(
        "google.sync.calendar.rule", "account_id", "Where new events go"
    )

    def action_view_calendar_rules(self):
        """The rules that say which calendar new events go to."""
        self.ensure_one()
        self._check_may_manage()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Where new events go"),
            "res_model": "google.sync.calendar.rule",
            "view_mode": "list",
            "views": [(False, "list")],
            "domain": [("account_id", "=", self.id)],
            "context": {"default_account_id": self.id},
        }


class GoogleSyncCalendar(models.Model):
    _inherit = "google.sync.calendar"

    def _takes_events(self):
        """Odoo's events can go there now."""
        self.ensure_one()
        return self.listed and self.mode in ("both", "to_google")

    def _check_takes_events(self):
        """ValidationError where Odoo's events cannot go there."""
        for calendar in self:
            if not calendar._takes_events():
                raise ValidationError(
                    self.env._(
                        "“%s” does not take Odoo's events: in the tab Synchronisation, "
                        "choose “Both ways” or “To Google only” for it first.",
                        calendar.display_name,
                    )
                )
