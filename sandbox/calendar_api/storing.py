"""Putting the next state of a target into its calendar, exceptions of series included.

No rights and no rules here: callers have checked both.
"""

from ..entities import Event
from . import recurrence, targets

# A change of these alone leaves ``updated`` as it is.
MINOR = {"colorId", "eventLabelId"}


def store(world, calendar, target, data):
    """Store ``data`` as the target's state; etag always changes."""
    main = _main(data) != _main(target.data)
    if target.is_instance:
        event = _exception(target)
        own = targets.differences(data, target.series)
        # The id under which all copies are found, whatever the exception inherits.
        event.data = {**own, "iCalUID": data["iCalUID"]}
    else:
        event = target.event
        before, event.data = event.data, data
        _review_exceptions(world, calendar, event, before)
    world.touch(calendar, event, main=main or not event.updated)
    _touch_family(calendar, event)
    target.event = event
    target.data = data
    return event


def set_reminders(target, email, reminders):
    target.event.reminders[email] = reminders


def _main(data):
    return {key: value for key, value in data.items() if key not in MINOR}


def _exception(target):
    if target.event:
        return target.event
    series = target.series
    return Event(
        target.id,
        {},
        created=series.created,
        series_id=series.id,
        original=target.original,
    )


def _touch_family(calendar, event):
    """A series and its exceptions carry one etag, and are listed together."""
    series_id = event.series_id or event.id
    members = calendar.exceptions_of(series_id)
    if event.series_id and event.series_id in calendar.events:
        members.append(calendar.events[event.series_id])
    for member in members:
        if member is not event:
            member.rev, member.updated = event.rev, event.updated
            calendar.put(member)


def _review_exceptions(world, calendar, series, before):
    """Drop the exceptions that lost their place.

    Those of a deleted series go without a word of their own. One dropped earlier was
    last reported as the rule's own instance when the rule still makes it: it is
    reported again, or its readers would keep an old state.
    """
    lost = calendar.exceptions_of(series.id, dropped=True)
    rebuilt = _rebuilt(before, series.data)
    for event in calendar.exceptions_of(series.id):
        if rebuilt or not recurrence.occurs(series.data, event.original):
            event.dropped = True
            event.data = {**event.data, "status": "cancelled"}
            if not series.cancelled:
                world.touch(calendar, event)
    for event in lost if not series.cancelled else ():
        world.touch(calendar, event)


def _rebuilt(before, after):
    """Whether all instances are new ones: other start, zone or pattern, or deleted."""
    return (
        after.get("status") == "cancelled"
        or not after.get("recurrence")
        or before.get("start") != after["start"]
        or not recurrence.same_pattern(
            before.get("recurrence", []), after["recurrence"]
        )
    )
