"""Service accounts: their keys, and the signed request that signs in as a user.

As Google judges it: the signature, the time, the audience, every scope against the
delegation of the domain, and that the subject is a user of a Workspace domain.
"""

import json
import secrets
from base64 import urlsafe_b64decode

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
AUDIENCE = "https://oauth2.googleapis.com/token"
LONGEST = 3600
LEEWAY = 300
_BAD_TIME = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable "
    "timeframe. Check your iat and exp values in the JWT claim."
)


class Refusal(Exception):
    """An error of the token endpoint: ``error``, ``error_description``, status."""

    def __init__(self, error, description, status=400):
        super().__init__(description)
        self.error, self.description, self.status = error, description, status


def new_key(client):
    """A new key of a service account: the public half is kept, the file returned."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    key_id = secrets.token_hex(20)
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    client.keys = {**client.keys, key_id: public.decode()}
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return {
        "type": "service_account",
        "project_id": client.project,
        "private_key_id": key_id,
        "private_key": pem.decode(),
        "client_email": client.account_email,
        "client_id": client.client_id,
        "token_uri": AUDIENCE,
    }


def signed_in(world, form):
    """(client, sub, scopes) of whom the assertion speaks for, or Refusal."""
    head, claims, signed, signature = _parts(form.get("assertion") or "")
    client = next(
        (
            c
            for c in world.clients.values()
            if c.account_email and c.account_email == claims.get("iss")
        ),
        None,
    )
    if client is None:
        raise Refusal("invalid_grant", "Invalid grant: account not found")
    _check_signature(client, head, signed, signature)
    _check_times(world, claims)
    if claims.get("aud") not in (AUDIENCE, f"{world.url}/token"):
        raise Refusal("invalid_grant", "Invalid JWT: Failed audience check.")
    scopes = str(claims.get("scope") or "").split()
    if not scopes:
        raise Refusal(
            "invalid_scope", "Empty or missing scope not allowed.", status=400
        )
    if set(scopes) - client.delegated:
        raise Refusal(
            "unauthorized_client",
            "Client is unauthorized to retrieve access tokens using this method, or "
            "client not authorized for any of the scopes requested.",
            status=401,
        )
    account = world.accounts_by_email.get(str(claims.get("sub") or "").lower())
    if account is None or not account.workspace:
        raise Refusal("invalid_grant", "Invalid email or User ID")
    return client, account.sub, scopes


def _parts(assertion):
    try:
        head, body, signature = assertion.split(".")
        parsed = [json.loads(_decoded(part)) for part in (head, body)]
        return *parsed, f"{head}.{body}".encode(), _decoded(signature)
    except ValueError:
        raise Refusal("invalid_request", "Bad Request") from None


def _check_signature(client, head, signed, signature):
    public = client.keys.get(head.get("kid"))
    if head.get("alg") != "RS256" or public is None:
        raise Refusal("invalid_grant", "Invalid JWT Signature.")
    key = serialization.load_pem_public_key(public.encode())
    try:
        key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        raise Refusal("invalid_grant", "Invalid JWT Signature.") from None


def _check_times(world, claims):
    now = world.clock.timestamp()
    begun, ends = claims.get("iat"), claims.get("exp")
    if not isinstance(begun, int) or not isinstance(ends, int):
        raise Refusal("invalid_grant", _BAD_TIME)
    if begun > now + LEEWAY or ends < now - LEEWAY or ends - begun > LONGEST:
        raise Refusal("invalid_grant", _BAD_TIME)


def _decoded(part):
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))
