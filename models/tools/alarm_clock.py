"""Waking the scheduled actions: now without waiting for it, or at a given second.

Odoo rings them over a connection of its own, while the person who saved waits; and it
looks at future triggers once a minute, which a first push that waits for Google's quota
would lose each time. So a thread of this process rings. Lost with the process, it costs
that minute and nothing else.
"""

import logging
from queue import SimpleQueue
from threading import Lock, Thread, Timer

import psycopg2

from odoo import modules, sql_db
from odoo.tools import SQL

from odoo.addons.base.models.ir_cron import ODOO_NOTIFY_FUNCTION

_logger = logging.getLogger(__name__)

LONGEST = 600


class _Bell:
    """One thread that rings for all; started when it is needed, and after a fork."""

    def __init__(self):
        self._asked = SimpleQueue()
        self._thread = None
        self._starting = Lock()

    def ring(self, database):
        self._asked.put(database)
        if self._thread is None or not self._thread.is_alive():
            with self._starting:
                if self._thread is None or not self._thread.is_alive():
                    self._thread = Thread(
                        target=self._run, name="google_sync.bell", daemon=True
                    )
                    self._thread.start()

    def _run(self):
        while True:
            waiting = {self._asked.get()}
            while not self._asked.empty():
                waiting.add(self._asked.get())
            for database in waiting:
                _ring(database)


_bell = _Bell()


def ring_now(database):
    """Wake the scheduled actions of `database`, without waiting until it is done."""
    if not modules.module.current_test:
        _bell.ring(database)


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
