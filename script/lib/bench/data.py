"""The events that every measurement uses: the same ones in Odoo and in Google; and the
contacts, which google_sync alone knows.

Stdlib only: the command, the simulated Google and the programs inside Odoo read it.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

EMAIL = "ada@gmail.com"
CLIENT_ID, CLIENT_SECRET = "bench.apps.googleusercontent.com", "bench-secret"
CALENDAR_SCOPE = "https://www.googleapis.com/auth/calendar"
DAYS = 300
"""All events lie in the coming days, within what both addons look at."""
TEXT = "Agenda: last month's figures, the new offer, questions and the next date. " * 3
REMINDER = 30
"""Minutes: what Google's calendar adds to an event by default."""

# What keeps Odoo from mailing, following and logging; google_calendar knows the last.
QUIET = {
    "no_mail_to_attendees": True,
    "skip_attendee_notification": True,
    "dont_notify": True,
    "skip_contact_description": True,
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "no_calendar_sync": True,
}


def in_odoo(number: int, midnight: datetime) -> dict:
    """Values of event ``number`` for calendar.event, without whose it is."""
    start, stop, all_day = _period(number, midnight)
    vals = {
        "name": _title(number),
        "description": f"<p>{TEXT}</p>",
        "location": _place(number),
        "allday": all_day,
        "show_as": "busy",
    }
    if all_day:
        return {**vals, "start_date": str(start.date()), "stop_date": str(start.date())}
    return {**vals, "start": str(start), "stop": str(stop)}


def in_google(number: int, midnight: datetime) -> dict:
    """The same event as Google's calendar page would send it."""
    start, stop, all_day = _period(number, midnight)
    body = {"summary": _title(number), "description": TEXT}
    if _place(number):
        body["location"] = _place(number)
    if all_day:
        body["start"] = {"date": str(start.date())}
        body["end"] = {"date": str(start.date() + timedelta(days=1))}
    else:
        body["start"] = {"dateTime": f"{start.isoformat()}Z"}
        body["end"] = {"dateTime": f"{stop.isoformat()}Z"}
    return body


def contact(number: int) -> dict:
    """Values of contact ``number`` for res.partner; no photo."""
    return {
        "name": f"Contact {number}",
        "email": f"contact{number}@example.com",
        "phone": f"+33 1 23 {number // 10000:02d} {number // 100 % 100:02d}"
        f" {number % 100:02d}",
        "street": f"{number} rue des Lilas",
        "zip": "69003",
        "city": "Lyon",
        "function": "Buyer",
        "comment": f"<p>Met at the fair, stand {number}.</p>",
    }


def member(number: int) -> str:
    """The Google account of colleague ``number``."""
    return f"user{number}@gmail.com"


def midnight() -> datetime:
    return datetime.combine(datetime.now().date(), time())


def _title(number: int) -> str:
    return f"Meeting {number}"


def _place(number: int) -> str:
    return "12 rue des Lilas, Lyon" if number % 3 == 0 else ""


def _period(number: int, day: datetime) -> tuple[datetime, datetime, bool]:
    """Start and end in UTC; every tenth event lasts all day."""
    day += timedelta(days=1 + number % DAYS)
    start = day + timedelta(hours=7 + number // DAYS % 10, minutes=number % 4 * 15)
    return start, start + timedelta(minutes=45), number % 10 == 0
