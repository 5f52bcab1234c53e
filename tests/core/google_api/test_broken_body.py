"""A compressed body that is empty is Google's trouble, not a fault of ours."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from google_sync.google_api.endpoints import Endpoints
from google_sync.google_api.transport import NETWORK_ERRORS, Transport


class EmptyGzip(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Encoding", self.path.strip("/"))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        """Silent."""


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_empty_compressed_body_is_a_network_error_or_nothing(encoding):
    server = HTTPServer(("127.0.0.1", 0), EmptyGzip)
    threading.Thread(target=server.handle_request, daemon=True).start()
    root = f"http://127.0.0.1:{server.server_port}"
    transport = Transport(Endpoints(root), timeout=5.0)
    try:
        _response, content = transport.request(f"{root}/{encoding}")
        assert content == b""
    except NETWORK_ERRORS:
        pass
    finally:
        transport.close()
        server.server_close()
