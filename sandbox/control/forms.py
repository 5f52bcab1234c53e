"""The page's forms: from fields to what the person or the operator does."""

from datetime import date, timedelta
from urllib.parse import parse_qsl

from ..seed import plant
from . import address_book, calendars


def parse(body):
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


def carry_out(world, form):
    """Do what the form asks; ApiError where Google would refuse it."""
    ACTIONS[form["action"]](world, form)


def _save(world, form):
    person = world.person(form["account"])
    event_id = form.get("id")
    body = _body(world, form)
    if not event_id:
        body = {key: value for key, value in body.items() if value is not None}
        person.insert(body, form["calendar"])
        return
    before = form.get("calendar_before") or form["calendar"]
    if before != form["calendar"]:
        # A series moves as a whole; Google's page asks nothing.
        person.move(form.get("series") or event_id, form["calendar"], before)
    if form.get("series") and form.get("following"):
        person.patch_following(event_id, body, form["calendar"])
    elif form.get("series") and form.get("whole_series"):
        person.patch_all(event_id, body, form["calendar"])
    else:
        person.patch(event_id, body, form["calendar"])


def _delete(world, form):
    person, event_id = world.person(form["account"]), form["id"]
    form = {**form, "calendar": form.get("calendar_before") or form["calendar"]}
    if form.get("series") and form.get("following"):
        person.delete_following(event_id, form["calendar"])
    elif form.get("series") and form.get("whole_series"):
        person.delete_all(event_id, form["calendar"])
    else:
        person.delete(event_id, form["calendar"])


def _body(world, form):
    """The event as the dialog has it; None clears."""
    zone_name = world.calendars[form["calendar"]].time_zone
    free = form.get("free")
    return {
        "summary": form.get("summary", "").strip(),
        "location": form.get("location", "").strip(),
        "description": form.get("description", "").strip(),
        "start": _moment(form, "start", zone_name),
        "end": _moment(form, "end", zone_name),
        "visibility": "private" if form.get("private") else "default",
        "transparency": "transparent" if free else "opaque",
        "colorId": form.get("color") or None,
        **_reminders(form),
    }


def _moment(form, which, zone_name):
    """Both kinds are named, so that an event can change from one to the other."""
    day = form[f"{which}_date"]
    if not form.get("all_day"):
        clock = form[f"{which}_time"]
        text = f"{day}T{clock}:00"
        return {"date": None, "dateTime": text, "timeZone": zone_name}
    if which == "end":
        day = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    return {"date": day, "dateTime": None, "timeZone": None}


def _reminders(form):
    choice = form.get("reminder", "default")
    if choice == form.get("reminder_before"):
        return {}  # several reminders survive an edit of something else
    if choice == "default":
        return {"reminders": {"useDefault": True, "overrides": None}}
    overrides = []
    if choice != "none":
        overrides = [{"method": "popup", "minutes": int(choice)}]
    return {"reminders": {"useDefault": False, "overrides": overrides}}


def _toggle_consent(world, _form):
    world.auto_consent = not world.auto_consent
    world.dirty = True


def _fault(world, form):
    world.faults.add("*", form["kind"], int(form.get("times") or 1))


def _revoke(world, form):
    sub = world.account(form["account"]).sub
    for held, client_id in list(world.oauth.consents):
        if held == sub:
            world.oauth.revoke_grant(sub, client_id)


def _reset(world, _form):
    origin = world.origin
    plant(world, origin.get("seed", "empty"), origin.get("redirect_uris", ()))


ACTIONS = {
    "save": _save,
    "delete": _delete,
    "save_contact": address_book.save,
    "delete_contact": address_book.delete,
    "create_calendar": calendars.create,
    "change_calendar": calendars.change,
    "delete_calendar": calendars.remove,
    "share_calendar": calendars.share,
    "auto_consent": _toggle_consent,
    "expire_access": lambda world, form: world.oauth.expire_access_tokens(),
    "expire_sync": lambda world, form: world.expire_sync_tokens(),
    "fault": _fault,
    "clear_faults": lambda world, form: world.faults.clear(),
    "reset_counters": lambda world, form: world.reset_counters(),
    "revoke": _revoke,
    "reset": _reset,
}
