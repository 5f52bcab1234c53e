"""The quotas of the People API: per account and minute, and writes per day."""

from collections import deque

from ..errors import ApiError, error_info
from .errors import SERVICE

MINUTE, DAY = 60, 86_400
LIMITS = {
    "critical_reads": 60,
    "critical_writes": 30,
    "photo_writes": 50,
    "group_reads": 90,
    "group_writes": 30,
    "full_syncs": 20,
    "daily_writes": 100_000,
}
TITLES = {
    "critical_reads": ("Critical read requests (Contact and Profile Reads)", "Reads"),
    "critical_writes": ("Critical write requests (Contact Writes)", "Writes"),
    "photo_writes": ("Contact photo write requests", "PhotoWrites"),
    "group_reads": ("Contact group read requests", "GroupReads"),
    "group_writes": ("Contact group write requests", "GroupWrites"),
    "full_syncs": ("Full sync requests", "FullSyncs"),
    "daily_writes": ("Daily contact writes", "DailyWrites"),
}
READ = {"critical_reads": 1}
SINGLE = {"critical_reads": 1, "critical_writes": 1, "daily_writes": 1}
BATCH = {"critical_reads": 6, "critical_writes": 6, "daily_writes": 200}
PHOTO = {"photo_writes": 1}
GROUP_READ, GROUP_WRITE = {"group_reads": 1}, {"group_writes": 1}
COSTS = {
    "people.people.get": READ,
    "people.people.getBatchGet": READ,
    "people.people.connections.list": READ,
    "people.people.searchContacts": READ,
    "people.otherContacts.list": READ,
    "people.people.createContact": SINGLE,
    "people.people.updateContact": SINGLE,
    "people.people.deleteContact": {"critical_writes": 1, "daily_writes": 1},
    "people.people.batchCreateContacts": BATCH,
    "people.people.batchUpdateContacts": BATCH,
    "people.people.batchDeleteContacts": {"critical_writes": 10, "daily_writes": 10},
    "people.people.updateContactPhoto": PHOTO,
    "people.people.deleteContactPhoto": PHOTO,
    "people.contactGroups.list": GROUP_READ,
    "people.contactGroups.get": GROUP_READ,
    "people.contactGroups.batchGet": GROUP_READ,
    "people.contactGroups.create": GROUP_WRITE,
    "people.contactGroups.update": GROUP_WRITE,
    "people.contactGroups.delete": GROUP_WRITE,
    "people.contactGroups.members.modify": GROUP_WRITE,
}


class PeopleQuota:
    """Sliding windows, off unless ``enabled``. A refused request costs nothing.

    ``limits`` may be changed by kind; ``spent`` counts what was charged by kind, over
    all accounts, whether enabled or not.
    """

    def __init__(self, clock):
        self.enabled = False
        self.limits = dict(LIMITS)
        self.spent = dict.fromkeys(LIMITS, 0)
        self._clock = clock
        self._windows = {}

    def spend(self, account, client, method_id, params):
        """Charge one request; ApiError 429 when one of its windows is full."""
        costs = dict(COSTS.get(method_id, {}))
        if method_id == "people.people.connections.list" and not (
            "syncToken" in params or "pageToken" in params
        ):
            costs["full_syncs"] = 1
        now = self._clock.timestamp()
        windows = {kind: self._window(account.sub, kind, now) for kind in costs}
        if self.enabled:
            for kind, units in costs.items():
                if sum(u for _at, u in windows[kind]) + units > self.limits[kind]:
                    raise _overrun(kind, self.limits[kind], client.project)
        for kind, units in costs.items():
            self.spent[kind] += units
            if self.enabled:
                windows[kind].append((now, units))

    def _window(self, sub, kind, now):
        window = self._windows.setdefault((sub, kind), deque())
        length = DAY if kind == "daily_writes" else MINUTE
        while window and window[0][0] <= now - length:
            window.popleft()
        return window


def _overrun(kind, limit, project):
    title, short = TITLES[kind]
    per = "Day" if kind == "daily_writes" else "Minute"
    prefix = "Critical" if kind.startswith("critical") else ""
    return ApiError(
        429,
        "rateLimitExceeded",
        f"Quota exceeded for quota metric '{title}' and limit '{title} per "
        f"{per.lower()} per user' of service '{SERVICE}' for consumer "
        f"'project_number:{project}'.",
        details=[
            error_info(
                "RATE_LIMIT_EXCEEDED",
                service=SERVICE,
                consumer=f"projects/{project}",
                quota_metric=f"{SERVICE}/{kind}",
                quota_limit=f"{prefix}{short}Per{per}PerProjectPerUser",
                quota_limit_value=str(limit),
            )
        ],
        status_name="RESOURCE_EXHAUSTED",
    )
