"""The control API's view of one account: act as the person in Google."""

from ..calendar_api import access
from ..calendar_api import calendars as calendar_rules
from ..discovery import document
from ..entities import ROLES


def calendars(world, _command, email):
    return {"items": world.person(email).calendars()}


def add_calendar(world, command, email):
    calendar = world.add_calendar(world.account(email), **command.json)
    return {"id": calendar.id, "summary": calendar.summary}


LOOKS = ("summary", "time_zone", "description")


def change_calendar(world, command, email, calendar_id):
    """Rename or recolour: ``summary``, ``time_zone``, ``color_id``.

    The name is the calendar's where the account owns it, else that account's own for
    it, as on Google's page.
    """
    account, calendar = world.account(email), world.calendars[calendar_id]
    entry = account.calendar_list[calendar_id]
    for name, value in command.json.items():
        if name == "color_id":
            entry.color_id = str(value)
        elif name not in LOOKS:
            raise ValueError(f"{name} cannot be changed")
        elif access.role_of(calendar, account.email) == "owner":
            setattr(calendar, name, value)
        elif name == "summary":
            entry.summary_override = value
        else:
            raise ValueError(f"{email} may not change {name}")
    calendar.rev = entry.rev = world.next_rev()
    return {"id": calendar.id, "summary": calendar.summary}


def delete_calendar(world, _command, email, calendar_id):
    """For everybody, where the account owns it; else off that account's list."""
    session = access.Session(world.account(email))
    calendar, reader = access.open_calendar(world, session, calendar_id)
    if reader.role == "owner":
        calendar_rules.delete_calendar(world, calendar, reader)
    else:
        world.unshare(calendar, session.account)
    return {}


def share_calendar(world, command, email, calendar_id):
    """``{"with": address, "role": reader}``; without a role it is shared no more."""
    session = access.Session(world.account(email))
    calendar, reader = access.open_calendar(world, session, calendar_id)
    access.require_owner(reader)
    other, role = world.account(command.json["with"]), command.json.get("role")
    if role is None:
        world.unshare(calendar, other)
    elif role in ROLES:
        world.share(calendar, other, role)
    else:
        raise ValueError(f"{role} is no role")
    return {"id": calendar.id, "roles": dict(calendar.roles)}


def move(world, command, email, event_id):
    """``{"destination": calendar}``, from ``?calendar=``."""
    person, calendar = world.person(email), _where(command)["calendar_id"]
    return person.move(event_id, command.json["destination"], calendar)


def find(world, command, email):
    """All events of ``calendar``; other parameters as for events.list."""
    args = command.args.copy()
    calendar_id = args.poplist("calendar") or ["primary"]
    api = document("calendar.v3")
    method, _path = api.match("GET", "calendars/primary/events")
    params = api.parameters(method, args)
    return {"items": world.person(email).list(calendar_id[0], **params)}


def insert(world, command, email):
    return world.person(email).insert(command.json, **_where(command))


def patch(world, command, email, event_id):
    return world.person(email).patch(event_id, command.json, **_where(command))


def delete(world, command, email, event_id):
    world.person(email).delete(event_id, **_where(command))
    return {}


def patch_following(world, command, email, event_id):
    person, calendar = world.person(email), _where(command)["calendar_id"]
    return person.patch_following(event_id, command.json, calendar)


def delete_following(world, command, email, event_id):
    world.person(email).delete_following(event_id, _where(command)["calendar_id"])
    return {}


def patch_all(world, command, email, event_id):
    person, calendar = world.person(email), _where(command)["calendar_id"]
    return person.patch_all(event_id, command.json, calendar)


def _where(command):
    return {
        "calendar_id": command.args.get("calendar", "primary"),
        "send_updates": command.args.get("sendUpdates", "none"),
    }
