"""From the engine's lines and counts to the journal's rows."""

import json
import re
from datetime import datetime, timedelta

from odoo.tools import format_date, format_datetime, html2plaintext

from ...sync.events.archive import to_ical
from ...sync.events.colours import LABEL
from ...sync.events.description import description_to_odoo
from ...sync.events.fields import EVENT_FIELDS
from ...sync.events.values import Period
from .moments import edges
from .series_words import shown_recurrence
from .undo_words import undo_advices

#: The run's counter of each (side, action) that the engine counts.
COUNTERS = {
    ("odoo", "create"): "pulled_created",
    ("odoo", "update"): "pulled_updated",
    ("odoo", "put_back"): "pulled_updated",
    ("odoo", "move"): "pulled_updated",
    ("odoo", "delete"): "pulled_deleted",
    ("odoo", "decline"): "pulled_deleted",
    ("google", "create"): "pushed_created",
    ("google", "update"): "pushed_updated",
    ("google", "put_back"): "pushed_updated",
    ("google", "move"): "pushed_updated",
    ("google", "delete"): "pushed_deleted",
    ("odoo", "adopt"): "adopted",
}

_ZONE = re.compile(r"time ?zone", re.IGNORECASE)


def journal_vals(run, line, event_id):
    """Values of the `google.sync.run.line` for an engine's line about an event."""
    return {
        **line_vals(run, line),
        "res_model": "calendar.event",
        "res_id": event_id or line.record_id,
        "name": line.title or run.env._("(No title)"),
        "before": as_text(_before(line)),
        "advice": line.reason and advice(run.env, line.reason, line.error),
        # What becomes private is private already in the line that tells it.
        "private": line.private or bool(dict(line.after).get("private")),
        "archive": line.archive and to_ical(line.archive, line.google_id or "new"),
    }


def line_vals(run, line):
    """Values of the `google.sync.run.line` for any line of the engine's."""
    error = f"{line.error} ({line.reason})" if line.reason else line.error
    return {
        "run_id": run.id,
        "action": line.action,
        "side": line.side or False,
        "res_id": line.record_id,
        "google_id": line.google_id,
        "before": as_text(line.before),
        "after": as_text(line.after),
        "error": line.action == "error" and error,
        "reason": line.reason or False,
        "private": line.private,
    }


def _before(line):
    """Of what was deleted, everything is shown; else what was changed."""
    if line.archive and line.action in ("delete", "decline"):
        kept = line.archive.as_dict().items()
        return {k: v for k, v in kept if v not in ("", None, ())}
    return line.before


def as_text(values):
    """JSON of canonical values by field name, False when there are none."""
    if not values:
        return False
    return json.dumps(values, default=plain, ensure_ascii=False, sort_keys=True)


def plain(value):
    """What JSON does not know of canonical values, for `json.dumps(default=)`."""
    if isinstance(value, Period):
        return {"start": value.start.isoformat(), "end": value.end.isoformat()}
    return str(value)


def shown(env, name, value):
    """A canonical value (or its JSON) as a person reads it; `label`: a field's name."""
    if name == "label":
        return field_labels(env).get(value, value)
    if name == "recurrence" and value is not None:
        return shown_recurrence(env, value)
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return env._("Yes") if value else env._("No")
    if name == "period":
        return _shown_period(env, value)
    if name == "guests":
        return ", ".join(value)
    if name == "reminders":
        return ", ".join(env._("%s min", minutes) for minutes in value)
    if name == "description":
        return html2plaintext(description_to_odoo(value))
    if name == "color":
        return _shown_colour(env, value)
    return str(value)


def _shown_colour(env, value):
    kind = env["calendar.event.type"]._fields["google_color"]
    names = dict(kind._description_selection(env))
    colour = value.removeprefix(LABEL)
    return names.get(colour, env._("A label of Google") if value else "")


def field_labels(env):
    """By field of an event, its name for people."""
    registered = {name: field.label for name, field in EVENT_FIELDS.items()}
    return {
        **registered,
        "title": env._("Title"),
        "place": env._("Place"),
        "description": env._("Description"),
        "period": env._("Period"),
        "time_zone": env._("Time zone"),
        "recurrence": env._("Recurrence"),
        "guests": env._("Guests"),
        "private": env._("Private"),
        "busy": env._("Busy"),
        "reminders": env._("Reminder"),
        "color": env._("Colour"),
        "video": env._("Video meeting"),
        "source": env._("Meeting address"),
        "calendar": env._("Calendar"),
    }


def _shown_period(env, value):
    if isinstance(value, Period):
        value = plain(value)
    start, end = edges(value)
    if isinstance(start, datetime):
        times = [format_datetime(env, x, dt_format="short") for x in (start, end)]
        return " → ".join(times)
    # An end is exclusive in canonical form; people are told the last day.
    days = [format_date(env, x) for x in (start, max(start, end - timedelta(days=1)))]
    return " → ".join(dict.fromkeys(days))


