"""What a person does in Google's own pages: the same rules, no token, no quota."""

from copy import deepcopy

from .calendar_api import (
    access,
    calendars,
    event_types,
    listing,
    splitting,
    targets,
)
from .calendar_api.api import NAME
from .calendar_api.view import event_json
from .calendar_api.writing import Desk
from .discovery import document
from .errors import not_found
from .people_api.by_hand import Contacts


class Person:
    """One account's owner at the screen.

    Bodies and answers are those of the API; ApiError where Google's page would
    refuse. ``send_updates`` is what the person answers to "send invitations?".
    ``contacts`` is the page with the address book.
    """

    def __init__(self, world, account):
        self.world = world
        self.account = account
        self.contacts = Contacts(world, account)

    def insert(self, body, calendar_id="primary", send_updates="none"):
        return self._write("insert", calendar_id, send_updates, body)

    def patch(self, event_id, body, calendar_id="primary", send_updates="none"):
        return self._write("patch", calendar_id, send_updates, event_id, body)

    def receive(self, body, calendar_id="primary"):
        """An invitation from outside arrives: an import with a foreign organizer."""
        return self._write("import_", calendar_id, "none", body)

    def book(self, body, calendar_id="primary"):
        """Gmail reads a booking out of a mail and makes an event of it."""
        made = self.insert(body, calendar_id)
        with self.world.lock:
            calendar, _reader = self._open(calendar_id)
            event = calendar.events[made["id"]]
            event.data = event_types.as_gmail_makes_it(event.data, self.account)
        return self.get(made["id"], calendar_id)

    def delete(self, event_id, calendar_id="primary", send_updates="none"):
        return self._write("delete", calendar_id, send_updates, event_id)

    def move(self, event_id, destination, calendar_id="primary"):
        """Another calendar chosen in the event's dialogue."""
        with self.world.lock:
            params = {"sendUpdates": "none"}
            there = Desk(self.world, *self._open(destination), params)
            desk = Desk(self.world, *self._open(calendar_id), params)
            return deepcopy(desk.move(event_id, there))

    def patch_following(self, event_id, body, calendar_id="primary"):
        """ "This and following" of an occurrence; returns the series that has them."""
        return self._split(splitting.following, calendar_id, event_id, body)

    def delete_following(self, event_id, calendar_id="primary"):
        return self._split(splitting.delete_following, calendar_id, event_id)

    def patch_all(self, event_id, body, calendar_id="primary"):
        """ "All events" of an occurrence's series, whatever it was split into."""
        return self._split(splitting.everything, calendar_id, event_id, body)

    def delete_all(self, event_id, calendar_id="primary"):
        return self._split(splitting.delete_everything, calendar_id, event_id)

    def get(self, event_id, calendar_id="primary"):
        with self.world.lock:
            calendar, reader = self._open(calendar_id)
            target = targets.find(calendar, event_id)
            if target is None:
                raise not_found()
            return deepcopy(event_json(target, calendar, reader))

    def list(self, calendar_id="primary", **params):
        """All items of events.list with these parameters, over all pages."""
        with self.world.lock:
            calendar, reader = self._open(calendar_id)
            items, page = [], {"nextPageToken": None}
            while "nextPageToken" in page:
                token = page["nextPageToken"]
                asked = {**params, "pageToken": token} if token else params
                page = listing.events_list(self.world, calendar, reader, asked)
                items += page["items"]
            return deepcopy(items)

    def calendars(self):
        """The calendar list, as calendarList.list shows it."""
        with self.world.lock:
            session = access.Session(self.account)
            return calendars.list_entries(self.world, session, {})["items"]

    def _open(self, calendar_id):
        return access.open_calendar(
            self.world, access.Session(self.account), calendar_id
        )

    def _split(self, gesture, calendar_id, *args):
        if isinstance(args[-1], dict):
            document(NAME).check_schema("Event", args[-1])
        with self.world.lock:
            desk = Desk(self.world, *self._open(calendar_id), {})
            return deepcopy(gesture(desk, *args))

    def _write(self, verb, calendar_id, send_updates, *args):
        if isinstance(args[-1], dict):
            api = document(NAME)
            api.check_schema("Event", args[-1])
        with self.world.lock:
            # The page asks about invitations, labels and attachments by itself.
            params = {"sendUpdates": send_updates, "supportsAttachments": True}
            desk = Desk(self.world, *self._open(calendar_id), params)
            return deepcopy(getattr(desk, verb)(*args))
