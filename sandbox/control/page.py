"""The web page at ``/``: one account as Google would show it, and the switches."""

from datetime import date, timedelta
from urllib.parse import urlencode, urlsplit

from ..entities import ROLES
from ..errors import ApiError
from ..rendering import language, render
from ..wire import html, redirect
from . import address_book, agenda, commands, forms

FAULT_KINDS = (
    "rate_limit",
    "too_many_requests",
    "backend_error",
    "bad_gateway",
    "cut",
    "auth",
)
WEEKS_SHOWN = 5


def show(world, command):
    """``GET /``: query ``account``, ``from`` (a date), ``hide`` (calendar ids)."""
    account = _account(world, command.args)
    values = {
        "world": world,
        "accounts": list(world.accounts.values()),
        "account": account,
        "switches": commands.current_switches(world),
        "fault_kinds": FAULT_KINDS,
        "problem": command.args.get("problem"),
        "view": command.args.get("view", "agenda"),
        "here": _here,
    }
    if account:
        values.update(_agenda_values(world, command, account))
    return html(render("page.html", command.headers, **values))


def _agenda_values(world, command, account):
    person = world.person(account.email)
    today = world.clock.now().astimezone().date()
    first = _date(command.args.get("from")) or today - timedelta(days=2)
    last = first + timedelta(weeks=WEEKS_SHOWN)
    hidden = set(command.args.getlist("hide"))
    calendars = [agenda.calendar_row(entry, hidden) for entry in person.calendars()]
    shown = [calendar for calendar in calendars if calendar["shown"]]
    return {
        "calendars": calendars,
        "days": agenda.days(
            person, shown, first, last, today, language(command.headers)
        ),
        "args": {"account": account.email, "from": first.isoformat()},
        "hidden": sorted(hidden),
        "earlier": (first - timedelta(weeks=WEEKS_SHOWN)).isoformat(),
        "later": last.isoformat(),
        "today": today.isoformat(),
        "palette": agenda.palette_rows(),
        "calendar_palette": agenda.calendar_palette_rows(),
        "roles": ROLES,
        "contacts": address_book.rows(person.contacts),
        "labels": address_book.labels(person.contacts),
    }


def act(world, command):
    """``POST /sandbox/page``: what a form of the page asks for."""
    if not _same_origin(command):
        return html("Forbidden", 403)
    form = forms.parse(command.call.body)
    back = form.get("back", "/")
    if not back.startswith("/?"):
        back = "/"
    try:
        forms.carry_out(world, form)
    except (ApiError, ValueError, KeyError) as error:
        message = getattr(error, "message", None) or str(error)
        return redirect(f"{back}{'&' if '?' in back else '?'}{_problem(message)}")
    return redirect(back)


def _problem(message):
    return urlencode({"problem": message})


def _same_origin(command):
    """Other sites' pages may not press our buttons."""
    origin = command.headers.get("Origin")
    return not origin or urlsplit(origin).netloc == command.headers.get("Host")


def _account(world, args):
    email = args.get("account", "").lower()
    first = next(iter(world.accounts.values()), None)
    return world.accounts_by_email.get(email, first)


def _date(text):
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _here(args, hidden=(), **changes):
    """The page's own address with some parameters changed."""
    pairs = list({**args, **changes}.items())
    pairs += [("hide", calendar_id) for calendar_id in hidden]
    return "/?" + urlencode(pairs)
