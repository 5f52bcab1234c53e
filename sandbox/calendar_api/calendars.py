"""calendarList, calendars and settings."""

from ..entities import ListEntry
from ..errors import invalid, not_found, required
from . import access, paging, times
from .palette import CALENDAR
from .view import etag

LIST_DEFAULT, LIST_MAX = 100, 250
FORBIDDEN_WITH_TOKEN = ("minAccessRole", "showOwnOrganizationOnly")


def entry_json(world, account, entry):
    """A calendar as it stands in one account's list."""
    if entry.deleted:
        return {
            "kind": "calendar#calendarListEntry",
            "etag": etag(entry.rev),
            "id": entry.calendar_id,
            "deleted": True,
        }
    calendar = world.calendars[entry.calendar_id]
    role = access.role_of(calendar, account.email) or "freeBusyReader"
    result = {
        "kind": "calendar#calendarListEntry",
        "etag": etag(max(entry.rev, calendar.rev)),
        "id": calendar.id,
        "summary": calendar.summary,
        "timeZone": calendar.time_zone,
        "colorId": entry.color_id,
        "backgroundColor": entry.background or CALENDAR[entry.color_id][1],
        "foregroundColor": entry.foreground,
        "accessRole": role,
        "defaultReminders": list(entry.default_reminders),
        "conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"]},
    }
    optional = {
        "description": calendar.description,
        "location": calendar.location,
        "summaryOverride": entry.summary_override,
        "selected": entry.selected,
        "hidden": entry.hidden,
        "primary": calendar.id == account.email,
        "dataOwner": calendar.owner if calendar.id != calendar.owner else "",
    }
    return {**result, **{key: value for key, value in optional.items() if value}}


def list_entries(world, session, params):
    """One page of calendarList.list."""
    account = session.account
    incremental = "syncToken" in params
    for name in ("showDeleted", "showHidden"):
        if incremental and params.get(name) is False:
            raise paging.forbidden_beside_token(name)

    def wanted(entry, since):
        if since is not None:
            return entry.rev > since
        role = access.role_of(world.calendars[entry.calendar_id], account.email)
        return (
            (not entry.deleted or params.get("showDeleted"))
            and (not entry.hidden or params.get("showHidden"))
            and access.at_least(role, params.get("minAccessRole", "freeBusyReader"))
        )

    def find(since):
        entries = account.calendar_list.values()
        return [entry.calendar_id for entry in entries if wanted(entry, since)]

    pages = paging.Pages(
        world, f"calendarList:{account.email}", params, FORBIDDEN_WITH_TOKEN
    )
    page = pages.page(find, LIST_DEFAULT, LIST_MAX)
    items = [entry_json(world, account, account.calendar_list[i]) for i in page.ids]
    return {
        "kind": "calendar#calendarList",
        "etag": etag(world.rev),
        "items": items,
        **page.tokens("minAccessRole" not in params),
    }


def get_entry(world, session, calendar_id):
    account = session.account
    entry = account.calendar_list.get(
        account.email if calendar_id == "primary" else calendar_id
    )
    if not entry or entry.deleted:
        raise not_found()
    return entry_json(world, account, entry)


def calendar_json(calendar):
    result = {
        "kind": "calendar#calendar",
        "etag": etag(calendar.rev),
        "id": calendar.id,
        "summary": calendar.summary,
        "timeZone": calendar.time_zone,
        "conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"]},
    }
    optional = {
        "description": calendar.description,
        "location": calendar.location,
        "dataOwner": calendar.owner if calendar.id != calendar.owner else "",
    }
    if calendar.labels:
        result["labelProperties"] = {"eventLabels": list(calendar.labels)}
    return {**result, **{key: value for key, value in optional.items() if value}}


def insert_calendar(world, session, body):
    """A new secondary calendar, owned by the caller."""
    if not body.get("summary"):
        raise required("Missing summary.", "summary")
    zone_name = body.get("timeZone") or "UTC"
    times.check_zone(zone_name)
    calendar = world.add_calendar(
        session.account,
        body["summary"],
        time_zone=zone_name,
        description=body.get("description") or "",
        location=body.get("location") or "",
    )
    calendar.client_id = session.client.client_id if session.client else ""
    return calendar_json(calendar)


def delete_calendar(world, calendar, reader):
    """Remove a secondary calendar for everybody; a primary one only ever clears."""
    access.require_owner(reader)
    if calendar.id == calendar.owner:
        raise invalid("The primary calendar cannot be deleted.", "calendarId")
    calendar.deleted = True
    for account in world.accounts.values():
        entry = account.calendar_list.get(calendar.id)
        if entry:
            entry.deleted, entry.rev = True, world.next_rev()
    world.channels.changed(calendar)


def subscribe(world, account, calendar, **look):
    """Put a calendar into an account's list."""
    entry = ListEntry(calendar.id, rev=world.next_rev(), **look)
    account.calendar_list[calendar.id] = entry
    return entry


def settings(account):
    values = {
        "timezone": account.time_zone,
        "locale": account.locale,
        "format24HourTime": "true",
        "weekStart": "1",
        "defaultEventLength": "60",
    }
    return [
        {"kind": "calendar#setting", "etag": '"0"', "id": key, "value": value}
        for key, value in values.items()
    ]


def get_setting(account, name):
    for setting in settings(account):
        if setting["id"] == name:
            return setting
    raise not_found()
