"""Marie's Google account as Odoo knows it: connected, synchronised, read back."""

from __future__ import annotations

from datetime import date

from .people import GooglePerson, OdooUser, consent
from .users import MARIE_GOOGLE

ACCOUNT, RUN = "google.sync.account", "google.sync.run"
LINE = "google.sync.run.line"
RUN_FIELDS = [
    *("state", "message", "requests", "duration", "pulled_display", "pushed_display"),
    *("adopted", "errors_count"),
]
LINE_FIELDS = [
    *("action", "side", "name", "before_display", "after_display", "error"),
    "res_model",
]


class Account:
    """What its owner sees of it."""

    def __init__(self, owner: OdooUser, sandbox: str) -> None:
        self.owner = owner
        self._sandbox = sandbox

    def read(self) -> dict:
        """Its fields; empty as long as there is no account."""
        wanted = ["state", "calendar_id", "months_before", "months_after"]
        mine = [("user_id", "=", self.owner.uid)]
        return (self.owner.call(ACCOUNT, "search_read", mine, wanted) or [{}])[0]

    def connect(self) -> bool:
        """Through Google's consent page; False when it is connected already."""
        if self.read().get("state") in ("connected", "error"):
            return False
        typed = {"google_sync_login": MARIE_GOOGLE}
        self.owner.call("res.users", "write", [self.owner.uid], typed)
        consent(self.owner, self._sandbox)
        return True

    def person(self) -> GooglePerson:
        """The account's owner, in the calendar that is synchronised."""
        chosen = self.read().get("calendar_id")
        if not chosen:
            return GooglePerson(self._sandbox, MARIE_GOOGLE)
        row = self.owner.call(
            "google.sync.calendar", "read", [chosen[0]], ["google_id"]
        )
        return GooglePerson(self._sandbox, MARIE_GOOGLE, row[0]["google_id"])

    def synchronise(self) -> dict:
        """A run, with its lines in ``lines``."""
        run_id = self.owner.call(ACCOUNT, "run_sync", [self.read()["id"]])
        run = self.owner.call(RUN, "read", [run_id], RUN_FIELDS)[0]
        of_run = [("run_id", "=", run_id)]
        run["lines"] = self.owner.call(
            LINE, "search_read", of_run, LINE_FIELDS, order="id"
        )
        return run

    def left_alone(self) -> list[str]:
        """Reasons and numbers, of the last run that had to look at everything."""
        with_some = [("account_id", "=", self.read()["id"]), ("skipped_count", ">", 0)]
        runs = self.owner.call(
            RUN, "search_read", with_some, ["skipped_display"], limit=1
        )
        return runs[0]["skipped_display"].split("\n") if runs else []

    def outside(self, google: GooglePerson) -> tuple[int, int, str]:
        """(entries of Google, of Odoo) outside the period, and the period in words."""
        account, today = self.read(), date.today()
        before, after = account["months_before"], account["months_after"]
        first, last = _shift(today, -before), _shift(today, after)
        inside = google.events(
            timeMin=f"{first}T00:00:00Z", timeMax=f"{last}T23:59:59Z"
        )
        in_odoo = self.owner.call(
            "calendar.event",
            "search_count",
            ["|", ("stop", "<", str(first)), ("start", ">", f"{last} 23:59:59")],
        )
        words = f"{before} month{'s' * (before != 1)} before today, {after} after"
        return len(google.events()) - len(inside), in_odoo, words


def _shift(day: date, months: int) -> date:
    """About that many months later; exact enough to count what is outside."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28))
