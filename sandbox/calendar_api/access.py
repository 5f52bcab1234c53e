"""Who may do what: scopes of the token, and the role in the calendar."""

from dataclasses import dataclass

from ..entities import ROLES, WRITERS, Account, Client
from ..errors import ApiError, forbidden, insufficient_scope, not_found

PREFIX = "https://www.googleapis.com/auth/"
SERVICE = "calendar-json.googleapis.com"
# Scopes that reach only some calendars; every other accepted scope reaches all.
NARROW = {
    "calendar.events.owned": lambda calendar, role, client: role == "owner",
    "calendar.events.owned.readonly": lambda calendar, role, client: role == "owner",
    "calendar.events.public.readonly": lambda calendar, role, client: calendar.public,
    "calendar.app.created": lambda calendar, role, client: (
        bool(client) and calendar.client_id == client.client_id
    ),
}


@dataclass
class Session:
    """Who calls. ``scopes`` is None for the person at Google's own pages."""

    account: Account
    client: Client = None
    scopes: frozenset = None


@dataclass
class Reader:
    """A session in front of one calendar."""

    account: Account
    email: str
    role: str
    client: Client = None

    @property
    def can_write(self):
        return self.role in WRITERS


def require_scope(session, method):
    """403 unless the token holds one of the scopes that the method accepts."""
    if session.scopes is not None and not session.scopes & set(method.scopes):
        raise insufficient_scope(SERVICE, method.id, method.scopes)


def open_calendar(world, session, calendar_id, method=None):
    """The calendar and the ``Reader``; 404 when it is not this account's to see."""
    if not session.account.calendar_user:
        raise forbidden("notACalendarUser", "The user must be signed up for Calendar.")
    email = session.account.email
    calendar = world.calendars.get(email if calendar_id == "primary" else calendar_id)
    role = role_of(calendar, email) if calendar and not calendar.deleted else None
    if not role:
        raise not_found()
    if session.scopes is not None and method:
        role = _reach(session, method, calendar, role)
    return calendar, Reader(session.account, email, role, session.client)


def role_of(calendar, email):
    return calendar.roles.get(email) or ("reader" if calendar.public else None)


def _reach(session, method, calendar, role):
    """The role left to the token in this calendar."""
    held = {scope.removeprefix(PREFIX) for scope in session.scopes & set(method.scopes)}
    blind = held & {"calendar.events.freebusy"}
    for name in held - blind:
        if name not in NARROW or NARROW[name](calendar, role, session.client):
            return role
    if blind:
        return "freeBusyReader"
    raise insufficient_scope(SERVICE, method.id, method.scopes)


def require_writer(reader):
    if not reader.can_write:
        raise ApiError(
            403,
            "requiredAccessLevel",
            "You need to have writer access to this calendar.",
            domain="calendar",
        )


def require_owner(reader):
    if reader.role != "owner":
        raise ApiError(
            403,
            "requiredAccessLevel",
            "You need to have owner access to this calendar.",
            domain="calendar",
        )


def require_private_access(reader, *states):
    """``writerWithoutPrivateAccess`` may touch no private event."""
    private = any(s.get("visibility") in ("private", "confidential") for s in states)
    if reader.role == "writerWithoutPrivateAccess" and private:
        require_writer(Reader(reader.account, reader.email, "reader"))


def at_least(role, minimum):
    return ROLES.index(role) >= ROLES.index(minimum)
