"""The support bundle: what somebody who helps wants to know, and nothing of anybody.

Everything in it is a number, a moment, a yes or no, or a word out of a fixed list.
Texts are left out, whatever they say: titles, names, addresses, Google's answers.
"""

import io
import json
import platform
import re
import zipfile
from datetime import datetime
from importlib import metadata

from odoo import api, fields, models, release
from odoo.exceptions import AccessError
from odoo.modules.module import get_manifest

from ...google_api.endpoints import Endpoints
from ..account.account import OPTION_FIELDS
from ..connection.diagnose_google import CRONS
from ..connection.res_company import is_loopback, is_redirect_allowed
from ..tools.edge import engine_rows, parameter
from ..tools.options import DEFAULTS, server_number, server_option

#: Runs of each account that are in it.
RUNS = 50
#: Accounts of which Google is asked; with more it would take too long.
TESTED = 20
#: Lines that tell what went wrong, of each account.
LINES = 200
_WORD = re.compile(r"[A-Za-z][\w.:-]{0,60}")
#: Options that a person types: only whether.
_TYPED = frozenset({"google_login", "calendar_name", "calendar_id", "delegate_ids"})
_STATE = (
    *("state", "light", "first_day", "agenda_granted", "contacts_granted"),
    *("events_trouble", "events_reason", "contacts_trouble", "contacts_reason"),
    *("next_try", "failures", "next_pull_at", "unfinished", "last_success_at"),
    *("contacts_next_try", "contacts_failures", "contacts_next_at"),
    *("contacts_unfinished", "contacts_synced_at", "last_sweep_at"),
    *("grant_expires_at", "connected_at", "paused_at", "lease_until"),
    *("last_slice_at", "access_refusals", "contacts_refusals", "limit_reached"),
)
_RUN = (
    *("trigger", "mode", "scope", "state", "started_at", "ended_at", "duration"),
    *("requests", "pulled_created", "pulled_updated", "pulled_deleted"),
    *("pushed_created", "pushed_updated", "pushed_deleted", "adopted"),
    *("skipped", "errors_count", "question_count", "mail_count"),
)
_LINE = ("action", "side", "res_model", "reason", "started_at")
_LIBRARIES = (
    *("google-api-python-client", "google-auth", "google-auth-httplib2", "httplib2"),
    *("cryptography", "vobject", "phonenumbers", "psycopg2", "psycopg2-binary"),
)


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def action_support_bundle(self):
        """The bundle of these accounts, as a file."""
        self._check_may_manage()
        ids = ",".join(map(str, self.ids))
        return {
            "type": "ir.actions.act_url",
            "url": f"/google_sync/support.zip?ids={ids}",
            "target": "download",
        }

    @api.model
    def _all_for_support(self):
        """Those of all companies that an administrator sees."""
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(
                self.env._("Only an administrator may have the bundle of everybody.")
            )
        return self.search([("user_id", "!=", False)])

    def _support_bundle(self):
        """The bytes of a zip; the caller has checked whose accounts these are."""
        # sudo: states that only the engine reads; nothing of a person is among them.
        accounts = self.sudo()
        files = {
            "server.json": accounts._of_the_server(),
            "accounts.json": [account._of_the_account() for account in accounts],
            "runs.json": [account._of_the_runs() for account in accounts],
            "test.json": [account._of_the_test() for account in accounts[:TESTED]],
        }
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bundle:
            for name, content in files.items():
                text = json.dumps(content, indent=1, default=_plain, sort_keys=True)
                bundle.writestr(name, text)
        return buffer.getvalue()

    # -- the parts -------------------------------------------------------------

    @api.model
    def _of_the_server(self):
        base = parameter(self.env, "web.base.url")
        return {
            "made_at": fields.Datetime.now(),
            "addon": get_manifest("google_sync").get("version"),
            "odoo": release.version,
            "python": platform.python_version(),
            "system": platform.system(),
            "postgresql": self.env.cr._cnx.server_version,
            "libraries": _versions(),
            "options": self._of_the_options(),
            "scheduled_actions": self._of_the_crons(),
            "neutralised": bool(parameter(self.env, "database.is_neutralized")),
            "paused_for_all": self._is_paused_for_all(),
            "public_https_address": is_redirect_allowed(base) and not is_loopback(base),
            "neighbours": self._neighbours(),
            "accounts": self.search_count([]),
            "companies": self.env["res.company"].search_count([]),
        }

    @api.model
    def _of_the_options(self):
        """Whether they are set; numbers as they are."""
        numbers = {
            name: server_number(name) for name in ("user_quota", "project_quota")
        }
        return {
            **{name: bool(server_option(name)) for name in DEFAULTS},
            **numbers,
            "api_root_is_safe": Endpoints(server_option("api_root")).is_safe,
        }

    @api.model
    def _of_the_crons(self):
        names = (*CRONS, "ir_cron_reset", "ir_cron_endings", "ir_cron_channels")
        found = {name: self.env.ref(f"google_sync.{name}", False) for name in names}
        return {
            name: cron
            and {
                "active": cron.active,
                "last": cron.lastcall,
                "next": cron.nextcall,
                "failures": cron.failure_count,
            }
            for name, cron in found.items()
        }

    @api.model
    def _neighbours(self):
        """Modules of Odoo that touch the same records."""
        names = ["google_calendar", "microsoft_calendar", "hr_calendar", "crm"]
        modules = self.env["ir.module.module"]
        installed = [("name", "in", names), ("state", "=", "installed")]
        return modules.search(installed, order="name").mapped("name")

    def _of_the_account(self):
        options = {
            name: bool(self[name]) if name in _TYPED else _word(self[name])
            for name in OPTION_FIELDS
        }
        count = self._counted
        return {
            "account": self.id,
            "active_user": self.user_id.active,
            "internal_user": not self.user_id.share,
            "options": options,
            "state": {name: _word(self[name]) for name in _STATE},
            "tokens": bool(self._token_row()),
            "resetting": bool(self.reset_todo),
            "calendars": [place._of_the_calendar() for place in self.calendar_ids],
            "events": count("google.sync.event.link", "kind", "state", "problem"),
            "contacts": count("google.sync.contact.link", "state", "problem"),
            "questions": count("google.sync.decision", "kind", "state"),
            "waiting_edits": count("google.sync.pending"),
            "waiting_contacts": count("google.sync.contact.pending"),
            "waiting_requests": count("google.sync.request"),
            "waiting_messages": count("google.sync.knock"),
            "channels": [
                {name: _word(channel[name]) for name in _CHANNEL}
                for channel in self._channels()
            ],
        }

    def _counted(self, model, *groups):
        """Numbers of rows of this account, by words."""
        rows = engine_rows(self.env, model)._read_group(
            [("account_id", "=", self.id)], groups, ["__count"]
        )
        return [[*(_word(value) for value in row[:-1]), row[-1]] for row in rows]

    def _of_the_runs(self):
        mine = [("account_id", "=", self.id)]
        runs = self.env["google.sync.run"].search(mine, limit=RUNS)
        lines = self.env["google.sync.run.line"].search(
            [*mine, ("action", "=", "error")], limit=LINES
        )
        return {
            "account": self.id,
            "runs": [{name: _word(run[name]) for name in _RUN} for run in runs],
            "errors": [{name: _word(line[name]) for name in _LINE} for line in lines],
        }

    def _of_the_test(self):
        """How each check came out; its words name calendars and addresses."""
        statuses = {check["check"]: check["status"] for check in self.diagnose()}
        return {"account": self.id, "checks": statuses}


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    def action_google_sync_support_bundle(self):
        accounts = self.env["google.sync.account"]._all_for_support()
        return {**accounts.action_support_bundle(), "url": "/google_sync/support.zip"}


class GoogleSyncCalendar(models.Model):
    _inherit = "google.sync.calendar"

    def _of_the_calendar(self):
        cursor = self._to_cursor()
        return {
            "calendar": self.id,
            "main": self.is_main,
            "primary": self.is_primary,
            "mode": self.mode,
            "role": self.access_role,
            "listed": self.listed,
            "listed_to_the_end": bool(cursor.sync_token),
            "listing": bool(cursor.page_token),
            "last_success_at": self.last_success_at,
        }


_CHANNEL = ("state", "reason", "opened_at", "expires_at", "renew_at", "heard_at")


def _word(value):
    """A value that tells nothing of anybody: a number, a moment, or one plain word."""
    if isinstance(value, dict):
        return {key: _word(each) for key, each in value.items() if _word(key)}
    if isinstance(value, models.BaseModel):
        return len(value)
    if isinstance(value, str):
        return value if _WORD.fullmatch(value) else "..."
    return value


def _plain(value):
    return fields.Datetime.to_string(value) if isinstance(value, datetime) else None


def _versions():
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
