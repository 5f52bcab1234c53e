"""The HTML of the consent page and of its errors."""

from urllib.parse import urlencode

from ..rendering import render
from . import scopes as scope_names


def consent(world, request, account, headers):
    """The account chooser when ``account`` is None, else the question itself."""
    args = dict(request.args)
    if account is None:
        people = [
            {"name": a.name, "email": a.email, "link": _link(args, authuser=a.sub)}
            for a in world.accounts.values()
        ]
        return render(
            "chooser.html", headers, app=request.client.client_id, people=people
        )
    choosable = scope_names.choosable(request.scopes)
    beyond = [s for s in request.scopes if s not in scope_names.SIGN_IN]
    rows = [
        {"scope": s, "text": scope_names.description(s), "choice": s in choosable}
        for s in beyond
    ]
    args.pop("authuser", None)
    return render(
        "consent.html",
        headers,
        app=request.client.client_id,
        account=account,
        rows=rows,
        other=_link(args, prompt="select_account"),
        action=_link(args),
    )


def error(status, name, text, headers):
    return render("oauth_error.html", headers, status=status, error=name, text=text)


def _link(args, **more):
    return "?" + urlencode({**args, **more})
