"""From the engine's lines and counts to the journal's rows."""

import json

from ..sync.values import Period

#: The run's counter of each (side, action) that the engine counts.
COUNTERS = {
    ("odoo", "create"): "pulled_created",
    ("odoo", "update"): "pulled_updated",
    ("odoo", "put_back"): "pulled_updated",
    ("odoo", "delete"): "pulled_deleted",
    ("odoo", "decline"): "pulled_deleted",
    ("google", "create"): "pushed_created",
    ("google", "update"): "pushed_updated",
    ("google", "put_back"): "pushed_updated",
    ("google", "delete"): "pushed_deleted",
    ("odoo", "adopt"): "adopted",
}


def journal_vals(run, line, event_id):
    """Values of the `google.sync.run.line` for an engine's line."""
    return {
        "run_id": run.id,
        "action": line.action,
        "side": line.side,
        "res_model": "calendar.event",
        "res_id": event_id or line.event_id,
        "name": line.title or run.env._("(No title)"),
        "google_id": line.google_id,
        "before": as_text(line.before),
        "after": as_text(line.after),
        "error": _error(line),
        "advice": advice(run.env, line.reason) if line.reason else False,
        "private": line.private,
    }


def _error(line):
    if line.action != "error":
        return False
    return f"{line.error} ({line.reason})" if line.reason else line.error


def as_text(values):
    """JSON of canonical values by field name, False when there are none."""
    if not values:
        return False
    return json.dumps(values, default=_plain, ensure_ascii=False, sort_keys=True)


def _plain(value):
    if isinstance(value, Period):
        return {"start": value.start.isoformat(), "end": value.end.isoformat()}
    return str(value)


def count_vals(report):
    """The run's counters."""
    vals = dict.fromkeys(COUNTERS.values(), 0)
    for key, counter in COUNTERS.items():
        vals[counter] += report.done[key]
    return {
        **vals,
        "errors_count": report.errors,
        "skipped_count": sum(report.left_alone.values()),
        "skipped": dict(report.left_alone),
    }


def advice(env, reason):
    """What a person can do about Google's reason for refusing one record."""
    return {
        "forbiddenForNonOrganizer": env._(
            "Only the organiser may change this event: ask them, or decline it."
        ),
        "not_organizer": env._(
            "Only the organiser may change this event: Google's values were put back."
        ),
        "requiredAccessLevel": env._(
            "You may read this calendar but not write in it: ask its owner, or choose "
            "another calendar."
        ),
        "read_only_calendar": env._(
            "You may read this calendar but not write in it: ask its owner, or choose "
            "another calendar."
        ),
        "locked": env._("Google locked this event: change it in Google."),
        "event_type": env._("Google keeps events of this kind: change it in Google."),
        "eventTypeRestriction": env._(
            "Google keeps events of this kind: change it in Google."
        ),
        "odoo": env._(
            "Odoo refused this event. Correct it in Google; it is tried again then."
        ),
        "edited_in_google": env._(
            "It was edited in Google after it was deleted in Odoo: the edit was kept."
        ),
        "timeRangeEmpty": env._("The end must come after the start: correct it."),
    }.get(reason, env._("Correct the event; it is tried again after its next edit."))
