"""What an account wants, as the engine needs to know it for one run."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ..events.calendars import BOTH
from ..events.filters import Filter
from ..events.google_event import CalendarContext
from ..events.period import Window
from ..events.ways import Ways


@dataclass(frozen=True)
class Settings:
    """Everything a run depends on besides the two sides.

    now: aware UTC, Odoo's clock. window: the account's period today. time_zone: for
    new events in Google. policy: newest, odoo, google or ask. pull, push: which
    halves to run. full: list everything and compare everything. resuming: goes on with
    a run that was interrupted; its pull is not begun again. sweep: compare every linked
    event with Odoo, as nothing else shows what saving did not tell. series: whether
    series are synchronised at all. invitation: Google invites the participants of the
    events that the user organises. mail_limit: a run that would have Google send more
    mails than that asks first. brake_count and brake_share: a run that would
    delete more than both stops and asks. calendar: Google's id of the one at hand.
    mode: what it is synchronised for (`events.calendars`). main: Odoo's new events go
    there by default. several: the account has other calendars that are synchronised.
    filters: what of Google's new events is left out. ways: directions that the company
    chose, by field.
    """

    now: datetime
    window: Window
    time_zone: str = "UTC"
    marker_key: str = "gsync_test"
    policy: str = "newest"
    pull: bool = True
    push: bool = True
    full: bool = False
    resuming: bool = False
    sweep: bool = False
    confirm_deletions: bool = False
    series: bool = True
    invitation: bool = False
    mail_limit: int = 10
    brake_count: int = 20
    brake_share: float = 0.25
    calendar: str = ""
    mode: str = BOTH
    main: bool = True
    several: bool = False
    filters: tuple[Filter, ...] = ()
    ways: Ways = field(default_factory=dict)


@dataclass
class Surroundings:
    """What the run has learnt of the calendar and of Google's clock so far."""

    calendar: CalendarContext = field(default_factory=CalendarContext)
    skew: timedelta = timedelta(0)
