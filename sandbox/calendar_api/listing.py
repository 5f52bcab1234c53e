"""events.list and events.instances: filters, windows, pages, sync tokens."""

from datetime import timedelta

from ..entities import ROLES
from ..errors import ApiError, invalid, not_found
from . import paging, recurrence, targets, times
from .view import etag, event_json, is_blank, stub

FORBIDDEN_WITH_TOKEN = (
    "iCalUID",
    "orderBy",
    "privateExtendedProperty",
    "q",
    "sharedExtendedProperty",
    "timeMin",
    "timeMax",
    "updatedMin",
)
# A list with one of these is a search and ends without a sync token.
WITHOUT_TOKEN = tuple(
    name for name in FORBIDDEN_WITH_TOKEN if name not in ("timeMin", "timeMax")
)
PAGE_DEFAULT, PAGE_MAX = 250, 2500
UPDATED_MIN_DAYS = 28


def events_list(world, calendar, reader, params):
    """One page of a calendar's events."""
    _check_parameters(world, params)
    scope = f"events:{reader.email}:{calendar.id}"
    pages = paging.Pages(world, scope, params, FORBIDDEN_WITH_TOKEN)
    listing = _Listing(world, calendar, reader, params)
    page = pages.page(listing.find, PAGE_DEFAULT, PAGE_MAX)
    answer = _head(calendar, reader, params)
    items = (listing.render(event_id, pages.since) for event_id in page.ids)
    answer["items"] = [item for item in items if item]
    return {**answer, **page.tokens(not any(n in params for n in WITHOUT_TOKEN))}


def instances(world, calendar, reader, event_id, params):
    """One page of a series' instances."""
    target = targets.find(calendar, event_id)
    if target is None:
        raise not_found()
    if not target.is_series:
        raise invalid("Not a recurring event.", "eventId")
    after, before = _window(params)
    listing = _Listing(world, calendar, reader, params)
    wanted = params.get("originalStart")

    def find(_since):
        found = targets.instances(calendar, target.event, after, before)
        return [
            t.id
            for t in found
            if (params.get("showDeleted") or not t.cancelled)
            and (wanted is None or _is_original(t.original, wanted))
        ]

    scope = f"instances:{reader.email}:{calendar.id}:{event_id}"
    pages = paging.Pages(world, scope, params, ())
    page = pages.page(find, PAGE_DEFAULT, PAGE_MAX)
    answer = _head(calendar, reader, params)
    items = (listing.render(event_id, None) for event_id in page.ids)
    answer["items"] = [item for item in items if item]
    return {**answer, **page.tokens(with_sync_token=False)}


def _is_original(original, wanted):
    if "date" in original:
        return wanted == original["date"]
    found = times.DATE_TIME.match(wanted)
    if not found or not found[3]:
        raise invalid("Invalid original start.", "parameter:originalStart")
    return times.parse_rfc3339(wanted) == times.instant(original)


