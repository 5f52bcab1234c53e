"""Who was invited to connect, when and by whom: once, whoever else presses."""

from odoo import fields, models
from odoo.tools import SQL

#: What a colleague's account may be given before its first day: nothing that says
#: where data go, and nothing that makes Google send mails.
PREPARED = (
    "sync_events",
    "sync_contacts",
    "months_before",
    "months_after",
    "auto_push",
    "auto_pull",
    "pull_at_login",
    "confirm_deletions",
    "sync_series",
    "transfer_colors",
    "types_from_colors",
    "conflict_policy",
    "contact_label",
    "contact_deletions",
)


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    invited_at = fields.Datetime("Invited", readonly=True, copy=False)

    def _claim_invitation(self):
        """Those of these accounts that nobody has invited before; they are, now."""
        self.flush_model(["invited_at"])
        rows = self.env.execute_query(
            SQL(
                "UPDATE google_sync_account SET invited_at = %s"
                " WHERE id IN %s AND invited_at IS NULL RETURNING id",
                fields.Datetime.now(),
                tuple(self.ids) or (0,),
            )
        )
        self.invalidate_recordset(["invited_at"])
        return self.browse(row[0] for row in rows)

    def _prepare_as(self, model, with_rules):
        """The options of the account `model`, for those that never were connected."""
        fresh = self.filtered(lambda account: account._is_untouched())
        fresh.write({name: model[name] for name in PREPARED})
        if with_rules:
            for account in fresh:
                known = account.contact_rule_ids.mapped("domain")
                rules = model.contact_rule_ids.filtered(
                    lambda rule, known=known: rule.domain not in known
                )
                # By whoever prepares: a rule takes in what its author may see.
                rules.create(
                    [
                        {"account_id": account.id, "name": x.name, "domain": x.domain}
                        for x in rules
                    ]
                )
        return fresh

    def _is_untouched(self):
        """Never connected: what its owner has begun is theirs."""
        return self.state == "off" and not (self.connected_at or self.last_run_id)
