"""The database that an account is bound to: a copy of it is suspended."""

from odoo import models

from ..tools.edge import parameter


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _current_database(self):
        uuid = parameter(self.env, "database.uuid")
        return {"database_uuid": uuid, "database_name": self.env.cr.dbname}

    def _is_suspended(self):
        """Nothing may be asked of Google, whatever was granted."""
        return self._is_of_outsider() or self._is_copied()

    def _is_copied(self):
        """As superuser: a copy of the database must not touch the live one's Google."""
        self.ensure_one()
        neutral = parameter(self.env, "database.is_neutralized")
        if self.state == "suspended" or neutral:
            return True
        bound = {name: self[name] for name in ("database_uuid", "database_name")}
        return bool(self.database_uuid) and bound != self._current_database()

    def _suspended_message(self):
        if self._is_of_outsider():
            return self._outsider_message()
        if parameter(self.env, "database.is_neutralized"):
            return self.env._(
                "This database is neutralised: nothing goes to Google and nothing is "
                "fetched."
            )
        return self.env._(
            "This database is a copy of the one that %s connected with: nothing goes "
            "to Google until an administrator says that it is the live one.",
            self._label(),
        )
