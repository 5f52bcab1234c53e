"""The token endpoint, revocation, token info and user info."""

import base64
import hashlib
import hmac
import json

from ..wire import Answer
from . import delegation
from . import scopes as scope_names
from .grants import ACCESS_LIFE

FORM = "application/x-www-form-urlencoded"
ISSUER = "https://accounts.google.com"


class OAuthError(Exception):
    """An error of the token endpoint: status, ``error``, ``error_description``."""

    def __init__(self, error, description, status=400):
        super().__init__(f"{error}: {description}")
        self.answer = Answer(status, {"error": error, "error_description": description})


def token(world, call, form):
    """``POST /token``."""
    try:
        _check_form(call)
        if form.get("grant_type") == delegation.GRANT:
            return Answer(200, _delegated(world, form), {"Cache-Control": "no-store"})
        client = _client(world, call, form)
        grants = {"authorization_code": _exchange, "refresh_token": _refresh}
        kind = form.get("grant_type")
        if not kind:
            raise OAuthError(
                "invalid_request", "Missing required parameter: grant_type"
            )
        if kind not in grants:
            raise OAuthError("unsupported_grant_type", f"Invalid grant_type: {kind}")
        body = grants[kind](world, client, form)
    except OAuthError as error:
        return error.answer
    return Answer(200, body, {"Cache-Control": "no-store"})


def _delegated(world, form):
    """A service account signs in as a user: no refresh token, no identity token."""
    try:
        client, sub, scopes = delegation.signed_in(world, form)
    except delegation.Refusal as refusal:
        raise OAuthError(
            refusal.error, refusal.description, refusal.status
        ) from refusal
    access = world.oauth.issue_access(client.client_id, sub, scopes)
    return {"access_token": access, "expires_in": ACCESS_LIFE, "token_type": "Bearer"}


def revoke(world, call, form):
    """``POST /revoke``: ends the whole grant of the person to the project."""
    try:
        _check_form(call)
    except OAuthError as error:
        return error.answer
    dead = form.get("token") or call.args.get("token")
    if dead and world.oauth.revoke(dead):
        world.dirty = True
        return Answer(200, {})
    return OAuthError("invalid_token", "Token expired or revoked").answer


def token_info(world, call):
    """``GET /tokeninfo?access_token=``."""
    held = world.oauth.live_access(call.args.get("access_token", ""))
    if not held:
        return OAuthError("invalid_token", "Invalid Value").answer
    account = world.accounts[held.sub]
    left = int(held.expires - world.clock.timestamp())
    body = {
        "azp": held.client_id,
        "aud": held.client_id,
        "scope": " ".join(held.scopes),
        "exp": str(int(held.expires)),
        "expires_in": str(left),
        "access_type": "offline" if held.refresh else "online",
    }
    if scope_names.SIGN_IN & set(held.scopes):
        body["sub"] = account.sub
    if scope_names.SPELLINGS["email"] in held.scopes:
        body.update(email=account.email, email_verified="true")
    return Answer(200, body)


def user_info(world, call):
    """``GET /oauth2/v3/userinfo`` with a bearer token."""
    held = world.oauth.live_access(call.bearer())
    if not held:
        return OAuthError("invalid_request", "Invalid Credentials", 401).answer
    if not scope_names.SIGN_IN & set(held.scopes):
        return OAuthError(
            "insufficient_scope", "Request had no sign-in scope", 403
        ).answer
    return Answer(200, _claims(world.accounts[held.sub], held.scopes))


def _check_form(call):
    if call.headers.get("Content-Type", "").split(";")[0].strip().lower() != FORM:
        raise OAuthError("invalid_request", f"The content type must be {FORM}")


def _client(world, call, form):
    client_id, secret = form.get("client_id"), form.get("client_secret")
    scheme, _, coded = call.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            pair = base64.b64decode(coded).decode().partition(":")
        except ValueError:
            raise OAuthError("invalid_client", "Unauthorized", 401) from None
        client_id, secret = pair[0], pair[2]
    if not client_id:
        raise OAuthError(
            "invalid_request", "Could not determine client ID from request."
        )
    client = world.clients.get(client_id)
    if not client:
        raise OAuthError("invalid_client", "The OAuth client was not found.", 401)
    if not secret:
        raise OAuthError("invalid_request", "client_secret is missing.")
    if not hmac.compare_digest(secret.encode(), client.secret.encode()):
        raise OAuthError("invalid_client", "Unauthorized", 401)
    return client


