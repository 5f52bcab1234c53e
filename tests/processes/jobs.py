"""What a worker process does in Odoo: one function for each job, JSON in and out."""

import logging
import time
from contextlib import contextmanager
from datetime import timedelta

import psycopg2

from odoo import SUPERUSER_ID, api, fields, sql_db
from odoo.modules.registry import Registry

from odoo.addons.base.models.ir_cron import IrCron

PATIENCE = 150
DOWN = (psycopg2.OperationalError, psycopg2.InterfaceError)
WAITING = """
    SELECT count(*) FROM google_sync_account AS account
     WHERE state IN ('connected', 'error')
       AND (next_try IS NULL OR next_try < '2100-01-01')
       AND (unfinished OR lease_until IS NOT NULL
            OR (auto_pull AND COALESCE(next_pull_at, %(now)s) <= %(now)s)
            OR EXISTS (SELECT 1 FROM google_sync_pending AS pending
                        WHERE pending.account_id = account.id))
"""


@contextmanager
def environment(database):
    with Registry(database).cursor() as cr:
        yield api.Environment(cr, SUPERUSER_ID, {})


# -- making the agendas ----------------------------------------------------------------


def connect(database, logins):
    """Users with accounts, connected through Google's real consent."""
    # Only here: it imports all tests.
    from odoo.addons.google_sync.tests.common import GoogleMixin, new_test_user

    with environment(database) as env:
        desk = type("Desk", (GoogleMixin,), {"env": env})
        for login in logins:
            user = new_test_user(env, login, "base.group_user", tz="Europe/Paris")
            desk.connect(user)
        keep_our_crons(env)
    return {}


def keep_our_crons(env):
    """Only ours run; a third one, for three processes."""
    ours = env.ref("google_sync.ir_cron_synchronise")
    ours += env.ref("google_sync.ir_cron_synchronise_second")
    (env["ir.cron"].search([]) - ours).active = False
    ours[0].copy()


def fill(database, counts):
    """{login: number of events} into the agendas, before any synchronisation."""
    with environment(database) as env:
        for login, count in counts.items():
            create_events(env, login, [f"{login} {n}" for n in range(count)])
        env["google.sync.pending"].search([]).unlink()
    return {}


def edit(database, login, names):
    """A user makes events: saved, queued and committed when this returns."""
    with environment(database) as env:
        create_events(env, login, names)
    return {}


def create_events(env, login, names):
    user = env["res.users"].search([("login", "=", login)])
    day = fields.Datetime.now().replace(hour=8, minute=0, second=0) + timedelta(days=1)
    starts = [day + timedelta(hours=n) for n in range(len(names))]
    events = env["calendar.event"].with_user(user)
    events.with_context(no_mail_to_attendees=True, dont_notify=True).create(
        [
            {
                "name": name,
                "start": start,
                "stop": start + timedelta(hours=1),
                "partner_ids": [(6, 0, user.partner_id.ids)],
            }
            for name, start in zip(names, starts, strict=True)
        ]
    )


# -- working ---------------------------------------------------------------------------


def synchronise(database, rounds=None, slice_seconds=None):
    """What Odoo's cron worker does, until no account has anything left to do.

    rounds: that many looks at the scheduled actions instead.
    """
    if slice_seconds:
        set_slice(slice_seconds)
    end, made = time.monotonic() + PATIENCE, 0
    with errors_logged() as errors:
        while made != rounds and not is_settled(database):
            if time.monotonic() > end:
                raise TimeoutError(f"accounts with work left; logged: {errors}")
            look(database)
            made += 1
    return {"rounds": made, "errors": errors}


def look(database):
    """The clock strikes; one look at the scheduled actions that are due."""
    try:
        with sql_db.db_connect(database).cursor() as cr:
            cr.execute(
                "INSERT INTO ir_cron_trigger (cron_id, call_at)"
                " SELECT id, %s FROM ir_cron WHERE active",
                [fields.Datetime.now()],
            )
        IrCron._process_jobs(database)
    except DOWN:
        # As Odoo's server: a worker that lost its connection takes a new one.
        return


def is_settled(database):
    try:
        with sql_db.db_connect(database).cursor() as cr:
            cr.execute(WAITING, {"now": fields.Datetime.now()})
            return not cr.fetchone()[0]
    except DOWN:
        return False


def set_slice(seconds):
    """Shorter turns, so that a few hundred events take many."""
    from odoo.addons.google_sync.models.running import sync

    sync.SLICE = seconds


def watch(database):
    """A channel for each calendar, as the scheduled action opens them."""
    with environment(database) as env:
        env["google.sync.account"]._cron_keep_channels()
        return {"open": env["google.sync.channel"].search_count([])}


def run(database, login):
    """A person's "Synchronise now"."""
    with environment(database) as env:
        user = env["res.users"].search([("login", "=", login)])
        account = env["google.sync.account"].with_user(user)
        done = account.search([("user_id", "=", user.id)]).run_sync()
        return {
            "state": done.state,
            "message": done.message or "",
            "lines": len(done.line_ids),
        }


def contend(database, times):
    """Take and free the next account, as fast as possible: [account, from, until]."""
    held = []
    with environment(database) as env, errors_logged() as errors:
        accounts = env["google.sync.account"]
        while len(held) < times:
            account = accounts._lease_next()
            if account:
                since = time.monotonic()
                owner = account.lease_owner
                env.cr.commit()
                held.append([account.id, since, time.monotonic()])
                account._free_lease(owner)
            env.cr.commit()
    return {"held": held, "errors": errors}


@contextmanager
def errors_logged():
    """The texts of all errors that anything in this process logs."""
    texts = []

    class Collector(logging.Handler):
        def emit(self, record):
            texts.append(self.format(record))

    collector = Collector(logging.ERROR)
    logging.getLogger().addHandler(collector)
    try:
        yield texts
    finally:
        logging.getLogger().removeHandler(collector)
