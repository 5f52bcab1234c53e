"""Marie's and Paul's agendas, relative to the given day."""

import random
from datetime import date, datetime, timedelta

from ..calendar_api.recurrence import instance_id
from ..calendar_api.times import from_local
from . import catalogue

PARIS = "Europe/Paris"


def plant(world, today):
    """Two accounts and five calendars; returns Marie's account."""
    marie = world.add_account(*catalogue.MARIE, PARIS, locale="fr")
    world.add_account(*catalogue.PAUL, PARIS, locale="fr")
    diary = Diary(world.person(marie.email), today)
    diary.meetings()
    diary.all_day()
    diary.abroad()
    diary.series()
    diary.birthdays()
    diary.guests()
    _other_calendars(world, marie, today)
    world.mails.items.clear()
    return marie


class Diary:
    """Writes into one person's calendar; ids are counted, so they repeat."""

    def __init__(self, person, today, calendar_id="primary", prefix="demo"):
        self.person = person
        self.today = today
        self.calendar_id = calendar_id
        self.prefix = prefix
        self.number = 0
        self.random = random.Random(prefix)

    def add(self, summary, **fields):
        self.number += 1
        fields = {key: value for key, value in fields.items() if value != ""}
        body = {"id": f"{self.prefix}{self.number:04d}", "summary": summary, **fields}
        return self.person.insert(body, self.calendar_id)

    def timed(self, summary, days, hour, minutes, zone=PARIS, **fields):
        """An appointment; one that would fall on a weekend moves to Monday."""
        start = self._at(days, hour)
        if start.weekday() > 4:
            start += timedelta(days=7 - start.weekday())
        return self.add(
            summary,
            start=_moment(start, zone),
            end=_moment(start + timedelta(minutes=minutes), zone),
            **fields,
        )

    def whole_days(self, summary, days, length, **fields):
        first = self.today + timedelta(days=days)
        last = first + timedelta(days=length)
        return self.add(
            summary,
            start={"date": first.isoformat()},
            end={"date": last.isoformat()},
            **fields,
        )

    def meetings(self):
        """Some forty appointments over the last and the next months."""
        days = [d for d in range(-34, 75, 2) if self._day(d).weekday() < 5]
        for index, day in enumerate(days):
            kinds = catalogue.MEETINGS
            summary, place, minutes, extra = kinds[index % len(kinds)]
            self.timed(
                summary,
                day,
                self.random.choice([8.5, 9, 10, 11, 14, 15.5, 16, 17]),
                minutes,
                location=place,
                description=self._note(index),
                reminders=self._reminders(index),
                **extra,
            )

    def all_day(self):
        for summary, days, length, extra in catalogue.ALL_DAY:
            self.whole_days(summary, days, length, **extra)

    def abroad(self):
        self.timed("Call with New York office", 3, 10, 60, "America/New_York")
        self.timed("Tokyo supplier briefing", 7, 16, 45, "Asia/Tokyo", colorId="5")
        self.timed("Vol AF276 Paris - Tokyo", 26, 13.5, 720, location="CDG 2E")

    def series(self):
        """A daily and a weekly series; of the weekly one, one moved, one cancelled."""
        rule = ["RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=60"]
        monday = -self.today.weekday() - 14
        self.timed("Point quotidien", monday, 9.25, 15, recurrence=rule)
        weekly = self.timed(
            "Comité de direction",
            monday + 1,
            14,
            90,
            recurrence=["RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=20"],
            location="Salle Ampère",
            colorId="6",
        )
        third, fourth = (self._at(monday + 1 + 7 * week, 14) for week in (3, 4))
        moved = third + timedelta(days=1, hours=1)
        self.person.patch(
            _occurrence(weekly["id"], third),
            {
                "start": _moment(moved, PARIS),
                "end": _moment(moved + timedelta(minutes=90), PARIS),
            },
        )
        self.person.delete(_occurrence(weekly["id"], fourth))

    def birthdays(self):
        for name, days in (("Sophie Morel", 15), ("Paul Martin", 40)):
            self.whole_days(
                f"Anniversaire de {name}",
                days,
                1,
                eventType="birthday",
                visibility="private",
                transparency="transparent",
                recurrence=["RRULE:FREQ=YEARLY"],
            )

    def guests(self):
        """One that Marie organises with people elsewhere, one she is invited to."""
        people = ["emma.hansen@example.net", "john.smith@example.org"]
        self.timed(
            "Kick-off Northwind",
            6,
            15,
            60,
            attendees=[{"email": email} for email in people],
            description=catalogue.HTML_NOTES[2],
        )
        start = self._at(7 - self.today.weekday() + 3, 11)  # a Thursday
        self.person.receive(
            {
                "iCalUID": "supplier-day@example.org",
                "summary": "Supplier day (by Aiko)",
                "organizer": {"email": "aiko.tanaka@example.org"},
                "attendees": [
                    {"email": "aiko.tanaka@example.org", "responseStatus": "accepted"},
                    {"email": self.person.account.email},
                ],
                "start": _moment(start, PARIS),
                "end": _moment(start + timedelta(hours=2), PARIS),
            }
        )

    def _note(self, index):
        notes = catalogue.HTML_NOTES
        return notes[index // 3 % len(notes)] if index % 3 == 0 else ""

    def _reminders(self, index):
        kinds = [
            {"useDefault": True},
            {"useDefault": False},
            {"useDefault": False, "overrides": [{"method": "popup", "minutes": 15}]},
            {"useDefault": False, "overrides": [{"method": "email", "minutes": 1440}]},
        ]
        return kinds[index % len(kinds)]

    def _day(self, days):
        return self.today + timedelta(days=days)

    def _at(self, days, hour):
        midnight = datetime.combine(self._day(days), datetime.min.time())
        return midnight + timedelta(hours=hour)


def _other_calendars(world, marie, today):
    team = world.add_calendar(
        marie, "Équipe commerciale", catalogue.TEAM_CALENDAR, color_id="8"
    )
    world.share(team, world.account(catalogue.PAUL[0]), "writer")
    world.add_calendar(marie, "Personnel", catalogue.PERSONAL_CALENDAR, color_id="17")
    person = world.person(marie.email)
    diary = Diary(person, today, catalogue.TEAM_CALENDAR, "team")
    for summary, days, hour, minutes in catalogue.TEAM:
        diary.timed(summary, days, hour, minutes)
    diary = Diary(person, today, catalogue.PERSONAL_CALENDAR, "perso")
    for summary, days, hour, length in catalogue.PERSONAL:
        if hour is None:
            diary.whole_days(summary, days, length)
        else:
            diary.timed(summary, days, hour, length, visibility="private")
    _holidays(world, marie, today)


def _holidays(world, marie, today):
    """A public calendar that nobody of the demo may write to."""
    calendar = world.add_calendar(
        None, "Jours fériés en France", catalogue.HOLIDAYS, public=True, time_zone=PARIS
    )
    calendar.roles[marie.email] = "owner"
    diary = Diary(world.person(marie.email), today, catalogue.HOLIDAYS, "ferie")
    for year in (today.year, today.year + 1):
        for summary, month, day in catalogue.HOLIDAY_DAYS:
            distance = (date(year, month, day) - today).days
            diary.whole_days(
                summary, distance, 1, transparency="transparent", visibility="public"
            )
    world.share(calendar, marie, "reader", color_id="10")


def _moment(naive, zone):
    return {"dateTime": naive.isoformat(), "timeZone": zone}


def _occurrence(series_id, naive):
    original = from_local(naive, {"dateTime": "", "timeZone": PARIS})
    return instance_id(series_id, original)