def _exchange(world, client, form):
    for name in ("code", "redirect_uri"):
        if not form.get(name):
            raise OAuthError("invalid_request", f"Missing required parameter: {name}")
    code = world.oauth.codes.get(form["code"])
    late = code and code.expires <= world.clock.timestamp()
    if not code or code.used or late or code.client_id != client.client_id:
        raise OAuthError("invalid_grant", "Malformed auth code.")
    if code.redirect_uri != form["redirect_uri"]:
        raise OAuthError("invalid_grant", "Bad Request")
    _check_verifier(code, form.get("code_verifier"))
    code.used = True
    world.dirty = True
    refresh = ""
    if code.offline and code.fresh:
        refresh = world.oauth.issue_refresh(client, code.sub, code.scopes)
    body = _token_body(world, client, code.sub, code.scopes, refresh, code.nonce)
    if refresh:
        body["refresh_token"] = refresh
        expires = world.oauth.refresh[refresh].expires
        if expires:
            left = int(expires - world.clock.timestamp())
            body["refresh_token_expires_in"] = left
    return body


def _check_verifier(code, verifier):
    if not code.challenge:
        if verifier:
            raise OAuthError(
                "invalid_grant", "code_verifier or verifier is not needed."
            )
        return
    if not verifier:
        raise OAuthError("invalid_grant", "Missing code verifier.")
    if not 43 <= len(verifier) <= 128:
        raise OAuthError("invalid_grant", "Invalid code verifier.")
    digest = hashlib.sha256(verifier.encode()).digest()
    expected = _b64(digest) if code.method == "S256" else verifier
    if not hmac.compare_digest(expected, code.challenge):
        raise OAuthError("invalid_grant", "Invalid code verifier.")


def _refresh(world, client, form):
    if not form.get("refresh_token"):
        raise OAuthError("invalid_request", "Missing required parameter: refresh_token")
    known = world.oauth.refresh.get(form["refresh_token"])
    if known and known.client_id != client.client_id:
        raise OAuthError("unauthorized_client", "Unauthorized", 401)
    held = world.oauth.live_refresh(form["refresh_token"])
    if not held:
        raise OAuthError("invalid_grant", "Token has been expired or revoked.")
    scopes = held.scopes
    if form.get("scope"):
        scopes = scope_names.parse(form["scope"])
        if set(scopes) - set(held.scopes):
            raise OAuthError("invalid_scope", "Some requested scopes were invalid.")
    return _token_body(world, client, held.sub, scopes, form["refresh_token"])


def _token_body(world, client, sub, scopes, refresh, nonce=""):
    access = world.oauth.issue_access(client.client_id, sub, scopes, refresh)
    body = {
        "access_token": access,
        "expires_in": ACCESS_LIFE,
        "scope": " ".join(scopes),
        "token_type": "Bearer",
    }
    if "openid" in scopes:
        body["id_token"] = _id_token(world, client, world.accounts[sub], scopes, nonce)
    return body


def _claims(account, scopes):
    claims = {"sub": account.sub}
    if scope_names.SPELLINGS["email"] in scopes:
        claims.update(email=account.email, email_verified=True)
    if scope_names.SPELLINGS["profile"] in scopes:
        given, _, family = account.name.partition(" ")
        claims.update(name=account.name, given_name=given, family_name=family)
    return claims


def _id_token(world, client, account, scopes, nonce):
    """Signed with the client's secret, as the sandbox has no public keys."""
    now = int(world.clock.timestamp())
    claims = {
        "iss": ISSUER,
        "azp": client.client_id,
        "aud": client.client_id,
        **_claims(account, scopes),
        "iat": now,
        "exp": now + 3600,
    }
    if nonce:
        claims["nonce"] = nonce
    parts = [
        _b64(json.dumps(p).encode()) for p in ({"alg": "HS256", "typ": "JWT"}, claims)
    ]
    signed = ".".join(parts)
    digest = hmac.new(client.secret.encode(), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{_b64(digest)}"


def _b64(raw):
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
