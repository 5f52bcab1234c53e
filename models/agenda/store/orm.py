"""The engine's Store port on the ORM: one calendar of one account, no more.

Events are read and written as the account's user, quietly; where `sudo` is said, what
nobody reads is looked up: whether there is one, who is invited, who organises. What the
engine decides is not decided here again.
"""

import uuid

from odoo.fields import Domain

from ...tools.context import Said
from ...tools.quiet import QUIET
from .adoption import Adoption
from .applying import Applying
from .busy import unless_idle
from .filters import Filters
from .guests import Guests
from .leading import Leading
from .limit import Limit
from .observing import Observing
from .orphans import Orphans
from .places import Places
from .privacy import Privacy
from .queue import Queue
from .series import Series
from .series_links import SeriesLinks
from .series_write import SeriesWrites
from .shared import Shared


class OrmStore(
    Applying,
    Observing,
    Adoption,
    Queue,
    Series,
    SeriesLinks,
    SeriesWrites,
    Orphans,
    Places,
    Shared,
    Filters,
    Guests,
    Leading,
    Limit,
    Privacy,
):
    """Store of one run.

    account: as superuser, and with it links and questions; events are read and written
    as its user. window: bounds new links. checkpoint: the one commit. lines: values of
    the journal lines written so far.
    """

    def __init__(self, account, calendar, run, window, checkpoint):
        # What is written is computed on by whatever searches next: quietly too.
        self.account = account = account.with_context(**QUIET)
        self.calendar = calendar
        self.run = run
        self.window = window
        self.checkpoint = checkpoint
        self.lines = []
        #: `Busy` of a run on several calendars; None: whatever is asked is looked for.
        self.busy = None
        user = account.user_id
        context = {
            **QUIET,
            "lang": user.lang,
            "tz": user.tz,
            "active_test": False,
            "allowed_company_ids": user.company_ids.ids,
            "google_sync_account_id": Said(account.id),
        }
        self.with_colors = account.transfer_colors
        self.silent = frozenset() if self.with_colors else frozenset({"color"})
        self.ways = account._event_ways()
        self.with_series = account.sync_series
        self.invites = account.distribution == "invitation"
        self.user = user
        self.events = (
            account.env["calendar.event"].with_user(user).sudo(False)
        ).with_context(**context)
        self.link_model = account.env["google.sync.event.link"]

    # -- where the pull stands -------------------------------------------------

    def cursor(self):
        return self.calendar._to_cursor()

    def save_cursor(self, cursor):
        self.calendar._save_cursor(cursor)

    def new_google_id(self):
        return uuid.uuid4().hex

    # -- observing -------------------------------------------------------------

    def links(self, google_ids):
        rows = self._search([("google_id", "in", list(google_ids))])
        return {link.google_id: link for link in rows._to_links()}

    def _search(self, domain, **options):
        mine = [("calendar_id", "=", self.calendar.id)]
        return self.link_model.search(Domain.AND([mine, domain]), **options)

    def _wanted(self):
        """The links that a run looks at: series are left alone when switched off."""
        return Domain.TRUE if self.with_series else Domain("kind", "=", "single")

    # -- full listings ---------------------------------------------------------

    def unseen(self, number, limit):
        linked = Domain("state", "=", "linked")
        domain = (linked | self._detached_here()) & Domain("seen", "<", number)
        return self._search(self._wanted() & domain, limit=limit)._to_links()

    def _detached_here(self):
        """Cut by a reset, in the period: Google is asked for those it does not list."""
        here = self._in_window(self.window)
        rows = Domain("recurrence_id.calendar_event_ids", "any", here)
        return Domain("state", "=", "detached") & (
            Domain("event_id", "any", here) | rows
        )

    def see(self, google_ids, number):
        self._search([("google_id", "in", list(google_ids))]).write({"seen": number})

    @unless_idle(list)
    def to_retry(self, limit):
        domain = [("state", "=", "quarantined"), ("dirty", "=", True)]
        rows = self._search(domain, limit=limit)
        if self.colleagues:
            rows = (rows | self._no_more_awaited())[:limit]
        return rows._to_links()

    def close(self, google_ids):
        decisions = self.account.env["google.sync.decision"]
        decisions._close(self.account, google_ids)

    def ask(self, questions):
        decisions = self.account.env["google.sync.decision"]
        return decisions._ask(self.calendar, [self._hidden(q) for q in questions])
