"""Odoo loaded once, and a process forked from it for each worker, as Odoo's own prefork
server does: `prefork.py SOCKET DATABASE OPENED`, in Odoo's environment. OPENED is a
file descriptor that is closed once SOCKET takes connections.

Whoever connects to SOCKET gets a process of their own: it says its id, reads an order
(a line of JSON: job, options), does it and answers with a line. A connection that ends
without an answer is a process that died. Ends when its standard input does.
"""

import json
import os
import random
import select
import signal
import socket
import sys
import traceback

import jobs

from odoo import sql_db
from odoo.modules.registry import Registry
from odoo.service.server import load_server_wide_modules
from odoo.tools import config


def main(path, database, opened):
    options = ["--no-http", "--max-cron-threads=0", f"--database={database}"]
    # Odoo believes its configuration file rather than PGHOST.
    options.append(f"--db_host={os.environ['PGHOST']}")
    config.parse_config(options, setup_logging=True)
    load_server_wide_modules()
    Registry(database)
    # A connection must not be shared by two processes, and would keep the database
    # from being replaced.
    sql_db.close_all()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        os.close(int(opened))
        serve(listener)


def serve(listener):
    while True:
        ready, _, _ = select.select([listener, sys.stdin], [], [])
        if sys.stdin in ready:
            return
        connection, _ = listener.accept()
        if not os.fork():
            listener.close()
            work(connection)
            os._exit(0)
        connection.close()


def work(connection):
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    random.seed()
    with connection.makefile("rw", encoding="utf-8") as line:
        tell(line, {"pid": os.getpid()})
        order = line.readline()
        if order:
            tell(line, done(**json.loads(order)))


def done(job, options):
    """What came of the job; any failure is for the test to show."""
    try:
        return getattr(jobs, job)(**options)
    except BaseException:  # noqa: BLE001
        return {"failed": traceback.format_exc()}


def tell(line, what):
    line.write(json.dumps(what) + "\n")
    line.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
