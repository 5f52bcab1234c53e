"""Page tokens and sync tokens of connections and contact groups.

A sync token holds the revision that lists had reached, the moment of the full sync it
descends from, and a fingerprint of the parameters.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from ..calendar_api.paging import KEPT_SNAPSHOTS
from .errors import bad, expired_sync_token

LIFE = timedelta(days=7)
SYSTEM_PARAMETERS = {
    "$.xgafv",
    "access_token",
    "alt",
    "callback",
    "fields",
    "key",
    "oauth_token",
    "prettyPrint",
    "quotaUser",
    "uploadType",
    "upload_protocol",
}


@dataclass
class Found:
    """What the first page found: (record, state) pairs, and where lists stood."""

    fingerprint: str
    pairs: list
    rev: int
    full_at: float
    offset: int = 0
    empty: bool = False  # the page of this token is an empty one


class Pages:
    """The pages of one list of one account.

    ``since`` is the revision of the sync token, None for a full list; ``rev`` is the
    revision up to which this list knows the book.
    """

    def __init__(self, world, account, kind, params):
        self.world = world
        self.scope = f"{kind}:{account.sub}"
        self.params = params
        self.rev = account.book.horizon(world)
        self.full_at = world.clock.timestamp()
        self.since = None
        if params.get("syncToken"):
            self._read_sync_token(params["syncToken"])

    def page(self, find, default, maximum):
        """The pairs of the page asked for, and its tokens; ``find()`` gives all."""
        asked = self.params.get("pageSize") or default
        if not 1 <= asked <= maximum:
            raise bad(f"pageSize must be between 1 and {maximum}.", "pageSize")
        if self.params.get("pageToken"):
            found = self._opened(self.params["pageToken"])
        else:
            pairs = find()
            found = Found(self._fingerprint(), pairs, self.rev, self.full_at)
            found.empty = self.world.paging.empty_pages
        size = 0 if found.empty else self.world.paging.size(asked)
        end = found.offset + size
        tokens = {"nextSyncToken": self._sync_token(found)}
        if end < len(found.pairs) or found.empty:
            tokens = {"nextPageToken": self._page_token(found, end)}
        return found.pairs[found.offset : end], tokens, len(found.pairs)

    def _page_token(self, found, end):
        empty = self.world.paging.empty_pages and not found.empty
        token = self.world.new_token("page")
        kept = self.world.paging.snapshots
        kept[token] = Found(**{**vars(found), "offset": end, "empty": empty})
        while len(kept) > KEPT_SNAPSHOTS:
            kept.pop(next(iter(kept)))
        return token

    def _opened(self, token):
        found = self.world.paging.snapshots.get(token)
        if not isinstance(found, Found):
            raise bad("Invalid page token.", "pageToken")
        if found.fingerprint != self._fingerprint():
            raise _mismatch("pageToken")
        return found

    def _fingerprint(self, left_out=()):
        names = SYSTEM_PARAMETERS | {"pageToken", *left_out}
        kept = {n: v for n, v in self.params.items() if n not in names}
        text = json.dumps([self.scope, kept], sort_keys=True)
        return sha256(text.encode()).hexdigest()[:16]

    def _sync_token(self, found):
        raw = {
            "rev": found.rev,
            "full_at": found.full_at,
            "fingerprint": self._fingerprint(("syncToken", "pageSize")),
            "generation": self._generation(),
        }
        return urlsafe_b64encode(json.dumps(raw).encode()).decode()

    def _read_sync_token(self, text):
        try:
            raw = json.loads(urlsafe_b64decode(text.encode()))
            age = self.world.clock.timestamp() - raw["full_at"]
        except (ValueError, KeyError, TypeError):
            raise bad("Invalid sync token.", "syncToken") from None
        if age > LIFE.total_seconds() or raw["generation"] != self._generation():
            raise expired_sync_token()
        if raw["fingerprint"] != self._fingerprint(("syncToken", "pageSize")):
            raise _mismatch("syncToken")
        self.since, self.full_at = raw["rev"], raw["full_at"]

    def _generation(self):
        return [self.world.sync_generation, self.world.people.sync_generation]


def _mismatch(parameter):
    return bad(
        "Request parameters must match those of the first call that gave the "
        f"{parameter}.",
        parameter,
    )
