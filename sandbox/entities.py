"""What the world is made of. Plain data; the rules live beside the APIs."""

from dataclasses import dataclass, field

from .calendar_api.recurrence import family_of
from .people_api.book import Book

WRITERS = ("writerWithoutPrivateAccess", "writer", "owner")
ROLES = ("freeBusyReader", "reader", *WRITERS)


@dataclass
class Account:
    """A person with a Google account."""

    sub: str
    email: str
    name: str
    time_zone: str = "Europe/Paris"
    locale: str = "en"
    workspace: bool = False  # may use focus time, out of office, working location
    calendar_user: bool = True  # False: 403 notACalendarUser
    auto_consent: bool = False  # consents to everything without a click
    grants_only: set = None  # the scopes this person ticks; None: all
    refuses: bool = False  # clicks Cancel
    calendar_list: dict = field(default_factory=dict)  # calendar id -> ListEntry
    book: Book = field(default_factory=Book, repr=False)  # contacts and labels

    @property
    def contacts(self):
        """The living contacts by resource name."""
        return {record.now.name: record for record in self.book.everybody()}


@dataclass
class ListEntry:
    """A calendar as one account has it in the left pane."""

    calendar_id: str
    color_id: str = "14"
    background: str = ""  # set: a custom colour, which needs colorRgbFormat
    foreground: str = "#000000"
    summary_override: str = ""
    hidden: bool = False
    selected: bool = True
    deleted: bool = False
    default_reminders: list = field(default_factory=list)
    rev: int = 0


@dataclass
class Client:
    """An OAuth client of a Google project; ``kind`` is web, installed or service.

    A service account has an address and public keys (PEM by key id); ``delegated`` are
    the scopes that the Workspace administrator entered for it.
    """

    client_id: str
    secret: str
    kind: str = "web"
    redirect_uris: list = field(default_factory=list)
    testing: bool = False
    test_users: set = field(default_factory=set)
    project: str = ""
    disabled_apis: set = field(default_factory=set)  # "calendar", "people"
    account_email: str = ""
    keys: dict = field(default_factory=dict)
    delegated: set = field(default_factory=set)


@dataclass
class Event:
    """A stored event of one calendar.

    ``data`` holds the resource without what is computed for each reader; it is replaced
    and never changed in place, because targets share it. For an
    exception of a series (``series_id`` set) it holds only what differs from the
    series, with None for a field that the series has and this occurrence has not.
    ``dropped`` exceptions lost their place when the series was changed or deleted.
    """

    id: str
    data: dict
    rev: int = 0
    created: str = ""
    updated: str = ""
    series_id: str = ""
    original: dict = None
    dropped: bool = False
    reminders: dict = field(default_factory=dict)  # email -> reminders

    @property
    def cancelled(self):
        return self.data.get("status") == "cancelled"


@dataclass
class Calendar:
    """A calendar. ``events`` is ordered by last change, oldest first."""

    id: str
    summary: str
    time_zone: str
    owner: str = ""
    description: str = ""
    location: str = ""
    roles: dict = field(default_factory=dict)  # email -> role
    public: bool = False
    client_id: str = ""  # the client that created it, for calendar.app.created
    labels: list = field(default_factory=list)
    deleted: bool = False
    rev: int = 0
    updated: str = ""
    events: dict = field(default_factory=dict)
    by_uid: dict = field(default_factory=dict, repr=False)  # iCalUID -> ids
    exceptions: dict = field(default_factory=dict, repr=False)  # series id -> ids
    splits: dict = field(default_factory=dict, repr=False)  # family -> series ids

    def put(self, event):
        """Store ``event`` as the one changed last."""
        self.events.pop(event.id, None)
        self.events[event.id] = event
        uid = event.data.get("iCalUID")
        if uid:
            self.by_uid.setdefault(uid, {})[event.id] = True
        if event.series_id:
            self.exceptions.setdefault(event.series_id, {})[event.id] = True
        elif (family := family_of(event.id)) != event.id:
            self.splits.setdefault(family, {})[event.id] = True

    def exceptions_of(self, series_id, *, dropped=False):
        """The exceptions of a series that hold their place, or those that lost it."""
        stored = (self.events[i] for i in self.exceptions.get(series_id, ()))
        return [
            event
            for event in stored
            if event.dropped is dropped and event.series_id == series_id
        ]

    def family(self, family_id):
        """The series that began as one, the latest split first."""
        ids = [family_id, *self.splits.get(family_id, ())]
        return [self.events[i] for i in reversed(ids) if i in self.events]

    def with_uid(self, uid):
        return [self.events[i] for i in self.by_uid.get(uid, ()) if i in self.events]

    def changed_since(self, rev):
        """Events changed after ``rev``, newest first; costs only what changed."""
        for event in reversed(self.events.values()):
            if event.rev <= rev:
                return
            yield event
