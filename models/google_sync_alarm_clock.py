"""Waking the scheduled actions at a given second.

Odoo looks at future triggers once a minute. A first push that waits for Google's quota
would lose up to a minute each time; so the process that waits rings by itself. Lost
with the process, it costs that minute and nothing else.
"""

import logging
from threading import Timer

import psycopg2

from odoo import modules, sql_db
from odoo.tools import SQL

from odoo.addons.base.models.ir_cron import ODOO_NOTIFY_FUNCTION

_logger = logging.getLogger(__name__)

LONGEST = 600


def ring_at(database, seconds):
    """Wake the scheduled actions of `database` in so many seconds, if that is soon."""
    if modules.module.current_test or seconds > LONGEST:
        return
    timer = Timer(seconds, _ring, [database])
    timer.daemon = True
    timer.start()


def _ring(database):
    try:
        with sql_db.db_connect("postgres").cursor() as cr:
            notify = SQL.identifier(ODOO_NOTIFY_FUNCTION)
            cr.execute(SQL("SELECT %s('cron_trigger', %s)", notify, database))
    except psycopg2.Error as error:
        _logger.info("Scheduled actions not woken: %s", error)
