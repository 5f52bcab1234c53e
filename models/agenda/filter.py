"""A filter of an account: what does not go to Google, or does not come from there."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...sync.events.filters import IN, KINDS, OUT, VALUED, Filter, Subject, left_out
from .calendar_event_values import PRIVATE


class GoogleSyncFilter(models.Model):
    _name = "google.sync.filter"
    _inherit = "google.sync.own.word"
    _description = "What is left out of the synchronisation"
    _order = "side desc, id"

    account_id = fields.Many2one(
        "google.sync.account", required=True, ondelete="cascade", index=True
    )
    side = fields.Selection(
        [(OUT, "From Odoo to Google"), (IN, "From Google to Odoo")],
        "Direction",
        required=True,
        default=OUT,
    )
    kind = fields.Selection(
        [
            ("type", "Of a type of action"),
            ("no_type", "Without type of action"),
            ("private", "Private"),
            ("title", "With this in the title"),
            ("all_day", "All day"),
            ("free", "Free"),
            ("color", "In a colour"),
            ("label", "With a label"),
            ("declined", "Declined"),
            ("without_me", "Without me"),
        ],
        "Left out",
        required=True,
        default="private",
    )
    type_id = fields.Many2one(
        "calendar.event.type", "Type of action", ondelete="cascade"
    )
    value = fields.Char(
        help="Part of the title, where * and ? stand for anything; the number of a "
        "colour, 1 to 11; or the id of a label",
    )

    @api.constrains("side", "kind", "type_id", "value")
    def _check_kind(self):
        for row in self:
            if row.kind not in KINDS[row.side]:
                raise ValidationError(
                    self.env._(
                        "“%(kind)s” is not something that can be left out in the "
                        "direction “%(side)s”.",
                        kind=row._shown("kind"),
                        side=row._shown("side"),
                    )
                )
            if row.kind in VALUED and not (row.value or "").strip(" *"):
                raise ValidationError(
                    self.env._("“%s”: write which.", row._shown("kind"))
                )
            if row.kind == "type" and not row.type_id:
                raise ValidationError(self.env._("Choose the type of action."))

    @api.model
    def action_preview(self):
        """What the next synchronisation would do, the filters as they are now."""
        account = self.env["google.sync.account"]._google_sync_of_me()
        return account.with_env(self.env).sudo(False)[:1].action_preview()

    def _shown(self, name):
        """The label of a choice, in the reader's language."""
        return dict(self._fields[name]._description_selection(self.env))[self[name]]

    def write(self, vals):
        result = super().write(vals)
        self._look_anew()
        return result

    def unlink(self):
        accounts = self.account_id
        result = super().unlink()
        accounts.filter_ids._look_anew(accounts)
        return result

    def _look_anew(self, accounts=None):
        """What was left out may come in now: everything is listed again."""
        # sudo: the owner was checked; how far a calendar was read is the engine's.
        accounts = (accounts or self.account_id).sudo()
        accounts.calendar_ids.filtered(lambda x: x.mode != "off")._list_anew()

    def _as_filters(self, side):
        """Those of a side, as the engine knows them."""
        return tuple(
            Filter(row.side, row.kind, str(row.type_id.id or row.value or ""))
            for row in self
            if row.side == side
        )


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    def _google_sync_filtered(self, account):
        """{event id: reason} of those of these events that a filter leaves out."""
        filters = account.filter_ids._as_filters(OUT)
        if not filters:
            return {}
        found = {
            event.id: left_out(event._google_sync_subject(), filters) for event in self
        }
        return {event_id: reason for event_id, reason in found.items() if reason}

    def _google_sync_subject(self):
        return Subject(
            self.name or "",
            self.effective_privacy in PRIVATE,
            self.allday,
            self.show_as == "free",
            types={str(x) for x in self.categ_ids.ids},
        )

    def _google_sync_out_filter(self, account):
        # sudo: whether, and by which of the account's filters.
        found = self.sudo()._google_sync_filtered(account.sudo())
        if not found:
            return None
        reason = found[self._origin.id or self.id]
        labels = self.env["google.sync.run"]._skip_labels()
        hint = self.env._(
            "It stays so until the filter goes: in My Preferences, tab Synchronisation."
        )
        return labels[reason], hint


class GoogleSyncRun(models.Model):
    _inherit = "google.sync.run"

    @api.model
    def _skip_labels(self):
        filters = self.env["google.sync.filter"]
        kinds = dict(filters._fields["kind"]._description_selection(self.env))
        out = {
            f"{OUT}_{kind}": self.env._(
                "Left out of Google by a filter: %s", kinds[kind]
            )
            for kind in KINDS[OUT]
        }
        back = {
            f"{IN}_{kind}": self.env._("Left out of Odoo by a filter: %s", kinds[kind])
            for kind in KINDS[IN]
        }
        return {**super()._skip_labels(), **out, **back}


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    filter_ids = fields.One2many("google.sync.filter", "account_id", "Filters")

    def action_view_filters(self):
        """What is left out of the synchronisation, either way."""
        self.ensure_one()
        self._check_may_manage()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Filters"),
            "res_model": "google.sync.filter",
            "view_mode": "list",
            "views": [(False, "list")],
            "domain": [("account_id", "=", self.id)],
            "context": {"default_account_id": self.id},
        }
