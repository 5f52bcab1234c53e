"""The service account of a company, and the domain whose users it may sign in as."""

from odoo import fields, models

from ...google_api.oauth import AGENDA_SCOPES, CONTACTS_SCOPES, IDENTITY_SCOPES
from ...google_api.workspace import Delegation, parse_key_file, to_json

#: What the Workspace administrator delegates: all of it, to the letter.
DELEGATED_SCOPES = (*IDENTITY_SCOPES, *AGENDA_SCOPES, *CONTACTS_SCOPES)


class ResCompany(models.Model):
    _inherit = "res.company"

    google_sync_workspace_key = fields.Char(
        "Key of the Google service account", groups=fields.NO_ACCESS, copy=False
    )
    google_sync_workspace_account = fields.Char(
        "Google service account", groups="base.group_system", copy=False
    )
    google_sync_workspace_client = fields.Char(
        "Client id of the Google service account",
        groups="base.group_system",
        copy=False,
    )
    google_sync_workspace_domain = fields.Char(
        "Google Workspace domain", groups="base.group_system", copy=False
    )

    def _google_sync_take_service_account(self, account):
        """Keep a service account's key; its users are those of the former one no more.

        `account`: what `parse_key_file` read, or None to forget it.
        """
        # sudo: settings are administrators'; the key is for the server alone.
        company = self.sudo()
        company.google_sync_workspace_account = account and account.client_email
        company.google_sync_workspace_client = account and account.client_id
        text = to_json(account) if account else ""
        company._google_sync_keep("google_sync_workspace_key", text)

    def _google_sync_delegation(self, subject, scopes):
        """The service account acting as `subject`, or None without one."""
        text = self._google_sync_secret("google_sync_workspace_key")
        if not text:
            return None
        return Delegation(parse_key_file(text), subject, tuple(scopes))

    def _google_sync_workspace_domains(self):
        """The domains of the company's Google Workspace, in small letters."""
        # sudo: a domain is no secret.
        text = self.sudo().google_sync_workspace_domain or ""
        return {part.strip(" @.").lower() for part in text.split(",")} - {""}
