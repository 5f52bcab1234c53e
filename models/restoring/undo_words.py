"""What an undo says of what it leaves as it is."""

from odoo import models

from ..tools.plural import plural


def left_message(account, report):
    """What was left, counted; "" for nothing."""
    left = sum(n for why, n in report.left_alone.items() if why.startswith("undo_"))
    return account._say(lambda me: me._undo_left_message(left)) if left else ""


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _undo_left_message(self, number):
        return plural(
            self.env,
            number,
            self.env._("%s entry is left as it is; its line says why.", number),
            self.env._("%s entries are left as they are; their lines say why.", number),
        )
