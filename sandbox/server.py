"""The HTTP server: werkzeug's, threaded, with keep-alive."""

import socket
import threading

from werkzeug.serving import WSGIRequestHandler, make_server

from .app import App
from .seed import plant, register
from .state import StateFile
from .world import World

POLL = 0.05  # seconds between looks at whether to stop


class Handler(WSGIRequestHandler):
    """HTTP/1.1 with keep-alive; quiet; cuts the connection when a fault says so."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else every keep-alive answer waits for an ACK

    def connection_dropped(self, error, environ=None):
        """Also how ``app.Cut`` ends: no answer, and the connection closes."""
        self.close_connection = True

    def send_response(self, code, message=None):
        """Without the machine's own Date: the app sends the world's."""
        self.log_request(code)
        self.send_response_only(code, message)
        self.send_header("Server", self.version_string())

    def log_request(self, *args):
        """Requests are counted, not printed."""


class SandboxServer:
    """A sandbox in this process.

    ``port=0`` takes any free port; ``seed`` is ``empty`` or ``demo``, with
    ``seed_options`` as for ``seed.plant``; ``state`` names a JSON file that is read at
    start, when it exists, and kept up to date. Usable as a context manager; ``url``
    has no slash at its end. OSError when the port is in use.
    """

    def __init__(
        self, port=0, host="127.0.0.1", seed="empty", state=None, **seed_options
    ):
        self.world = World()
        self.world.origin = {"seed": seed, **seed_options}
        self._file = StateFile(self.world, state) if state else None
        if not (self._file and self._file.load()):
            plant(self.world, **self.world.origin)
        elif seed_options.get("redirect_uris"):
            register(self.world, seed_options["redirect_uris"])
        # Our own socket: werkzeug would end the process when the port is in use.
        self._socket = socket.create_server((host, port), backlog=128)
        self.port = self._socket.getsockname()[1]
        self.url = f"http://{host}:{self.port}"
        if host != "0.0.0.0":  # else the first request knows better
            self.world.url = self.url
        self._server = make_server(
            host,
            self.port,
            App(self.world),
            threaded=True,
            request_handler=Handler,
            fd=self._socket.fileno(),
        )
        self._server.daemon_threads = True
        self._threads = []

    def start(self):
        """Serve from a daemon thread; returns this server."""
        self._thread(lambda: self._server.serve_forever(POLL), "sandbox")
        if self._file:
            self._thread(self._file.keep, "sandbox-state")
        return self

    def stop(self):
        """Finish, save, and free the port. Harmless when repeated."""
        if self._threads:
            self._server.shutdown()
        if self._file:
            self._file.stop()
        for thread in self._threads:
            thread.join()
        self._threads = []
        self._server.server_close()
        self._socket.close()

    def _thread(self, target, name):
        thread = threading.Thread(target=target, name=name, daemon=True)
        thread.start()
        self._threads.append(thread)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_exc):
        self.stop()
