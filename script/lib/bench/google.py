"""The simulated Google of one measurement, as a program of its own.

    python -m lib.bench.google EVENTS CROWD REDIRECT_URI

One account with so many events, and a crowd of so many accounts with none; says on
stdout, as a line of JSON, where it is and access tokens for who does not go through the
consent; ends when its stdin does. It is a process of its own so that its time and
memory are not counted as Odoo's.
"""

from __future__ import annotations

import json
import sys

from .. import work
from .data import (
    CALENDAR_SCOPE,
    CLIENT_ID,
    CLIENT_SECRET,
    EMAIL,
    in_google,
    member,
    midnight,
)

sys.path.insert(0, str(work.ROOT))

from sandbox.server import SandboxServer  # noqa: E402


def main(events: str, crowd: str, redirect_uri: str) -> None:
    server = SandboxServer(port=0, seed="empty")
    world = server.world
    world.auto_consent = True
    world.add_client(CLIENT_ID, CLIENT_SECRET, "web", [redirect_uri])
    account = world.add_account(EMAIL, "Ada")
    person, day = world.person(EMAIL), midnight()
    for number in range(int(events)):
        person.insert(in_google(number, day))
    others = [world.add_account(member(n), member(n)) for n in range(int(crowd))]
    said = {
        "token": _token(world, account),
        "crowd": [_token(world, other) for other in others],
    }
    world.reset_counters()
    with server:
        print(json.dumps({"url": server.url, **said}), flush=True)
        sys.stdin.read()


def _token(world, account) -> str:
    return world.oauth.issue_access(CLIENT_ID, account.sub, [CALENDAR_SCOPE])


if __name__ == "__main__":
    main(*sys.argv[1:])
