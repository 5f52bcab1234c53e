"""Deletions that wait for a person, as one dialogue shows and answers them."""

from datetime import date, datetime, timedelta

from babel.dates import format_skeleton
from pytz import timezone, utc

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_time
from odoo.tools.misc import babel_locale_parse, get_lang

_KINDS = ("deletion", "brake")
_ANSWERS = ("delete", "keep")


class GoogleSyncDecision(models.Model):
    _inherit = "google.sync.decision"

    @api.model
    def waiting_deletions(self, account_id=False):
        """What waits, edited ones first; by default in the current user's account.

        The reader's own rights apply: private ones are for their owner.
        """
        whose = ("account_id.user_id", "=", self.env.uid)
        if account_id:
            whose = ("account_id", "=", int(account_id))
        domain = [
            whose,
            ("state", "=", "open"),
            ("kind", "in", _KINDS),
            ("about_contacts", "=", False),
        ]
        waiting = self.search(Domain(domain) & self._not_about_mails())
        found = [decision._as_deletion() for decision in waiting]
        return sorted(found, key=lambda row: (not row["edited"], row["sort"]))

    @api.model
    def answer_deletions(self, answer, decision_ids):
        """Give one answer to all of these; those answered meanwhile are left.

        Returns how many were answered.
        """
        decisions = self.search(
            [
                ("id", "in", list(map(int, decision_ids))),
                ("state", "=", "open"),
                ("kind", "in", _KINDS),
            ]
        )
        if answer in _ANSWERS and decisions:
            decisions._answer(answer)
        return len(decisions)

    def _answer(self, answer):
        """An answer takes effect at once, also where nothing goes by itself."""
        result = super()._answer(answer)
        # sudo: the right was checked above.
        accounts = self.sudo().account_id
        accounts._request_sync()
        accounts._tell_owner()
        return result

    # -- one row of the dialogue -----------------------------------------------

    def _as_deletion(self):
        self.ensure_one()
        # sudo: who reads the question may read what it is about.
        detail = self.sudo().detail or {}
        # Where the question does not tell: the event, with the reader's own rights.
        event = self.candidate_ids[:1]
        start, end = _edges(detail.get("period") or _period_of(event))
        return {
            "id": self.id,
            "kind": self.kind,
            "title": detail.get("title") or event.name or self.name,
            "when": start and _when(self.env, start, end) or "",
            "where": detail.get("place") or event.location or "",
            "side": detail.get("side", "odoo"),
            "missing": self.kind == "deletion" and "side" not in detail,
            "question": self.question if self.kind == "brake" else "",
            "edited": bool(detail.get("edited")) or self.sudo()._edited_since(),
            "sort": str(start or ""),
        }

    def _edited_since(self):
        """Somebody edited the event in Odoo after Google had deleted it."""
        link = self.env["google.sync.event.link"].search(
            [
                ("calendar_id", "=", self.calendar_id.id),
                ("google_id", "=", self.google_id),
            ]
        )
        return bool(link.event_id and link.edited_at)


def _period_of(event):
    """As a question tells it; None without an event."""
    if not event:
        return None
    if event.allday:
        after = event.stop_date + timedelta(days=1)
        return {"start": str(event.start_date), "end": str(after)}
    return {"start": event.start.isoformat(), "end": event.stop.isoformat()}


def _edges(period):
    """Start and end of a period's JSON: naive UTC datetimes, or dates."""
    if not period:
        return None, None
    texts = period["start"], period["end"]
    if "T" not in texts[0]:
        return tuple(map(date.fromisoformat, texts))
    moments = map(datetime.fromisoformat, texts)
    return tuple(moment.replace(tzinfo=None) for moment in moments)


def _when(env, start, end):
    """A period as a person says it: a last day is included, a day is said once."""
    if not isinstance(start, datetime):
        days = (start, end - timedelta(days=1))
        first, last = (_day(env, day) for day in days)
        return first if first == last else f"{first} – {last}"
    zone = timezone(env.user.tz or "UTC")
    days = [_day(env, utc.localize(x).astimezone(zone)) for x in (start, end)]
    times = [
        format_time(env, x, tz=zone.zone, time_format="short") for x in (start, end)
    ]
    if days[0] == days[1]:
        return f"{days[0]}, {times[0]} – {times[1]}"
    return f"{days[0]}, {times[0]} – {days[1]}, {times[1]}"


def _day(env, day):
    """With its weekday, in the order of the reader's language."""
    locale = babel_locale_parse(get_lang(env).code)
    return format_skeleton("yMMMEd", day, locale=locale)
