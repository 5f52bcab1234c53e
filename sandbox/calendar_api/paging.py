"""Page tokens and sync tokens.

A page token stands for the ids found by the first page's request. A sync token holds
the world's revision of that moment and a fingerprint of all parameters: the next
list must carry the same ones.
"""

import json
import random
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

from ..errors import ApiError, invalid

NOT_FINGERPRINTED = {
    "syncToken",
    "pageToken",
    "alt",
    "key",
    "prettyPrint",
    "quotaUser",
    "userIp",
    "oauth_token",
    "alwaysIncludeEmail",
}
SYNC_TOKEN_LIFE = timedelta(days=29)
KEPT_SNAPSHOTS = 200


@dataclass
class Paging:
    """How lists are cut and ordered; tests and demo change these at will.

    ``page_size`` caps what was asked for; ``short_pages`` answers fewer items than
    asked; ``empty_pages`` puts an empty page before each full one; ``random_order``
    (a seed) shuffles items as Google's undefined order may.
    """

    page_size: int = 0
    short_pages: bool = False
    empty_pages: bool = False
    random_order: int = None
    snapshots: dict = field(default_factory=dict, repr=False)

    def shuffled(self, ids):
        if self.random_order is not None:
            random.Random(self.random_order).shuffle(ids)
        return ids

    def size(self, asked):
        size = min(asked, self.page_size) if self.page_size else asked
        return max(1, size * 2 // 3) if self.short_pages else size


@dataclass
class Snapshot:
    """What the first page found."""

    scope: str
    fingerprint: str
    ids: list
    rev: int
    offset: int = 0
    since: int = None
    empty: bool = False  # the page of this snapshot is an empty one


@dataclass
class Page:
    """The ids of one page and its tokens."""

    ids: list
    next_page: str
    sync_token: str

    def tokens(self, with_sync_token=True):
        if self.next_page:
            return {"nextPageToken": self.next_page}
        return {"nextSyncToken": self.sync_token} if with_sync_token else {}


class Pages:
    """The pages of one list for one reader."""

    def __init__(self, world, scope, params, forbidden):
        self.world = world
        self.scope = scope
        self.params = params
        self.forbidden = forbidden
        self.since = None

    def page(self, find, default, maximum):
        """The page asked for; ``find(since)`` gives all ids when it is the first."""
        if "syncToken" in self.params:
            self.since = self._check_sync_token(self.params["syncToken"])
        if "pageToken" in self.params:
            snapshot = self._snapshot(self.params["pageToken"])
            self.since = snapshot.since
        else:
            rev = self.world.rev
            snapshot = Snapshot(
                self.scope, self._fingerprint(), find(self.since), rev, 0, self.since
            )
            snapshot.empty = self.world.paging.empty_pages
        asked = min(self.params.get("maxResults", default), maximum)
        return self._cut(snapshot, self.world.paging.size(asked))

    def _cut(self, snapshot, size):
        start = snapshot.offset
        end = start if snapshot.empty else start + size
        following = ""
        if end < len(snapshot.ids) or snapshot.empty:
            empty = self.world.paging.empty_pages and not snapshot.empty
            following = self._keep(
                Snapshot(**{**vars(snapshot), "offset": end, "empty": empty})
            )
        return Page(snapshot.ids[start:end], following, self._sync_token(snapshot))

    def _keep(self, snapshot):
        snapshots = self.world.paging.snapshots
        token = self.world.new_token("page")
        snapshots[token] = snapshot
        while len(snapshots) > KEPT_SNAPSHOTS:
            snapshots.pop(next(iter(snapshots)))
        return token

    def _snapshot(self, token):
        snapshot = self.world.paging.snapshots.get(token)
        same = snapshot and snapshot.scope == self.scope
        if not same or snapshot.fingerprint != self._fingerprint():
            raise invalid("Invalid page token value.", "parameter:pageToken")
        return snapshot

    def _fingerprint(self, left_out=()):
        """A digest of the parameters; one left out equals one that is false."""
        kept = {
            name: value
            for name, value in self.params.items()
            if value is not False and name not in NOT_FINGERPRINTED.union(left_out)
        }
        text = json.dumps(kept, sort_keys=True)
        return sha256(text.encode()).hexdigest()[:16]

    def _sync_token(self, snapshot):
        raw = {
            "scope": self.scope,
            "rev": snapshot.rev,
            "fingerprint": self._fingerprint(self.forbidden),
            "made": self.world.clock.timestamp(),
            "generation": self.world.sync_generation,
        }
        return urlsafe_b64encode(json.dumps(raw).encode()).decode()

    def _check_sync_token(self, text):
        for name in self.forbidden:
            if name in self.params:
                raise forbidden_beside_token(name)
        try:
            raw = json.loads(urlsafe_b64decode(text.encode()))
            age = self.world.clock.timestamp() - raw["made"]
        except (ValueError, KeyError, TypeError):
            raise sync_token_gone() from None
        dead = raw["generation"] != self.world.sync_generation
        if dead or raw["scope"] != self.scope or age > SYNC_TOKEN_LIFE.total_seconds():
            raise sync_token_gone()
        if raw["fingerprint"] != self._fingerprint(self.forbidden):
            raise invalid(
                "The parameters differ from those that the sync token was given for.",
                "parameter:syncToken",
            )
        return raw["rev"]


def sync_token_gone():
    return ApiError(
        410,
        "fullSyncRequired",
        "Sync token is no longer valid, a full sync is required.",
        "parameter:syncToken",
        domain="calendar",
    )


def forbidden_beside_token(name):
    return ApiError(
        400,
        "badRequest",
        f"Sync token cannot be used with {name}.",
        f"parameter:{name}",
    )
