"""Real Odoo servers on one database, and what stands before them."""

import itertools
import json
import os
import signal
import socket
import subprocess
import threading
import time
from contextlib import suppress
from urllib.error import URLError
from urllib.request import ProxyHandler, Request, build_opener

from lib import ports, processes

PATIENCE = 90
MODULES = "base,rpc,web,queue_job"


class Server:
    """One Odoo with its scheduled actions and queue_job's runner; jobs go to `door`."""

    def __init__(self, place, options, door):
        self.port = ports.free_port()
        command = place.env.odoo_command(
            place.name,
            f"--load={MODULES}",
            f"--http-port={self.port}",
            f"--gevent-port={ports.free_port()}",
            "--max-cron-threads=2",
        )
        runner = {
            "ODOO_QUEUE_JOB_HOST": "127.0.0.1",
            "ODOO_QUEUE_JOB_PORT": str(door),
            "ODOO_QUEUE_JOB_CHANNELS": "root:4,root.google_sync:3",
        }
        with open(place.log, "ab") as log:
            self._process = subprocess.Popen(
                command,
                env={**place.environ, **options, **runner, **processes.mark()},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.pid = self._process.pid

    def wait(self):
        end = time.monotonic() + PATIENCE
        opener = build_opener(ProxyHandler({}))
        while time.monotonic() < end:
            assert self._process.poll() is None, "Odoo ended by itself"
            with suppress(URLError, OSError):
                opener.open(f"http://127.0.0.1:{self.port}/web/health", timeout=5)
                return
            time.sleep(0.1)
        raise TimeoutError("Odoo does not answer")

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)
        self._process.wait()

    def close(self):
        if self._process.poll() is None:
            self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self.kill()


class Balancer:
    """Hands connections on to one server after the other; past those that are gone."""

    def __init__(self):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._turn = itertools.count()
        self.servers = []
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self):
        self._listener.close()

    def _serve(self):
        with suppress(OSError):
            while True:
                client, _address = self._listener.accept()
                threading.Thread(
                    target=self._hand_on, args=[client], daemon=True
                ).start()

    def _hand_on(self, client):
        first = next(self._turn)
        for number in range(len(self.servers)):
            server = self.servers[(first + number) % len(self.servers)]
            with suppress(ConnectionRefusedError):
                upstream = socket.create_connection(("127.0.0.1", server.port))
                break
        else:
            client.close()
            return
        back = threading.Thread(target=_pump, args=[upstream, client], daemon=True)
        back.start()
        _pump(client, upstream)


def _pump(source, target):
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


class Person:
    """A user at Odoo's door for programs."""

    def __init__(self, database, port, login):
        self._database, self._port = database, port
        self._password = login + "x" * (8 - len(login))
        self.uid = self._ask("common", "login", database, login, self._password)
        assert self.uid, login

    def call(self, model, method, *args, **options):
        who = self._database, self.uid, self._password
        return self._ask("object", "execute_kw", *who, model, method, args, options)

    def _ask(self, service, method, *args):
        body = {
            "jsonrpc": "2.0",
            "method": "call",
            "params": {"service": service, "method": method, "args": args},
        }
        request = Request(
            f"http://127.0.0.1:{self._port}/jsonrpc",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with build_opener(ProxyHandler({})).open(request, timeout=60) as answer:
            said = json.load(answer)
        assert "error" not in said, said
        return said["result"]
