"""While a plan is made nothing is committed, for minutes where there is much to read.

Meanwhile the lease is kept on a cursor of its own, Stop is heard, and the page that
waits is told how far it is.
"""

import time

from odoo import fields
from odoo.tools import SQL

from .lease import LEASE, LeaseLost

#: Seconds between two looks.
EVERY = 2.0


class StopAsked(Exception):
    """A person stopped the run while its plan was made: nothing was written."""


class Watch:
    """To be called between two steps of a plan, with the changes found until then.

    Raises LeaseLost when another process took the account over, StopAsked when a
    person does not want the plan any more.
    """

    def __init__(self, account, run, owner):
        self.account = account
        self.run = run
        self.owner = owner
        self.next = time.monotonic() + EVERY

    def __call__(self, found=0):
        if time.monotonic() < self.next:
            return
        with self.account.env.registry.cursor() as cr:
            self._keep_lease(cr)
            self._hear_stop(cr)
            if found:
                env = self.account.env(cr=cr)
                self.run.with_env(env)._tell_progress(found=found)
        self.next = time.monotonic() + EVERY

    def _keep_lease(self, cr):
        """What this very transaction holds locked, nobody else can lease."""
        now = fields.Datetime.now()
        cr.execute(
            SQL(
                "UPDATE google_sync_account SET lease_until = %s WHERE id = ("
                "SELECT id FROM google_sync_account WHERE id = %s AND lease_owner = %s"
                " AND lease_until < %s FOR NO KEY UPDATE SKIP LOCKED)",
                now + LEASE,
                self.account.id,
                self.owner,
                now + LEASE / 2,
            )
        )
        cr.execute(
            SQL(
                "SELECT lease_owner FROM google_sync_account WHERE id = %s",
                self.account.id,
            )
        )
        if cr.fetchone() != (self.owner,):
            raise LeaseLost(self.account.id)

    def _hear_stop(self, cr):
        cr.execute(
            SQL("SELECT stop_requested FROM google_sync_run WHERE id = %s", self.run.id)
        )
        if cr.fetchone() == (True,):
            raise StopAsked(self.run.id)
