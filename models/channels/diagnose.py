"""Test: whether Google's messages reach this server, judged by what happened."""

from datetime import timedelta

from odoo import fields, models
from odoo.tools import format_datetime

from ..connection.diagnose import INFO, OK, WARNING

#: The first message comes at once, or not at all.
PATIENCE = timedelta(minutes=5)


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _checks(self, found):
        rows = super()._checks(found)
        if found.tokens and self.sync_events and self.agenda_granted:
            rows.append(self._check_push())
        return [check for check in rows if check]

    def _check_push(self):
        name = self.env._("Notifications from Google")
        polled = self.env._("Changes made in Google are fetched every ten minutes.")
        if not self.auto_pull:
            message = self.env._("Not wanted: “Regular update” is switched off.")
            return self._check_row("push", name, INFO, message)
        if not self._notify_address():
            message = self.env._("Google can only reach a public https address.")
            solution = self.env._(
                "An administrator may give Odoo one (system parameter web.base.url): "
                "changes made in Google then arrive within seconds."
            )
            return self._check_row("push", name, INFO, f"{message} {polled}", solution)
        channels = self._channels().filtered(
            lambda channel: channel.calendar_id in self._watched_calendars()
        )
        refused = channels.filtered(lambda channel: channel.state == "refused")
        if refused:
            return self._check_row(
                "push", name, WARNING, *self._why_refused(refused[0])
            )
        return self._check_row("push", name, *self._how_heard(channels, polled))

    def _why_refused(self, channel):
        message = self.env._(
            "Google does not send them (%s). Changes made in Google are fetched every "
            "ten minutes.",
            channel.reason,
        )
        if channel.reason == "pushNotSupportedForRequestedResource":
            return message, ""
        if channel.reason.startswith("push."):
            return message, self.env._(
                "An administrator checks that %s is a public https address with a "
                "valid certificate, and verifies its domain in Google's Search Console "
                "with the account that owns the Google application.",
                channel.address.partition("?")[0],
            )
        return message, self.env._("It is tried again by itself within a day.")

    def _how_heard(self, channels, polled):
        now = fields.Datetime.now()
        waiting = self.env["google.sync.knock"]._is_waiting(self)
        heard = [x.heard_at for x in channels if x._is_trusted(now)]
        if waiting or heard:
            last = max(heard, default=now)
            shown = format_datetime(self.env, last, dt_format="short")
            message = self.env._(
                "They reach this server, the last one on %s: changes made in Google "
                "arrive within seconds.",
                shown,
            )
            return OK, message
        opened = channels.filtered(lambda channel: channel.state == "open")
        if not opened or max(opened.mapped("opened_at")) > now - PATIENCE:
            message = self.env._("They are being arranged; test again in some minutes.")
            return INFO, f"{message} {polled}"
        solution = self.env._(
            "Google accepted the address %s, and no message has come: an administrator "
            "checks that it can be reached from the internet (firewall, proxy) and, "
            "where the server has several databases, that the addon is among the "
            "server-wide modules (server_wide_modules = base,rpc,web,google_sync).",
            opened[-1].address,
        )
        return WARNING, polled, solution
