"""The whole state of the simulated Google, behind one lock."""

import random
import secrets
import threading
from collections import Counter

from .calendar_api import calendars
from .calendar_api.channels import Channels
from .calendar_api.paging import Paging
from .clock import Clock, rfc3339_millis
from .counters import Counters, Mails
from .entities import Account, Calendar, Client
from .faults import Faults
from .oauth.delegation import new_key
from .oauth.grants import Grants
from .oauth.redirects import check_registration
from .people_api.quota import PeopleQuota
from .people_api.switches import PeopleSwitches
from .person import Person
from .quota import Quota

ID_ALPHABET = "0123456789abcdefghijklmnopqrstuv"


class World:
    """Accounts, clients, grants and calendars, with the switches of the simulation.

    Public for tests: ``clock``, ``faults``, ``quota``, ``paging``, ``counters``,
    ``mails``, ``warnings``, ``latency`` (seconds per request), ``auto_consent``,
    ``people`` (the People API's switches, see ``PeopleSwitches``), ``channels`` (push
    notifications, see ``Channels``).
    Hold ``lock`` while reading or changing several things of a running server.
    """

    def __init__(self):
        self.lock = threading.RLock()
        self.clock = Clock()
        self.origin = {"seed": "empty"}  # what ``seed.plant`` started from
        self.url = ""  # where photos are served; the first request tells
        self.reset()

    def reset(self):
        """Forget everything: accounts, clients, tokens, calendars, switches."""
        self.accounts = {}  # sub -> Account
        self.accounts_by_email = {}
        self.clients = {}
        self.api_keys = {}  # key -> project
        self.calendars = {}
        self.random = random.SystemRandom()  # a seed makes ids repeatable
        self.rev = 0
        self.sync_generation = 0
        self.auto_consent = False
        self.latency = 0.0
        self.dirty = True
        self.paging = Paging()
        self.faults = Faults()
        self.channels = Channels(self)
        self.quota = Quota(self.clock)
        self.people = PeopleSwitches(PeopleQuota(self.clock))
        self.oauth = Grants(self)
        self.reset_counters()

    def reset_counters(self):
        self.counters = Counters()
        self.mails = Mails(self.clock)
        self.warnings = Counter()

    # -- building the world

    def add_client(self, client_id, secret, kind="web", redirect_uris=(), **options):
        """Register an OAuth client; ValueError for a redirect URI Google refuses.

        Options: ``testing``, ``test_users``, ``project``, ``disabled_apis``.
        """
        if kind not in ("web", "installed"):
            raise ValueError("kind is web or installed")
        if kind == "web":
            for uri in redirect_uris:
                check_registration(uri)
        options.setdefault("project", client_id)
        client = Client(client_id, secret, kind, list(redirect_uris), **options)
        self.clients[client_id] = client
        return client

    def add_service_account(self, client_id, account_email, delegated=()):
        """Register a service account; its key file, as the console offers it."""
        client = Client(client_id, "", "service", account_email=account_email)
        client.project = client_id
        client.delegated = set(delegated)
        self.clients[client_id] = client
        self.dirty = True
        return new_key(client)

    def add_api_key(self, key, project):
        """A key of a project; ``add_client`` names the project, or its client id is."""
        self.api_keys[key] = project

    def add_account(self, email, name, time_zone="Europe/Paris", **options):
        """A new person with an empty primary calendar. Options: see ``Account``."""
        email = email.lower()
        sub = str(10**20 + random.Random(email).randrange(10**20))
        account = Account(sub, email, name, time_zone, **options)
        self.accounts[sub] = self.accounts_by_email[email] = account
        calendar = Calendar(email, email, time_zone, email, roles={email: "owner"})
        self._register(calendar)
        calendars.subscribe(
            self,
            account,
            calendar,
            default_reminders=[{"method": "popup", "minutes": 30}],
        )
        return account

    def account(self, email):
        """The account with this mail address; KeyError when there is none."""
        return self.accounts_by_email[email.lower()]

    def person(self, email):
        """The account's owner at Google's own pages; see ``Person``."""
        return Person(self, self.account(email))

    def add_calendar(self, owner, summary, calendar_id="", **options):
        """A secondary calendar. ``owner`` None: one of Google's own.

        Options: see ``Calendar``; ``color_id`` is the owner's colour for it.
        """
        color_id = options.pop("color_id", "14")
        options.setdefault("time_zone", owner.time_zone if owner else "UTC")
        calendar_id = calendar_id or f"{self.new_event_id()}@group.calendar.google.com"
        roles = {owner.email: "owner"} if owner else {}
        calendar = Calendar(
            calendar_id,
            summary,
            owner=owner.email if owner else "",
            roles={**roles, **options.pop("roles", {})},
            **options,
        )
        self._register(calendar)
        if owner:
            calendars.subscribe(self, owner, calendar, color_id=color_id)
        return calendar

    def share(self, calendar, account, role, **look):
        """Give an account a role in a calendar and put it into its list."""
        calendar.roles[account.email] = role
        return calendars.subscribe(self, account, calendar, **look)

    def unshare(self, calendar, account):
        """Take the role away: the calendar is nowhere to be seen for that account."""
        calendar.roles.pop(account.email, None)
        entry = account.calendar_list.get(calendar.id)
        if entry:
            entry.deleted, entry.rev = True, self.next_rev()

    def _register(self, calendar):
        calendar.rev = self.next_rev()
        calendar.updated = self.stamp()
        self.calendars[calendar.id] = calendar

    # -- small services for the APIs

    def next_rev(self):
        self.rev += 1
        self.dirty = True
        return self.rev

    def stamp(self):
        return rfc3339_millis(self.clock.now())

    def born(self):
        """When something is made: in whole seconds."""
        return rfc3339_millis(self.clock.now().replace(microsecond=0))

    def touch(self, calendar, event, main=True):
        """Record a change: new etag, and ``updated`` when main data changed."""
        event.rev = calendar.rev = self.next_rev()
        now = self.stamp()
        event.updated = now if main else event.updated or now
        event.created = event.created or now
        calendar.updated = now
        calendar.put(event)
        self.channels.changed(calendar)

    def new_event_id(self):
        return "".join(self.random.choice(ID_ALPHABET) for _ in range(26))

    def new_token(self, kind):
        return f"{kind}.{secrets.token_urlsafe(48)}"

    def warn(self, text):
        """Count something that Google would accept and a careful client avoids."""
        self.warnings[text] += 1

    def expire_sync_tokens(self):
        """Every sync token handed out so far answers 410 (People: 400) from now on."""
        self.sync_generation += 1

    @property
    def people_lag(self):
        """Seconds of the world's clock before a contact's write shows in lists."""
        return self.people.lag

    @people_lag.setter
    def people_lag(self, seconds):
        self.people.lag = seconds

    def rename_contact(self, email, name, **options):
        """Google gives a contact another resource name; see ``Contacts.rename``."""
        return self.person(email).contacts.rename(name, **options)

    def merge_contacts(self, email, keep, *others, **options):
        """The person merges duplicates into ``keep``; see ``Contacts.merge``."""
        return self.person(email).contacts.merge(keep, *others, **options)
