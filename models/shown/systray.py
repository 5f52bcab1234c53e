"""What the web client shows of an account all day, and telling it when that changes.

One payload with the page, then the bus: nothing is polled.
"""

import time

from odoo import api, fields, models

_SHOWN = frozenset({"state", "events_trouble", "contacts_trouble"})


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def write(self, vals):
        said = self._said() if "last_message" in vals else None
        result = super().write(vals)
        # The words of a run come after its light: a page is to have both of one time.
        if not _SHOWN.isdisjoint(vals) or said not in (None, self._said()):
            self._tell_owner()
        return result

    def _said(self):
        return [account.last_message for account in self]

    # -- what is shown ---------------------------------------------------------

    @api.model
    def _session_state(self):
        """What goes with the page, for an internal user; False: nothing to show."""
        account = self._mine()
        state = account._systray_state()
        agendas = bool(account) or self._sees_other_agendas()
        shown = {"account": state, "agendas": agendas, "at": time.time()}
        return shown if state or agendas else False

    @api.model
    def my_state(self):
        """What the systray of the current user shows now; False without account."""
        return self._mine()._systray_state()

    @api.model
    def sync_mine(self):
        """Have my account synchronised now; "" or why it has to wait."""
        account = self._mine()
        return account._request_sync().get(account.id, "")

    def _systray_state(self):
        """The account as its owner's web client knows it; False without account."""
        if not self:
            return False
        waiting = self._count_questions()
        at = fields.Datetime.to_string
        return {
            **self._light_state(),
            "email": self.google_email or "",
            "calendars": self._calendar_names(),
            "message": self.last_message or "",
            "refused": self.not_granted or "",
            "at_opening": self.pull_at_login,
            "deletions": waiting["deletions"],
            "newest_deletion": waiting["newest"],
            "questions": waiting["questions"],
            "way_in": self.connect_way if self.state == "off" else "",
            "ends_at": at(self.grant_expires_at) or False,
        }

    def _calendar_names(self):
        """Which calendars are synchronised, where they are several."""
        names = self._calendars_in_use().mapped("display_name")
        return ", ".join(names) if len(names) > 1 else ""

    def _light_state(self):
        """Light, words and times of an account, for whoever may see it."""
        labels = dict(self._fields["light"]._description_selection(self.env))
        return {
            "id": self.id,
            "partner_id": self.user_id.partner_id.id,
            "name": self._label(),
            "light": self.light,
            "label": labels[self.light],
            "last_success": fields.Datetime.to_string(self.last_success_at) or False,
            "running": self._is_working(),
        }

    def _count_questions(self):
        """Open decisions: deletions, all others, and the newest deletion's id."""
        groups = self.env["google.sync.decision"]._read_group(
            [("account_id", "=", self.id), ("state", "=", "open")],
            ["kind", "about_contacts"],
            ["__count", "id:max"],
        )
        found = {"deletions": 0, "questions": 0, "newest": 0}
        for kind, about_contacts, count, newest in groups:
            if kind in ("deletion", "brake") and not about_contacts:
                found["deletions"] += count
                found["newest"] = max(found["newest"], newest)
            else:
                found["questions"] += count
        return found

    # -- telling ---------------------------------------------------------------

    def _tell_owner(self):
        result = super()._tell_owner()
        for account in self:
            owner = account.user_id
            theirs = account.with_context(lang=owner.lang)
            state = {"account": theirs._systray_state(), "at": time.time()}
            owner._bus_send("google_sync/state", state)
        return result

    def _tell_end(self, run, asked_by):
        super()._tell_end(run, asked_by)
        if run.state == "running" or not (run or asked_by):
            return
        self._tell_owner()
        for user in self.user_id | asked_by:
            theirs = self.with_context(lang=user.lang, tz=user.tz)
            state = theirs._end_state(run, asked_by == user)
            # What each of them may answer.
            state["questions"] = self.with_user(user)._questions_for_me()
            user._bus_send("google_sync/run", state)

    def _end_state(self, run, asked):
        run = run.with_env(self.env)
        return {
            **self._light_state(),
            # A page that connects is given what was sent before it was loaded, too.
            "at": time.time(),
            "asked": asked,
            "trigger": run.trigger,
            "state": run.state or "done",
            "run_id": run.id,
            "summary": run._summary() if run else self._in_step_message(),
            "changed": bool(
                run.pulled_created or run.pulled_updated or run.pulled_deleted
            ),
        }
