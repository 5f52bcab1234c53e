"""What the Synchronisation tab shows of an account: one list, for fields and views.

A plain user may write nothing on users but a list of own fields; hence mirrors of the
account's fields. They come from the account that the reader's rights allow, read with
these very rights: `google_sync_account_id` is computed and nobody can name another.
"""

from typing import NamedTuple

from odoo import fields

from ..account.account import OPTION_FIELDS

USER = "google_sync.group_user"
PREFIX = "google_sync_"


class Mirror(NamedTuple):
    """A field of the account and its name on the user, without the prefix."""

    source: str
    kind: type[fields.Field]
    name: str = ""

    @property
    def field_name(self):
        return PREFIX + (self.name or self.source)

    @property
    def is_option(self):
        return self.source in OPTION_FIELDS

    def field(self):
        return self.kind(
            related=f"google_sync_account_id.{self.source}",
            related_sudo=False,
            readonly=not self.is_option,
            groups=USER,
        )


MIRRORS = (
    # The connection.
    Mirror("light", fields.Selection),
    Mirror("suspended_message", fields.Char),
    Mirror("google_login", fields.Char, "login"),
    Mirror("google_email", fields.Char, "email"),
    Mirror("grant_expires_at", fields.Datetime),
    Mirror("not_granted", fields.Char),
    Mirror("delegated_message", fields.Char),
    Mirror("waits_for_person", fields.Boolean, "waits"),
    Mirror("decision_count", fields.Integer),
    Mirror("left_behind", fields.Integer),
    Mirror("limit_message", fields.Char),
    Mirror("last_success_at", fields.Datetime),
    Mirror("last_message", fields.Char),
    # The agenda.
    Mirror("sync_events", fields.Boolean, "events"),
    Mirror("calendar_id", fields.Many2one),
    Mirror("calendar_name", fields.Char),
    Mirror("mode", fields.Selection, "account_mode"),
    Mirror("calendar_ids", fields.One2many, "calendars"),
    Mirror("months_before", fields.Integer),
    Mirror("months_after", fields.Integer),
    Mirror("auto_push", fields.Boolean),
    Mirror("auto_pull", fields.Boolean),
    Mirror("pull_at_login", fields.Boolean),
    Mirror("confirm_deletions", fields.Boolean),
    Mirror("sync_series", fields.Boolean, "series"),
    Mirror("transfer_colors", fields.Boolean),
    Mirror("types_from_colors", fields.Boolean),
    Mirror("color_clash", fields.Char),
    Mirror("guests_as_contacts", fields.Boolean),
    Mirror("distribution", fields.Selection),
    Mirror("conflict_policy", fields.Selection),
    # The contacts.
    Mirror("sync_contacts", fields.Boolean, "contacts"),
    Mirror("contact_deletions", fields.Selection),
    Mirror("contact_label", fields.Boolean),
    Mirror("contact_proposals", fields.Char),
    Mirror("contact_link_ids", fields.One2many),
    Mirror("contacts_synced_at", fields.Datetime),
    Mirror("contacts_chosen", fields.Integer),
    Mirror("contacts_in_google", fields.Integer),
    Mirror("contacts_waiting", fields.Integer),
    Mirror("contacts_without", fields.Integer),
    Mirror("contacts_ambiguous", fields.Integer),
    Mirror("contacts_gone", fields.Integer),
    Mirror("contacts_failed", fields.Integer),
    # Colleagues.
    Mirror("delegate_names", fields.Char),
)
OPTIONS = tuple(mirror.field_name for mirror in MIRRORS if mirror.is_option)