def count_vals(done):
    """The run's counters, from a number of lines by (side, action)."""
    vals = dict.fromkeys([*COUNTERS.values(), "errors_count"], 0)
    for (side, action), number in done.items():
        counter = COUNTERS.get((side, action))
        if action == "error":
            counter = "errors_count"
        if counter:
            vals[counter] += number
    return vals


def advice(env, reason, said=""):
    """What a person can do about Google's reason for refusing one record.

    said: Google's sentence, for the reasons that stand for several troubles.
    """
    if reason in ("invalid", "required", "badRequest") and _ZONE.search(said):
        return env._(
            "Google does not know the time zone of this event: choose another one in "
            "My Preferences, then save the event again."
        )
    return _advices(env).get(
        reason, env._("Correct the event; it is tried again after its next edit.")
    )


def _advices(env):
    return {
        **_advices_on_values(env),
        **_advices_on_rights(env),
        **undo_advices(env),
    }


def _advices_on_values(env):
    wrong_value = env._(
        "Google does not accept one of the values; what it said names it. Correct the "
        "event; it is tried again after its next edit."
    )
    too_large = env._("The event is too large for Google: shorten its description.")
    return {
        "required": env._(
            "Google misses one of the values; what it said names it. Complete the "
            "event; it is tried again after its next edit."
        ),
        "invalid": wrong_value,
        "badRequest": wrong_value,
        "parseError": wrong_value,
        "timeRangeEmpty": env._("The end must come after the start: correct it."),
        "eventDurationExceedsLimit": env._(
            "The event is too long for Google: shorten it, or make several of it."
        ),
        "tooLarge": too_large,
        "uploadTooLarge": too_large,
        "http413": too_large,
        "odoo": env._(
            "Odoo refused this event. Correct it in Google; it is tried again then."
        ),
        "edited_in_google": env._(
            "It was edited in Google after it was deleted in Odoo: the edit was kept."
        ),
        "accepted": env._("The invitation was accepted in Odoo."),
        "reminders_kept": env._(
            "Google takes at most five reminders, of four weeks before at the most: "
            "these stay in Odoo alone."
        ),
        "guest_address": env._(
            "Google cannot invite these guests: correct their e-mail address in "
            "Contacts, then save the event again. The others are invited."
        ),
        **_explanations_of_series(env),
    }


def _explanations_of_series(env):
    return {
        "series_changed": env._(
            "The series was changed so that it has no place for this occurrence any "
            "more."
        ),
        "follows_series": env._(
            "The series was changed as a whole; this occurrence had been changed on "
            "its own and follows it now."
        ),
        "cancelled_before": env._(
            "This occurrence was deleted before; Odoo made it again when the series "
            "was changed as a whole."
        ),
        "rule_not_in_odoo": env._(
            "Odoo has no words for the new rule of this series: it is kept in Google, "
            "and its occurrences are single events here."
        ),
    }


#: Of events that Google keeps to itself.
_SPECIAL = (
    "event_type",
    "eventTypeRestriction",
    "malformedWorkingLocationEvent",
    "malformedOutOfOfficeEvent",
    "malformedFocusTimeEvent",
)
_OF_ORGANIZER = ("cannotChangeOrganizer", "cannotChangeOrganizerOfInstance")


def _advices_on_rights(env):
    read_only = env._(
        "You may read this calendar but not write in it: ask its owner, or choose "
        "another calendar."
    )
    organizer = env._(
        "Google does not let an event change its organiser: change it in Google, or "
        "make a new event."
    )
    return {
        "requiredAccessLevel": read_only,
        "from_google": env._(
            "This calendar is synchronised from Google only: Google's values were put "
            "back."
        ),
        "hidden": env._(
            "It stays in Google, for the others too; here it is hidden for you alone."
        ),
        "copied": env._(
            "Google does not move it: it was created there and deleted here."
        ),
        "read_only_calendar": read_only,
        **dict.fromkeys(
            _SPECIAL, env._("Google keeps events of this kind: change it in Google.")
        ),
        **dict.fromkeys(_OF_ORGANIZER, organizer),
        "forbiddenForNonOrganizer": env._(
            "Only the organiser may change this event: ask them, or decline it."
        ),
        "not_organizer": env._(
            "Only the organiser may change this event: Google's values were put back."
        ),
        "participantIsNeitherOrganizerNorAttendee": env._(
            "The owner of this calendar takes no part in the event: add them to its "
            "participants, or leave the event out of this agenda."
        ),
        "forbidden": env._(
            "Google does not let your account change this event: it belongs to "
            "somebody else, or was deleted by its organiser. Ask them, or change it "
            "in Google."
        ),
        "locked": env._("Google locked this event: change it in Google."),
    }
