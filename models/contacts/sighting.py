"""By what the contacts of an account's Google are recognised; made anew by each list.

Only hashes: what an address book holds beside the chosen contacts is nobody's
business in Odoo. Rows are written in bulk, never through the ORM.
"""

from odoo import api, fields, models
from odoo.tools import SQL


class GoogleSyncContactSighting(models.Model):
    _name = "google.sync.contact.sighting"
    _description = "Contact seen in Google"
    _log_access = False

    account_id = fields.Many2one(
        "google.sync.account", required=True, ondelete="cascade"
    )
    resource_name = fields.Char(required=True)
    key = fields.Char(required=True)

    _key_idx = models.Index("(account_id, key)")
    _name_idx = models.Index("(account_id, resource_name)")

    @api.model
    def _index(self, account, sightings):
        """Remember the keys of these contacts, in place of those from before."""
        self._forget(account, [seen.resource_name for seen in sightings])
        rows = [
            SQL("(%s, %s, %s)", account.id, seen.resource_name, key)
            for seen in sightings
            for key in dict.fromkeys(seen.keys)
        ]
        if rows:
            self.env.cr.execute(
                SQL(
                    "INSERT INTO google_sync_contact_sighting"
                    " (account_id, resource_name, key) VALUES %s",
                    SQL(", ").join(rows),
                )
            )

    @api.model
    def _forget(self, account, names=None):
        """Forget these contacts, or all."""
        which = SQL("TRUE")
        if names is not None:
            which = SQL("resource_name = ANY(%s)", list(names))
        self.env.cr.execute(
            SQL(
                "DELETE FROM google_sync_contact_sighting WHERE account_id = %s AND %s",
                account.id,
                which,
            )
        )

    @api.model
    def _find(self, account, keys):
        """{key: names of the contacts with it that no link on the list holds}."""
        self.env["google.sync.contact.link"].flush_model(["resource_name", "state"])
        self.env.cr.execute(
            SQL(
                "SELECT key, resource_name FROM google_sync_contact_sighting AS seen"
                " WHERE account_id = %(account)s AND key = ANY(%(keys)s)"
                " AND NOT EXISTS (SELECT 1 FROM google_sync_contact_link AS link"
                " WHERE link.account_id = %(account)s AND link.state <> 'off'"
                " AND link.resource_name = seen.resource_name)"
                " ORDER BY key, resource_name",
                account=account.id,
                keys=list(keys),
            )
        )
        found = {}
        for key, name in self.env.cr.fetchall():
            found.setdefault(key, []).append(name)
        return {key: tuple(names) for key, names in found.items()}
