"""The first run of who is led: asked for, it counts as Start; stopped, as not begun.

Start is the owner's word: until then a colleague with a right, and a manager, may look
at a preview, and no more.
"""

from odoo import fields, models
from odoo.exceptions import UserError


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _check_start(self, mode):
        """UserError for who may have the account run, but not start it."""
        # sudo: whose it is and how far, for who may have it run.
        account = self.sudo()
        if self.env.su or mode == "preview" or not account._is_to_be_started():
            return
        if account.user_id != self.env.user:
            raise UserError(account._not_started_message())

    def _may_start(self, run):
        """The first run of who is led: asked for by the owner, it counts as Start."""
        if self.first_day == "choosing":
            asked_by = run.requested_by_id
            if asked_by not in (self.user_id, self.env.ref("base.user_root")):
                self._refuse_start(run)
                return False
            self.first_day = "started"
        return True

    def _refuse_start(self, run):
        """What somebody else had asked for before the owner connected anew."""
        self.write({"unfinished": False, "contacts_unfinished": False})
        run.write(
            {
                "state": "failed",
                "message": self._say(lambda me: me._not_started_message()),
                "ended_at": fields.Datetime.now(),
            }
        )
        self._keep_result(run)

    def _put_off_first_day(self):
        """Who stops the first run does not want it to go on by the clock."""
        if self._is_put_off():
            self.first_day = "choosing"

    def _is_put_off(self):
        """To be started anew: stopped before it has come to its end once."""
        begun = self.first_day == "started" and not self.last_success_at
        return begun or self.first_day == "choosing"
