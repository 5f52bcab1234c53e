"""Consents and the tokens that live on them.

A grant is what one person allowed one client. Access tokens, refresh tokens and codes
point to it; revoking any of them ends it with everything that hangs on it.
"""

from dataclasses import dataclass, field

from ..calendar_api.access import Session
from ..errors import ApiError, forbidden, unauthenticated
from . import scopes as scope_names

ACCESS_LIFE = 3599
CODE_LIFE = 600
UNUSED_LIFE = 180 * 86400
TESTING_LIFE = 7 * 86400
REFRESH_LIMIT = 100


@dataclass
class Code:
    """An authorization code: single use, ten minutes."""

    client_id: str
    sub: str
    redirect_uri: str
    scopes: list
    expires: float
    challenge: str = ""
    method: str = ""
    offline: bool = False
    fresh: bool = False  # may bring a refresh token
    nonce: str = ""
    used: bool = False


@dataclass
class Refresh:
    """A refresh token."""

    client_id: str
    sub: str
    scopes: list
    used_at: float
    expires: float = None


@dataclass
class Access:
    """An access token."""

    client_id: str
    sub: str
    scopes: list
    expires: float
    refresh: str = ""


@dataclass
class Grants:
    """All grants of the world: consented scopes and live tokens."""

    world: object = field(repr=False)
    consents: dict = field(default_factory=dict)  # (sub, client id) -> list of scopes
    codes: dict = field(default_factory=dict)
    refresh: dict = field(default_factory=dict)
    access: dict = field(default_factory=dict)

    def consented(self, sub, client_id):
        return set(self.consents.get((sub, client_id), ()))

    def consent(self, client, account, granted):
        """Remember a consent; True when it is this person's first for the client."""
        key = (account.sub, client.client_id)
        first = key not in self.consents
        both = dict.fromkeys([*self.consents.get(key, ()), *granted])
        self.consents[key] = list(both)
        return first

    def issue_code(self, **values):
        code = self.world.new_token("4/code")
        self.codes[code] = Code(expires=self._now() + CODE_LIFE, **values)
        return code

    def issue_refresh(self, client, sub, scopes):
        """A new refresh token; the 101st of one account and client kills the oldest."""
        mine = [
            token
            for token, held in self.refresh.items()
            if (held.sub, held.client_id) == (sub, client.client_id)
        ]
        for token in mine[: max(0, len(mine) - REFRESH_LIMIT + 1)]:
            del self.refresh[token]
        expires = None
        if client.testing and set(scopes) - scope_names.SIGN_IN:
            expires = self._now() + TESTING_LIFE
        token = self.world.new_token("1//refresh")
        self.refresh[token] = Refresh(
            client.client_id, sub, list(scopes), self._now(), expires
        )
        return token

    def issue_access(self, client_id, sub, scopes, refresh=""):
        now = self._now()
        for token in [t for t, held in self.access.items() if held.expires < now]:
            del self.access[token]
        token = self.world.new_token("ya29")
        self.access[token] = Access(
            client_id, sub, list(scopes), now + ACCESS_LIFE, refresh
        )
        return token

    def live_refresh(self, token):
        """The refresh token, marked as used; None when it is dead."""
        held = self.refresh.get(token)
        now = self._now()
        if not held or held.sub not in self.world.accounts:
            return None
        if now - held.used_at > UNUSED_LIFE or (held.expires or now + 1) <= now:
            return None
        held.used_at = now
        return held

    def live_access(self, token):
        held = self.access.get(token)
        if held and held.expires > self._now() and held.sub in self.world.accounts:
            return held
        return None

    def revoke(self, token):
        """End the grant that a token belongs to; False when the token is dead."""
        held = self.live_access(token) or self.live_refresh(token)
        if not held:
            return False
        self.revoke_grant(held.sub, held.client_id)
        return True

    def revoke_grant(self, sub, client_id):
        """End what a person allowed to the client's whole project."""
        project = self.world.clients[client_id].project
        clients = {
            c.client_id for c in self.world.clients.values() if c.project == project
        }
        for table in (self.refresh, self.access, self.codes):
            for token, held in list(table.items()):
                if held.sub == sub and held.client_id in clients:
                    del table[token]
        for each in clients:
            self.consents.pop((sub, each), None)

    def expire_access_tokens(self, sub=None):
        """Let access tokens expire at once, of one account or of all."""
        for token, held in list(self.access.items()):
            if sub in (None, held.sub):
                del self.access[token]

    def session(self, call):
        """Who makes an API call; ApiError when the call has no valid token."""
        token = call.bearer()
        if not token:
            raise _anonymous(call)
        held = self.live_access(token)
        if not held or held.client_id not in self.world.clients:
            raise unauthenticated()
        return Session(
            self.world.accounts[held.sub],
            self.world.clients[held.client_id],
            frozenset(held.scopes),
        )

    def _now(self):
        return self.world.clock.timestamp()


def _anonymous(call):
    if "key" in call.args:
        return ApiError(401, "required", "Login Required.", "header:Authorization")
    return forbidden(
        "dailyLimitExceededUnreg",
        "Daily Limit for Unauthenticated Use Exceeded. Continued use requires signup.",
    )
