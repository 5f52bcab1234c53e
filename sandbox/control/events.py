"""The control API's view of one account: act as the person in Google."""

from ..discovery import document


def calendars(world, _command, email):
    return {"items": world.person(email).calendars()}


def add_calendar(world, command, email):
    calendar = world.add_calendar(world.account(email), **command.json)
    return {"id": calendar.id, "summary": calendar.summary}


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
