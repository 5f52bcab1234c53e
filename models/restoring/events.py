"""Putting back what the journal kept: into Odoo, from where it goes to Google again."""

import json

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ...sync.events.archive import from_ical
from ..journal.words import shown
from ..tools.quiet import QUIET

_EDITS = ("update", "conflict", "adopt", "put_back")
#: Fields that Odoo says, or has from Google only: putting them back changes nothing.
_NOT_PUT_BACK = {"color", "source", "video", "guests"}


class GoogleSyncRunLine(models.Model):
    _inherit = "google.sync.run.line"

    archive = fields.Text(
        groups=fields.NO_ACCESS,
        help="The whole event as it was before, as iCalendar",
    )
    restorable = fields.Boolean(compute="_compute_restorable", compute_sudo=True)
    restored_at = fields.Datetime("Restored", readonly=True)

    @api.depends("archive", "before", "restored_at", "private", "account_id.user_id")
    @api.depends_context("uid")
    def _compute_restorable(self):
        for line in self:
            kept = bool(line.archive) and not line.restored_at and line._is_worth_it()
            mine = not line._is_hidden_from_me() and line._is_mine_to_restore()
            line.restorable = kept and mine

    def _is_worth_it(self):
        changed = set(json.loads(self.before or "{}"))
        return not changed or bool(changed - _NOT_PUT_BACK)

    def _is_mine_to_restore(self):
        """Not for delegates: restoring writes with the owner's rights."""
        account = self.account_id
        return account.user_id == self.env.user or account._is_managed_by_me()

    def action_restore(self):
        """Put the event back as it was; it goes to Google with the next run."""
        for line in self:
            line._restore()
        said = " ".join(line._restored_message() for line in self)
        # sudo: only for the words of the notice.
        return self[:1].account_id.sudo()._notice("success", said, reload=True)

    def _restored_message(self):
        """What came of it, and what comes next."""
        if self.action in _EDITS:
            return self.env._(
                "“%(title)s” has its former values again in Odoo (%(fields)s). Google "
                "follows with the next synchronisation.",
                title=self.name,
                fields=", ".join(self._restored_labels()),
            )
        if self.action == "decline":
            return self.env._(
                "“%s” is in the agenda again. Google follows with the next "
                "synchronisation.",
                self.name,
            )
        return self.env._(
            "“%s” is back in Odoo, and goes to Google with the next synchronisation.",
            self.name,
        )

    def _restored_labels(self):
        # sudo: the names of fields, of a line that was restored just now.
        names = set(json.loads(self.sudo().before or "{}")) - _NOT_PUT_BACK
        return [shown(self.env, "label", name) for name in sorted(names)]

    def _restore(self):
        self.check_access("read")
        # sudo: the right is checked on the account; what is kept is read whole.
        line = self.sudo()
        line.account_id.with_env(self.env)._check_may_manage()
        if self.env.su is False and self._is_hidden_from_me():
            raise AccessError(
                self.env._("Only the owner of the agenda may restore a private event.")
            )
        if not line.archive or line.restored_at:
            raise UserError(
                self.env._("There is nothing to restore here, or it was restored.")
            )
        line._put_back_archive()
        # What was written is computed on here, while nobody is told.
        line.with_context(**QUIET).env.flush_all()
        line.restored_at = fields.Datetime.now()
        line.account_id._wake_pull()

    def _put_back_archive(self):
        self._put_back(from_ical(self.archive))

    def _put_back(self, values):
        """Write as the owner of the agenda, mailing nobody."""
        owner = self.account_id.user_id
        events = self.env["calendar.event"].with_user(owner).sudo(False)
        events = events.with_context(**QUIET, active_test=False)
        event = events.browse(self.res_id).exists()
        if event and self.action == "decline":
            mine = event.attendee_ids.filtered(
                lambda attendee: attendee.partner_id == owner.partner_id
            )
            mine.write({"state": "accepted"})
        elif event:
            event.write(
                {**event._google_sync_vals(self._changed(values)), "active": True}
            )
        else:
            made = events.create(
                {
                    **events._google_sync_vals(values.as_dict()),
                    "user_id": owner.id,
                    "partner_ids": [Command.set(owner.partner_id.ids)],
                }
            )
            self.res_id = made.id

    def _changed(self, values):
        """The fields that the line changed, as they were; all of a deleted event."""
        if self.action not in _EDITS:
            return values.as_dict()
        names = json.loads(self.before or "{}")
        return {
            name: value for name, value in values.as_dict().items() if name in names
        }
