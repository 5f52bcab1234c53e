"""A pause, of one account or of all: nothing is asked of Google until it is over.

What is edited meanwhile waits in the queues, and what Google tells waits at the door. A
slice that is at work comes to its end, within seconds.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_datetime, str2bool

from ..tools.edge import engine_rows, parameter, wake

#: Set in the settings: every account of the database.
PARAMETER = "google_sync.paused"
#: Lights that say more than a pause.
_OTHERS = ("off", "suspended", "to_reconnect", "resetting")


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    paused_at = fields.Datetime("Paused since", readonly=True, copy=False)
    light = fields.Selection(selection_add=[("paused", "Paused")])

    # -- the buttons -----------------------------------------------------------

    def action_pause(self):
        """Nothing to Google and nothing from there, until somebody says go on."""
        running = self._check_may_manage()
        accounts = running.filtered(lambda account: not account.paused_at)
        accounts.paused_at = fields.Datetime.now()
        accounts._tell_owner()
        return self._notice(
            "info", self.env._("Paused: what is edited meanwhile waits."), reload=True
        )

    def action_go_on(self):
        """The pause is over: what waited is looked at now."""
        accounts = self._check_may_manage().filtered("paused_at")
        if self._is_paused_for_all():
            raise UserError(self._paused_for_all_message())
        accounts.paused_at = False
        accounts._wake_contacts()
        accounts._wake_pull()
        accounts._tell_owner()
        return self._notice("success", self.env._("It goes on."), reload=True)

    # -- what is said ----------------------------------------------------------

    def _is_paused(self):
        return bool(self.paused_at) or self._is_paused_for_all()

    @api.model
    def _is_paused_for_all(self):
        return str2bool(parameter(self.env, PARAMETER) or "", False)

    @api.depends("paused_at")
    def _compute_light(self):
        return super()._compute_light()

    def _light(self):
        light = super()._light()
        return "paused" if light not in _OTHERS and self._is_paused() else light

    @api.depends_context("lang", "tz", "uid")
    def _compute_suspended_message(self):
        result = super()._compute_suspended_message()
        for account in self.filtered(lambda account: account.light == "paused"):
            account.suspended_message = account._paused_message()
        return result

    def _paused_message(self):
        if self._is_paused_for_all():
            return self._paused_for_all_message()
        since = format_datetime(self.env, self.paused_at, dt_format="short")
        if self.user_id == self.env.user:
            return self.env._(
                "Your synchronisation is paused since %s: what is edited waits until "
                "you press “Go on”.",
                since,
            )
        return self.env._(
            "The synchronisation of %(user)s is paused since %(moment)s: what is "
            "edited waits until somebody presses “Go on”.",
            user=self._label(),
            moment=since,
        )

    def _paused_for_all_message(self):
        return self.env._(
            "An administrator has paused the synchronisation of everybody: what is "
            "edited waits, and goes on by itself after the pause."
        )

    # -- the doors -------------------------------------------------------------

    @api.model
    def _waiting(self, now):
        if self._is_paused_for_all():
            return SQL("FALSE")
        return SQL("(%s) AND paused_at IS NULL", super()._waiting(now))

    @api.model
    def _resets_due(self):
        if self._is_paused_for_all():
            return SQL("FALSE")
        return SQL("(%s) AND paused_at IS NULL", super()._resets_due())

    def _check_not_paused(self):
        if self._is_paused():
            raise UserError(self._paused_message())

    def _run_sync(self, scope, mode, trigger):
        self.ensure_one()
        self._check_may_run()
        self._check_not_paused()
        return super()._run_sync(scope, mode, trigger)

    def _queue_run(self, scope="all", mode="normal", plan=None):
        self.ensure_one()
        self._check_may_run()
        self._check_not_paused()
        return super()._queue_run(scope, mode, plan)

    def _check_may_delete(self):
        self._check_not_paused()
        return super()._check_may_delete()

    def _keep_channels(self, address):
        """What stands stays as it is."""
        return None if self._is_paused() else super()._keep_channels(address)

    def _work_on_queue(self, seconds):
        return not self._is_paused() and super()._work_on_queue(seconds)

    def _why_not_now(self):
        if self.light == "paused":
            return self._paused_message()
        return super()._why_not_now()

    def _is_working(self):
        """What waits for the end of the pause is not at work."""
        leased = self.lease_until and self.lease_until > fields.Datetime.now()
        if self._is_paused() and not leased:
            return False
        return super()._is_working()


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    google_sync_paused = fields.Boolean(
        "Pause the synchronisation of everybody", config_parameter=PARAMETER
    )

    def set_values(self):
        """Not by anybody for no record at all: Odoo would empty every option."""
        self.check_access("write")
        accounts = self.env["google.sync.account"]
        before = accounts._is_paused_for_all()
        result = super().set_values()
        if before != accounts._is_paused_for_all():
            # Everybody's light follows, whoever may change settings.
            everybody = engine_rows(self.env, accounts._name)
            everybody.search([("state", "!=", "off")])._tell_owner()
            wake(self.env)
        return result
