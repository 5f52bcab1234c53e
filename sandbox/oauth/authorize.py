"""The consent page: checks of the request, the page, the person's answer.

Errors in the request are shown on Google's page and never reach the callback; what
the person decides does.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit, urlunsplit

from ..wire import html, redirect
from . import pages, redirects
from . import scopes as scope_names
from .tokens import ISSUER

PATHS = ("/o/oauth2/v2/auth", "/o/oauth2/auth")
FRAME = {"X-Frame-Options": "DENY"}


class Refusal(Exception):
    """An error page: shown to the person, unknown to the application."""

    def __init__(self, status, error, text):
        super().__init__(f"{status} {error}: {text}")
        self.status, self.error, self.text = status, error, text


@dataclass
class ConsentRequest:
    """A checked consent request."""

    client: object
    args: dict
    scopes: list

    @property
    def prompt(self):
        return set(self.args.get("prompt", "").split())

    def back(self, **params):
        """The redirect to the application, with its state and who answers (9207)."""
        params["iss"] = ISSUER
        if "state" in self.args:
            params["state"] = self.args["state"]
        scheme, host, path, query, _ = urlsplit(self.args["redirect_uri"])
        query = "&".join(part for part in (query, urlencode(params)) if part)
        return redirect(urlunsplit((scheme, host, path, query, "")))


def show(world, call):
    """``GET``: the page, an error page, or the redirect when nothing is to ask."""
    try:
        request = check(world, call.args.to_dict())
    except Refusal as refusal:
        page = pages.error(refusal.status, refusal.error, refusal.text, call.headers)
        return html(page, refusal.status, **FRAME)
    if set(request.scopes) - scope_names.known():
        return request.back(error="invalid_scope")
    account = _account(world, request)
    automatic = account and (world.auto_consent or account.auto_consent)
    if automatic:
        return decide(world, request, account, _ticked(account, request.scopes))
    if account and _needs_no_page(world, request, account):
        return decide(world, request, account, request.scopes)
    if "none" in request.prompt:
        return request.back(error="interaction_required")
    page = pages.consent(world, request, account, call.headers)
    return html(page, 200, **FRAME)


def submit(world, call, form):
    """``POST``: what the person clicked."""
    try:
        request = check(world, call.args.to_dict())
    except Refusal as refusal:
        page = pages.error(refusal.status, refusal.error, refusal.text, call.headers)
        return html(page, refusal.status, **FRAME)
    account = world.accounts.get(form.get("account", ""))
    if form.get("decision") != "allow" or not account:
        return request.back(error="access_denied")
    ticked = set(form.getlist("scope"))
    choosable = set(scope_names.choosable(request.scopes))
    granted = [s for s in request.scopes if s not in choosable or s in ticked]
    return decide(world, request, account, granted)


def check(world, args):
    """The request, checked in Google's order; ``Refusal`` is an error page."""
    client = world.clients.get(args.get("client_id", ""))
    uri = args.get("redirect_uri", "")
    if not args.get("client_id"):
        raise Refusal(400, "invalid_request", "Missing required parameter: client_id")
    if not client:
        raise Refusal(401, "invalid_client", "The OAuth client was not found.")
    if uri in redirects.OOB:
        text = (
            "The out-of-band (OOB) flow has been blocked in order to keep users secure."
        )
        raise Refusal(400, "invalid_request", text)
    if not uri:
        raise Refusal(
            400, "invalid_request", "Missing required parameter: redirect_uri"
        )
    if not redirects.is_allowed(client, uri):
        text = f"The redirect URI in the request, {uri}, is not registered: add it to "
        raise Refusal(400, "redirect_uri_mismatch", f"{text}the OAuth client.")
    _check_rest(args)
    return ConsentRequest(client, args, scope_names.parse(args["scope"]))


def _check_rest(args):
    for name in ("response_type", "scope"):
        if not args.get(name):
            raise Refusal(400, "invalid_request", f"Missing required parameter: {name}")
    if args["response_type"] != "code":
        raise Refusal(400, "unsupported_response_type", args["response_type"])
    if args.get("access_type", "online") not in ("online", "offline"):
        raise Refusal(400, "invalid_request", "Invalid parameter value for access_type")
    prompts = set(args.get("prompt", "").split())
    if prompts - {"none", "consent", "select_account"} or (
        "none" in prompts and len(prompts) > 1
    ):
        raise Refusal(400, "invalid_request", "Invalid parameter value for prompt")
    _check_challenge(args)


def _check_challenge(args):
    challenge = args.get("code_challenge")
    method = args.get("code_challenge_method", "plain")
    if "code_challenge_method" in args and not challenge:
        raise Refusal(400, "invalid_request", "code_challenge is required.")
    if challenge is None:
        return
    if method not in ("S256", "plain"):
        raise Refusal(400, "invalid_request", "Invalid code_challenge_method.")
    if not re.fullmatch(r"[A-Za-z0-9\-._~]{43,128}", challenge):
        raise Refusal(400, "invalid_request", "Invalid code_challenge.")


def decide(world, request, account, granted):
    """Carry out a consent: back to the application with a code, or refused."""
    client = request.client
    if client.testing and account.email not in client.test_users:
        text = (
            "The application has not completed the Google verification process. It is "
            "being tested and only open to testers approved by its developer."
        )
        return html(pages.error(403, "access_denied", text, {}), 403, **FRAME)
    if account.refuses:
        return request.back(error="access_denied")
    first = world.oauth.consent(client, account, granted)
    scopes = list(granted)
    combine = request.args.get("include_granted_scopes") == "true"
    if combine and client.kind == "web":
        held = world.oauth.consents[account.sub, client.client_id]
        scopes = list(dict.fromkeys([*scopes, *held]))
    code = world.oauth.issue_code(
        client_id=client.client_id,
        sub=account.sub,
        redirect_uri=request.args["redirect_uri"],
        scopes=scopes,
        challenge=request.args.get("code_challenge", ""),
        method=request.args.get("code_challenge_method", "plain"),
        offline=request.args.get("access_type") == "offline",
        fresh=first or "consent" in request.prompt,
        nonce=request.args.get("nonce", ""),
    )
    world.dirty = True
    return request.back(
        code=code, scope=" ".join(scopes), authuser="0", prompt="consent"
    )


def _account(world, request):
    """The account that needs no choice: by hint, by the chooser, or the only one."""
    chosen = world.accounts.get(request.args.get("authuser", ""))
    hint = request.args.get("login_hint", "")
    hinted = world.accounts.get(hint) or world.accounts_by_email.get(hint.lower())
    automatic = world.auto_consent and next(iter(world.accounts.values()), None)
    if chosen or automatic:
        return chosen or hinted or automatic
    if "select_account" in request.prompt:
        return hinted if hinted and hinted.auto_consent else None
    only = next(iter(world.accounts.values())) if len(world.accounts) == 1 else None
    return hinted or only


def _ticked(account, scopes):
    """What this person grants of the scopes; sign-in cannot be unticked."""
    if account.grants_only is None:
        return scopes
    choosable = set(scope_names.choosable(scopes))
    wanted = {s for text in account.grants_only for s in scope_names.parse(text)}
    return [scope for scope in scopes if scope not in choosable or scope in wanted]


def _needs_no_page(world, request, account):
    held = world.oauth.consented(account.sub, request.client.client_id)
    return held >= set(request.scopes) and not request.prompt - {"none"}
