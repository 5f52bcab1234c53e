"""The bell: heard by the cron workers' connection, rung by one thread for all."""

import select
import threading
from contextlib import closing

from odoo import sql_db
from odoo.tests import TransactionCase, tagged

from ...models.tools.alarm_clock import _Bell


@tagged("post_install", "-at_install")
class TestAlarmClock(TransactionCase):
    def test_it_is_heard_and_needs_one_thread(self):
        bell, name = _Bell(), self.env.cr.dbname
        threads = threading.active_count()
        with closing(sql_db.db_connect("postgres").cursor()) as cr:
            cr._cnx.autocommit = True
            cr.execute("LISTEN cron_trigger")
            for _time in range(3):
                bell.ring(name)
            self.assertTrue(self.heard(cr, name))
        self.assertLessEqual(threading.active_count(), threads + 1)

    @staticmethod
    def heard(cr, name):
        connection = cr._cnx
        while select.select([connection], [], [], 10)[0]:
            connection.poll()
            while connection.notifies:
                if connection.notifies.pop().payload == name:
                    return True
        return False
