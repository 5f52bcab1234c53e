"""``python -m sandbox``: start a simulated Google and stay up."""

import argparse
import signal
import sys
import threading

from .seed import CLIENT_ID, CLIENT_SECRET
from .server import SandboxServer

DESCRIPTION = """A simulated Google: consent pages, Calendar v3, and a small web page
that shows each account. Point google_sync's api_root at it. Nothing leaves this
machine."""


def main(argv=None):
    """Serve until interrupted; 2 when the port or an argument cannot be used."""
    args = _parser().parse_args(argv)
    try:
        server = SandboxServer(
            port=args.port,
            host=args.host,
            seed=args.seed,
            state=args.state,
            redirect_uris=args.redirect_uri,
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        print(f"sandbox: {args.host}:{args.port}: {reason}", file=sys.stderr)
        return 2
    if args.auto_consent:
        server.world.auto_consent = True
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_args: stopped.set())
    with server:
        print(f"Sandbox Google at {server.url}/ (stop with Ctrl-C)", flush=True)
        if server.world.clients:
            print(f"Web client: {CLIENT_ID} / {CLIENT_SECRET}", flush=True)
        stopped.wait()
    return 0


def _parser():
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=DESCRIPTION)
    parser.add_argument("--port", type=int, default=8070, help="default 8070")
    parser.add_argument("--host", default="127.0.0.1", help="default 127.0.0.1")
    parser.add_argument(
        "--seed",
        choices=("demo", "empty"),
        default="demo",
        help="what a new world holds: two people with full agendas, or nothing",
    )
    parser.add_argument(
        "--state", metavar="FILE", help="JSON file that keeps the world over restarts"
    )
    parser.add_argument(
        "--redirect-uri",
        action="append",
        default=[],
        metavar="URI",
        help=f"registered redirect URI of the web client {CLIENT_ID}; repeatable",
    )
    parser.add_argument(
        "--auto-consent",
        action="store_true",
        help="grant everything at once, without showing the consent page",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