class _Listing:
    """Which events one reader's parameters ask for, and how they look."""

    def __init__(self, world, calendar, reader, params):
        self.world = world
        self.calendar = calendar
        self.reader = reader
        self.params = params
        self.window = _window(params)
        self.single = params.get("singleEvents", False)
        self.deleted = params.get("showDeleted", False)

    def find(self, since):
        """Ids of all matching events; changed after ``since`` when it is given."""
        calendar = self.calendar
        if since is None:
            events = list(calendar.events.values())
        else:
            events = list(calendar.changed_since(since))[::-1]
        if self.single:
            found = [t for event in events for t in self._single(event, since)]
        else:
            found = [targets.of_event(calendar, event) for event in events]
        return self._ordered([t for t in found if self._matches(t, since)])

    def _single(self, event, since):
        """An event as singleEvents=true shows it; repetitions are harmless."""
        target = targets.of_event(self.calendar, event)
        if not target.is_series:
            yield target
        elif not target.cancelled:
            yield from targets.instances(self.calendar, event, *self.window)
        elif since is not None or self.deleted:
            # Of a deleted series only the instances of some months are reported.
            now = self.world.clock.now()
            window = now - timedelta(days=31), now + timedelta(days=183)
            for original in recurrence.originals(event.data, *window):
                yield targets.instance(event, original)

    def _matches(self, target, since):
        updated_min = self.params.get("updatedMin")
        if target.cancelled and since is None and not updated_min:
            if target.event and target.event.dropped:
                return False
            live_exception = target.is_exception and not self.single
            if not self.deleted and not live_exception:
                return False
        return (
            self._in_window(target)
            and self._has_kind(target)
            and self._is_recent(target, updated_min)
            and self._is_found(target)
        )

    def _in_window(self, target):
        if not any(self.window):
            return True
        if target.is_series and not target.cancelled:
            return targets.series_in_window(self.calendar, target.event, *self.window)
        return targets.in_window(target.data, self.calendar.time_zone, *self.window)

    def _has_kind(self, target):
        kinds = self.params.get("eventTypes")
        return not kinds or target.data.get("eventType", "default") in kinds

    def _is_recent(self, target, updated_min):
        if not updated_min:
            return True
        updated = times.parse_rfc3339(target.stored.updated)
        return updated >= times.parse_rfc3339(updated_min)

    def _is_found(self, target):
        uid = self.params.get("iCalUID")
        if uid and target.data.get("iCalUID") != uid:
            return False
        if not all(
            self._has_properties(target, kind) for kind in ("private", "shared")
        ):
            return False
        words = self.params.get("q", "").lower().split()
        if not words:
            return True
        blank = is_blank(target.data, self.reader)
        text = "" if blank else _searchable(target.data)
        return all(word in text for word in words)

    def _has_properties(self, target, kind):
        own = target.data.get("extendedProperties", {}).get(kind, {})
        for pair in self.params.get(f"{kind}ExtendedProperty", ()):
            name, equals, value = pair.partition("=")
            if not equals:
                raise invalid(f"Invalid {kind}ExtendedProperty.", "parameter")
            if own.get(name) != value:
                return False
        return True

    def _ordered(self, found):
        order = self.params.get("orderBy")
        if order == "startTime":
            zone_name = self.calendar.time_zone
            found.sort(key=lambda t: times.instant(t.data["start"], zone_name))
        elif order == "updated":
            found.sort(key=lambda t: t.stored.updated)
        ids = list(dict.fromkeys(target.id for target in found))
        return ids if order else self.world.paging.shuffled(ids)

    def render(self, event_id, since):
        """The item, or None when the event went away since the first page."""
        target = targets.find(self.calendar, event_id)
        if since is not None and not self.single:
            target = targets.as_changed(self.calendar, event_id, target)
        if target is None:
            return None
        if target.cancelled and not self.deleted:
            live_exception = target.is_exception and not target.event.dropped
            if since is not None or live_exception or self.params.get("updatedMin"):
                return stub(target)
            return None
        return event_json(
            target,
            self.calendar,
            self.reader,
            self.params.get("timeZone", ""),
            self.params.get("maxAttendees"),
        )


def _check_parameters(world, params):
    _window(params)
    if "timeZone" in params:
        times.check_zone(params["timeZone"])
    if params.get("orderBy") == "startTime" and not params.get("singleEvents"):
        raise ApiError(
            400,
            "badRequest",
            "The requested ordering is not available for the particular query.",
            "parameter:orderBy",
        )
    if "updatedMin" in params:
        age = world.clock.now() - times.parse_rfc3339(params["updatedMin"])
        if age.days >= UPDATED_MIN_DAYS:
            raise ApiError(
                410,
                "updatedMinTooLongAgo",
                "The requested minimum modification time lies too far in the past.",
                "parameter:updatedMin",
                domain="calendar",
            )
    if "syncToken" in params and params.get("showDeleted") is False:
        raise paging.forbidden_beside_token("showDeleted")


def _window(params):
    after, before = (
        times.parse_rfc3339(params[name]) if name in params else None
        for name in ("timeMin", "timeMax")
    )
    if after and before and after >= before:
        raise invalid(
            "The specified time range is empty.", "parameter:timeMax", "timeRangeEmpty"
        )
    return after, before


def _searchable(data):
    people = [*data.get("attendees", ()), data.get("organizer", {})]
    texts = [data.get(name, "") for name in ("summary", "description", "location")]
    for person in people:
        texts += [person.get("displayName", ""), person.get("email", "")]
    return " ".join(texts).lower()


def _head(calendar, reader, params):
    entry = reader.account.calendar_list.get(calendar.id)
    writer = ROLES.index(reader.role) >= ROLES.index("reader")
    head = {
        "kind": "calendar#events",
        "etag": etag(calendar.rev),
        "summary": calendar.summary,
        "description": calendar.description,
        "updated": calendar.updated,
        "timeZone": params.get("timeZone") or calendar.time_zone,
        "accessRole": reader.role,
        "defaultReminders": list(entry.default_reminders) if entry and writer else [],
    }
    if not calendar.description:
        del head["description"]
    return head
