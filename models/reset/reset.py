"""A reset is asked for: who may, of what, and what is noted at once.

Everything known of Google is forgotten in one commit with the task that is still to do
(`work`), so that a crash leaves nothing half-forgotten. Nothing goes on by itself then
until a person says so.
"""

from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sync.ports import Stop
from ..account.account import UNTIL_ASKED
from ..rights.sense import check_flags, number
from ..tools.edge import engine_rows, wake

#: Seconds that a person waits at the button before the scheduled action goes on.
PATIENCE = 20.0


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    reset_next_at = fields.Datetime(readonly=True, copy=False, groups=fields.NO_ACCESS)
    left_behind = fields.Integer(
        "Events in other calendars", compute="_compute_left_behind"
    )

    @api.depends("calendar_id")
    def _compute_left_behind(self):
        # A number of links, for all who see the account.
        links = engine_rows(self.env, "google.sync.event.link")
        for account in self:
            account.left_behind = account.calendar_id and links.search_count(
                [
                    ("account_id", "=", account._origin.id),
                    ("calendar_id", "!=", account.calendar_id.id),
                    ("calendar_id.mode", "=", "off"),
                    ("state", "=", "linked"),
                ]
            )

    def _effects(self, vals):
        """Another calendar: what a reset held back may go on by itself."""
        moved = self.filtered(
            lambda account: (
                vals.get("calendar_id")
                and account.waits_for_person
                and account.calendar_id.id != vals["calendar_id"]
            )
        )
        more = [partial(moved.write, {"next_try": False})] if moved else []
        return [*super()._effects(vals), *more]

    def _accept_grant(self, grant, client_id):
        """Connected again: what a reset held back goes on. Google's pauses stand."""
        result = super()._accept_grant(grant, client_id)
        for name in ("next_try", "contacts_next_try"):
            if self[name] and self[name] >= UNTIL_ASKED:
                self[name] = False
        return result

    # -- the doors -------------------------------------------------------------

    def action_reset_account(self):
        """Say what a reset of the account does, then do it on a click."""
        return self._open_reset("account")

    def action_reset_calendar(self):
        """Say what a reset of the calendar does, then do it on a click."""
        return self._open_reset("calendar")

    def _open_reset(self, what):
        self.ensure_one()
        self._check_may_manage()
        wizard = self.env["google.sync.reset"].create(
            {"account_id": self.id, "what": what}
        )
        return wizard._open()

    def reset(
        self,
        what="account",
        delete_in_google=False,
        take_away=False,
        calendar_id=None,
    ):
        """Cut the links with Google: of one calendar, or of the whole account.

        delete_in_google: also delete there what this addon made, and nothing else.
        take_away: also delete in Odoo what only came from there, see `take_away`.
        calendar_id: which one, the main one when none is named; one beside it is off
        afterwards. Acts without asking; repeating it is harmless.
        """
        check_flags(self.env, delete_in_google=delete_in_google, take_away=take_away)
        named_id = False
        if calendar_id not in (None, False):
            named_id = number(self.env, calendar_id)
        # sudo: `_reset` checks the right, and whose calendar it is.
        calendars = engine_rows(self.env, "google.sync.calendar")
        for account in self:
            main = account.sudo().calendar_id
            named = calendars.browse(named_id) if named_id else main
            account._reset(what, delete_in_google, named.exists(), take_away=take_away)
        return True

    def _reset(
        self, what, delete_in_google, calendars, *, take_away=False, seconds=PATIENCE
    ):
        """The run that tells what was done; it goes on by itself when it is long.

        seconds: to work on it at once; none when a page does.
        """
        self.ensure_one()
        mine = self._check_may_manage()
        if what not in ("account", "calendar"):
            raise UserError(self.env._("Reset “account” or “calendar”."))
        if delete_in_google:
            mine._check_may_delete()
        # Whatever a dialogue was told: never another account's.
        if what == "account":
            calendars = mine.calendar_ids
        else:
            calendars = mine.calendar_ids & calendars
        with self._own_transaction() as account:
            todo = account._reset_task(what, calendars.ids, delete_in_google, take_away)
            run_id = account._reset_now(todo, self.env.uid, seconds)
            if what == "calendar":
                beside = account.env["google.sync.calendar"].browse(calendars.ids)
                (beside - account.calendar_id).mode = "off"
        return self.env["google.sync.run"].browse(run_id)

    def _check_may_delete(self):
        try:
            self._check_ready()
        except Stop as stop:
            raise UserError(
                self.env._(
                    "Nothing was reset, because nothing can be deleted in Google: %s",
                    self._explain(stop),
                )
            ) from stop

    def _reset_task(self, what, calendar_ids, delete_in_google, take_away):
        return {
            "what": what,
            "delete": bool(delete_in_google),
            "take": calendar_ids if take_away else [],
            "cut": calendar_ids,
            "purge": self._used_calendars(calendar_ids) if delete_in_google else [],
            "page": "",
            "contacts": what == "account",
            "questions": self._count_ending(calendar_ids, what == "account"),
        }

    def _reset_now(self, todo, requested_by, seconds):
        self = self.with_context(lang=self.user_id.lang)
        self._lease_soon()
        owner = self.lease_owner
        run = self.env["google.sync.run"].create(
            {
                "account_id": self.id,
                "trigger": "reset",
                "scope": "all" if todo["contacts"] else "events",
                "requested_by_id": requested_by,
                "expected": self._reset_size(todo),
            }
        )
        if self.last_run_id.state == "running":
            self.last_run_id.write(
                {"state": "stopped", "ended_at": fields.Datetime.now()}
            )
        self._begin_reset({**todo, "run": run.id})
        self.last_run_id = run
        self._checkpoint()
        if seconds:
            self._work_on_reset(owner, seconds, paced=False)
        else:
            wake(self.env, cron="ir_cron_reset")
            self._free_lease(owner)
            self._checkpoint()
        return run.id

    def _used_calendars(self, calendar_ids):
        """Those that hold or held events of ours: the others need not be read."""
        links = self.env["google.sync.event.link"]
        used = links._read_group(
            [("calendar_id", "in", calendar_ids)], ["calendar_id"], []
        )
        return [calendar.id for (calendar,) in used]

    def _begin_reset(self, todo):
        """Nothing goes on by itself from here, and every calendar is read anew."""
        self.env["google.sync.calendar"].browse(todo["cut"]).cursor = False
        vals = {
            "reset_todo": todo,
            "reset_next_at": False,
            "next_try": UNTIL_ASKED,
            "unfinished": False,
            "failures": 0,
            "events_trouble": False,
        }
        if todo["contacts"]:
            vals |= {"contacts_next_try": UNTIL_ASKED, "contacts_unfinished": False}
            vals["contacts_trouble"] = False
        self.write(vals)
        engine_rows(self.env, "google.sync.request")._take(self)
        self._tell_owner()
