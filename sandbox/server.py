"""The HTTP server: werkzeug's, threaded, with keep-alive."""

import threading

from werkzeug.serving import WSGIRequestHandler, make_server

from .app import App, Cut
from .world import World


class Handler(WSGIRequestHandler):
    """HTTP/1.1 with keep-alive; quiet; cuts the connection when a fault says so."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else every keep-alive answer waits for an ACK

    def run_wsgi(self):
        try:
            super().run_wsgi()
        except Cut:
            self.close_connection = True
            self.connection.close()

    def log_request(self, *args):
        """Requests are counted, not printed."""


class SandboxServer:
    """A sandbox in this process.

    ``port=0`` takes any free port; ``seed`` is ``empty`` or ``demo``. Usable as a
    context manager; ``url`` has no slash at its end.
    """

    def __init__(
        self, port=0, host="127.0.0.1", seed="empty", state=None, **seed_options
    ):
        self.world = World()
        self.app = App(self.world)
        if seed == "demo":
            from .seed import plant

            plant(self.world, **seed_options)
        self._server = make_server(
            host, port, self.app, threaded=True, request_handler=Handler
        )
        self._server.daemon_threads = True
        self._thread = None
        self.port = self._server.server_port
        self.url = f"http://{host}:{self.port}"

    def start(self):
        self._thread = threading.Thread(
            target=self._server.serve_forever, name="sandbox", daemon=True
        )
        self._thread.start()
        return self

    def stop(self):
        if self._thread:
            self._server.shutdown()
            self._thread.join()
            self._thread = None
        self._server.server_close()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_exc):
        self.stop()
