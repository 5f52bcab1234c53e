"""A reset at work: links are cut, and what we made in Google is deleted if asked.

Slice by slice, by the person who waits and then by the scheduled action. Links keep
their Google ids: what is still there is found again by them.
"""

import logging
import time
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...sync.ports import OurBug, RetryLater
from ..account.account import UNTIL_ASKED
from ..journal.explanations import explain
from ..journal.words import count_vals
from ..running.lease import LeaseLost
from ..running.sync import SLICE
from ..tools.edge import engine_rows, wake
from ..tools.reference import new_reference

CHUNK = 500
RETRY = timedelta(minutes=1)
AFTER_FAULT = 15 * 60.0

_logger = logging.getLogger(__name__)


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    @api.model
    def _cron_finish_resets(self):
        """Go on with resets that are longer than a person waits, or were cut short."""
        cron = self.env["ir.cron"]
        self._close_killed_runs()
        while account := self._lease(self._resets_due(), SQL("last_slice_at")):
            account = account.with_context(lang=account.user_id.lang)
            account._work_on_reset(account.lease_owner, SLICE, paced=True)
            if not cron._commit_progress(1):
                break

    def _work_on_reset_shown(self, seconds):
        """For the page that follows it; False when somebody else does. Commits."""
        with self._own_transaction() as account:
            mine = SQL("account.id = %s AND %s", account.id, account._resets_due())
            leased = account._lease(mine)
            if leased:
                leased = leased.with_context(lang=leased.user_id.lang)
                leased._work_on_reset(leased.lease_owner, seconds, paced=False)
            return bool(leased)

    @api.model
    def _resets_due(self):
        return SQL(
            "reset_todo IS NOT NULL AND (reset_next_at IS NULL OR reset_next_at <= %s)",
            fields.Datetime.now(),
        )

    def _work_on_reset(self, owner, seconds, paced):
        """One slice of the task; frees the lease."""
        started = time.monotonic()
        run = self.env["google.sync.run"].browse(self.reset_todo["run"]).exists()
        run = run or self.env["google.sync.run"].create(
            {"account_id": self.id, "trigger": "reset"}
        )
        try:
            done = self._despite_collisions(
                self._go_on_with_reset, run, owner, started + seconds, paced
            )
        except LeaseLost:
            self.env.cr.rollback()
            return
        except RetryLater as stop:
            self.env.cr.rollback()
            self._rest_reset(run, self._explain(stop), stop.delay)
        except Exception:  # pylint: disable=broad-except # noqa: BLE001
            # The edge of an account: a bug of ours in one must not stop the others.
            self.env.cr.rollback()
            reference = new_reference()
            _logger.exception("Account %s: fault %s: the reset", self.id, reference)
            fault = OurBug("", reason="")
            said = self._say(lambda me: explain(me, fault, None, reference))
            self._rest_reset(run, said, AFTER_FAULT)
        else:
            if done:
                self._despite_collisions(self._end_reset, run)
            else:
                wake(self.env, cron="ir_cron_reset")
        run.duration += time.monotonic() - started
        self._free_lease(owner)
        self._checkpoint()

    def _go_on_with_reset(self, run, owner, end, paced):
        """Step by step, each committed with what is left; False: the time is up."""

        def checkpoint():
            self._renew_lease(owner)
            self._checkpoint()
            return time.monotonic() < end

        if not self._take_away(run, checkpoint):
            return False
        while calendar_ids := self.reset_todo["cut"]:
            calendar = self.env["google.sync.calendar"].browse(calendar_ids[:1])
            more = calendar.exists()._detach_links(run, CHUNK)
            if not more:
                self._tick_off(cut=calendar_ids[1:])
            checkpoint()
        if self.reset_todo["contacts"] and not self.reset_todo.get("detached"):
            self._detach_contacts()
            self.contacts_next_try = UNTIL_ASKED
            self._forget_questions(False)
            self._tick_off(detached=True)
            checkpoint()
        if self.reset_todo["delete"]:
            return self._purge(run, checkpoint, paced)
        return True

    def _tick_off(self, **done):
        self.reset_todo = {**self.reset_todo, **done}

    def _rest_reset(self, run, message, seconds):
        """Not now: the scheduled action goes on then."""
        moment = fields.Datetime.now() + max(timedelta(seconds=seconds), RETRY)
        self.reset_next_at = moment
        run.message = message
        wake(self.env, moment, cron="ir_cron_reset")

    # -- the end ---------------------------------------------------------------

    def _end_reset(self, run):
        todo = self.reset_todo
        if todo["what"] == "account":
            self._forget_google()
        counts = run._count_lines()
        texts = todo.get("trouble") or {}
        partly = texts or counts.get(("google", "error"))
        run.write(
            {
                **count_vals(counts),
                "state": "partial" if partly else "done",
                "message": self._say(
                    lambda me: me._receipt(counts, texts.get(me.env.lang))
                ),
                "ended_at": fields.Datetime.now(),
            }
        )
        self._keep_result(run)
        self.write({"reset_todo": False, "reset_next_at": False})
        self._tell_owner()
        self._checkpoint()

    def _forget_google(self):
        """Another Google account may be connected; the options stay."""
        self._token_row().unlink()
        engine_rows(self.env, "google.sync.consent").search(
            [("account_id", "=", self.id)]
        ).unlink()
        calendar = self.calendar_id
        if calendar:
            # The same calendar is found again by its name, the main one without.
            self.calendar_name = False if calendar.is_primary else calendar.name
        self.write(
            {
                **dict.fromkeys(
                    ("google_sub", "google_email", "client_id_used", "calendar_id"),
                    False,
                ),
                **dict.fromkeys(
                    ("granted_scopes", "grant_expires_at", "reconnect_told"), False
                ),
                **dict.fromkeys(("agenda_granted", "contacts_granted"), False),
                "state": "off",
            }
        )

    def _forget_questions(self, calendar):
        """What was asked and not answered is asked again if it comes up again."""
        domain = [
            ("account_id", "=", self.id),
            ("state", "=", "open"),
            ("calendar_id", "=", calendar and calendar.id),
        ]
        self.env["google.sync.decision"].search(domain).unlink()
