"""The scopes that the sandbox knows, and how Google spells them back."""

from functools import lru_cache

from ..discovery import document

USERINFO = "https://www.googleapis.com/auth/userinfo."
SPELLINGS = {"email": f"{USERINFO}email", "profile": f"{USERINFO}profile"}
SIGN_IN = {"openid", *SPELLINGS.values()}


@lru_cache(maxsize=1)
def known():
    documents = (document("calendar.v3"), document("people.v1"))
    scopes = {s for d in documents for s in d.raw["auth"]["oauth2"]["scopes"]}
    return scopes | SIGN_IN


def parse(text):
    """The scopes of a request in Google's spelling, in order, without repetitions."""
    return list(dict.fromkeys(SPELLINGS.get(s, s) for s in text.split()))


@lru_cache(maxsize=1)
def _descriptions():
    documents = (document("calendar.v3"), document("people.v1"))
    return {
        scope: entry["description"]
        for d in documents
        for scope, entry in d.raw["auth"]["oauth2"]["scopes"].items()
    }


def description(scope):
    return _descriptions().get(scope, scope)


def choosable(scopes):
    """The scopes with a check box: those beyond sign-in, when there are several."""
    beyond = [scope for scope in scopes if scope not in SIGN_IN]
    return beyond if len(beyond) > 1 else []
