"""How long the journal is kept; what still waits for an answer is kept with it."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.edge import parameter

PARAMETER = "google_sync.journal_days"
DEFAULT_DAYS = 90
CHUNK = 1000


def kept_until(env):
    """What is older may be forgotten."""
    text = parameter(env, PARAMETER)
    # What makes no sense must not empty the journal.
    days = int(text) if text.isdigit() and int(text) else DEFAULT_DAYS
    return fields.Datetime.now() - timedelta(days=days)


def without_doubles(env, table, same):
    """Delete the older rows of a queue that say what a newer one says.

    Of an account that nobody empties the queue for: it grows with the records then,
    and not with the edits.
    """
    env.cr.execute(
        SQL(
            "DELETE FROM %(table)s WHERE id IN (SELECT id FROM ("
            "SELECT id, row_number() OVER (PARTITION BY %(same)s"
            " ORDER BY edited_at DESC, id DESC) AS place FROM %(table)s"
            ") AS placed WHERE place > 1)",
            table=SQL.identifier(table),
            same=SQL(", ").join(map(SQL.identifier, same)),
        )
    )


class GoogleSyncRun(models.Model):
    _inherit = "google.sync.run"

    @api.autovacuum
    def _gc_old(self):
        """Forget what is older than the retention, by chunks: lines are many."""
        limit = kept_until(self.env)
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT run.id FROM google_sync_run AS run"
                " WHERE run.started_at < %s AND NOT EXISTS ("
                "SELECT 1 FROM google_sync_run_line AS line"
                " JOIN google_sync_decision AS decision"
                " ON decision.account_id = line.account_id"
                " AND decision.google_id = line.google_id"
                " WHERE line.run_id = run.id AND decision.state = 'open')"
                " ORDER BY run.id LIMIT %s",
                limit,
                CHUNK,
            )
        )
        runs = self.browse(row[0] for row in rows)
        runs.unlink()
        return len(runs), len(runs) == CHUNK
