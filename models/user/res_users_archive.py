"""A user who leaves: archived, no access to Google is kept; made portal, it rests.

Every link is kept in either case.
"""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import str2bool

from ..tools.edge import engine_rows, is_portal, parameter

#: Also end the grant at Google, which other databases may use too.
PARAMETER = "google_sync.revoke_archived"


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    google_sync_revoke_archived = fields.Boolean(
        "Archived users: take the access back at Google", config_parameter=PARAMETER
    )


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        internal = self._google_sync_internal() if "group_ids" in vals else None
        result = super().write(vals)
        if internal is not None:
            now = self._google_sync_internal()
            # sudo: who may change the groups has the account rest or go on.
            accounts = engine_rows(self.env, "google.sync.account")
            accounts._users_turned(left=internal - now, back=now - internal)
        if "active" in vals:
            # Who may archive the user has the access to Google end.
            accounts = engine_rows(self.env, "google.sync.account")
            mine = accounts.search([("user_id", "in", self.ids)])
            if vals["active"]:
                mine._user_is_back()
            else:
                mine._user_is_archived()
        return result

    def _google_sync_internal(self):
        return self.filtered(lambda user: not is_portal(user))


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    ended_by_archive = fields.Boolean(
        readonly=True, copy=False, help="Connected when its user was archived"
    )

    def _user_is_archived(self):
        """Erase the tokens and stop; links and journal stay for the user's return."""
        # sudo: an option of the server's, whoever archives.
        option = parameter(self.env, PARAMETER)
        revoke = str2bool(option or "", False)
        for account in self.filtered(lambda account: account.state != "off"):
            account.disconnect(revoke=revoke)
            account.write(
                {
                    "ended_by_archive": True,
                    "unfinished": False,
                    "next_try": False,
                    # A run that is at work stops when it renews its lease.
                    "lease_owner": False,
                    "lease_until": False,
                    "last_message": account._say(
                        lambda me: me.env._(
                            "The user was archived: the access to Google was erased. "
                            "Links and journal are kept."
                        )
                    ),
                }
            )

    def _user_is_back(self):
        for account in self.filtered("ended_by_archive"):
            account.write(
                {
                    "ended_by_archive": False,
                    "state": "to_reconnect",
                    "last_message": account._say(
                        lambda me: me.env._(
                            "The user is back: press Connect to go on. Every link with "
                            "Google was kept."
                        )
                    ),
                }
            )

    @api.model
    def _users_turned(self, left, back):
        """Internal users until now, and again from now on; the tokens stay."""
        going = Domain("state", "!=", "off")
        for account in self.search(going & Domain("user_id", "in", left.ids)):
            account.last_message = account._say(lambda me: me._outsider_message())
        for account in self.search(going & Domain("user_id", "in", back.ids)):
            account.last_message = account._say(
                lambda me: me.env._("An internal user again: it goes on by itself.")
            )
            account._wake_contacts()
            account._wake_pull()
