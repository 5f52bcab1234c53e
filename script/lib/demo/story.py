"""What happens in the demo: Marie's own entries in Odoo, then edits on both sides.

Every call plays the edits again, so each is either a value that differs from the last
call's or an entry that replaces the last call's: nothing piles up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

from .people import GooglePerson, OdooUser

EVENT = "calendar.event"
PAIRED = "Tokyo supplier briefing"
MOVED = "Visite Hôtel des Alpes"
MERGED = "Présentation du budget"
CONTESTED = "Revue des devis en cours"
NOTED = "Vol AF276 Paris - Tokyo"
FROM_ODOO = "Livraison papier"
FROM_GOOGLE = "Rappeler Karim Benali"


@dataclass(frozen=True)
class Entry:
    """An appointment, `day` days from today at `hour` UTC, or `days` whole days.

    UTC because the machine may have no time zone data; in Paris it is an hour or two
    later.
    """

    title: str
    day: int
    hour: float = 0
    minutes: int = 60
    days: int = 0
    more: dict = field(default_factory=dict)

    def values(self, today: date) -> dict:
        first = today + timedelta(days=self.day)
        if first.weekday() > 4:
            first += timedelta(days=7 - first.weekday())
        return {"name": self.title, **self._when(first), **self.more}

    def _when(self, first: date) -> dict:
        if self.days:
            last = first + timedelta(days=self.days - 1)
            return {
                "allday": True,
                "start_date": first.isoformat(),
                "stop_date": last.isoformat(),
            }
        midnight = datetime(first.year, first.month, first.day)
        start = midnight + timedelta(hours=self.hour)
        stop = start + timedelta(minutes=self.minutes)
        return {"start": str(start), "stop": str(stop)}


AGENDA = (
    "<p><b>Ordre du jour</b></p><ul><li>Chiffres de l'année</li>"
    "<li>Investissements</li></ul>"
)
ENTRIES = (
    Entry(MOVED, 1, 9, 60, more={"location": "Hôtel des Alpes, Annecy"}),
    Entry(MERGED, 2, 13, 90, more={"description": AGENDA}),
    Entry(CONTESTED, 3, 7.5, 60, more={"location": "Salle Ampère"}),
    Entry("Rendez-vous chez le médecin", 4, 16, 30, more={"privacy": "private"}),
    Entry("Call with Emma (Oslo office)", 5, 12, 45),
    Entry("Livraison de la presse, atelier fermé", 6, days=1),
    Entry("Préparer l'inventaire", 8, 8, 120, more={"show_as": "free"}),
    Entry("Train Lyon - Paris", 10, 5.5, 120, more={"location": "Gare Part-Dieu"}),
    Entry("Formation sécurité", 12, days=2, more={"location": "Salle Curie"}),
    Entry("Team lunch with Karim", 9, 11, 90),
    Entry(f"{FROM_ODOO} (à confirmer)", 7, 8, 30),
    Entry(f"{FROM_GOOGLE} (à confirmer)", 2, 9.5, 15),
    Entry("Salon des métiers de bouche", -75, days=2),
)
WITH_REMINDER = ("Call with Emma (Oslo office)", "Train Lyon - Paris")


def plant(marie: OdooUser, google: GooglePerson) -> None:
    """Marie's entries in Odoo, before she ever connected."""
    half_an_hour = marie.call(
        "calendar.alarm",
        "search",
        [("alarm_type", "=", "notification"), ("duration_minutes", "=", 30)],
        limit=1,
    )
    values = [entry.values(date.today()) for entry in ENTRIES]
    for entry in values:
        if entry["name"] in WITH_REMINDER:
            entry["alarm_ids"] = [(6, 0, half_an_hour)]
    values += [_same_as(event) for event in google.titled(PAIRED)]
    marie.call(EVENT, "create", values)


def _same_as(event: dict) -> dict:
    """She noted by hand in Odoo what is in her Google too: no duplicate may follow."""
    return {
        "name": event["summary"],
        "start": _in_utc(event["start"]),
        "stop": _in_utc(event["end"]),
        "location": "Salle Curie",
    }


# -- the edits ----------------------------------------------------------------------


def edit_in_odoo(marie: OdooUser) -> list[str]:
    """Marie works in Odoo; what she did, in words."""
    now = f"{datetime.now():%H:%M:%S}"
    done = []

    def change(title: str, what: str, values: dict) -> None:
        found = marie.call(EVENT, "search", [("name", "=", title)], limit=1)
        if found:
            marie.call(EVENT, "write", found, values)
            done.append(f"“{title}”: {what}")

    change(MERGED, "description rewritten", {"description": f"<p>Relu à {now}</p>"})
    change(CONTESTED, "place changed", {"location": f"Salle Curie ({now})"})
    change(NOTED, "note added", {"description": f"<p>Enregistrée à {now}</p>"})
    old = marie.call(EVENT, "search_read", [("name", "=like", f"{FROM_GOOGLE} (%")])
    for event in old:
        marie.call(EVENT, "unlink", [event["id"]])
        done.append(f"“{event['name']}”: deleted")
    entry = Entry(f"{FROM_ODOO} ({now})", 7, 8, 30)
    marie.call(EVENT, "create", entry.values(date.today()))
    done.append(f"“{entry.title}”: added")
    return done


def edit_in_google(google: GooglePerson) -> list[str]:
    """Marie works in Google's page, after her work in Odoo; what she did, in words."""
    now = f"{datetime.now():%H:%M:%S}"
    done = []

    def change(title: str, what: str, body: dict | None = None) -> None:
        for event in google.titled(title)[:1]:
            google.patch(event, _postponed(event) if body is None else body)
            done.append(f"“{title}”: {what}")

    change(MOVED, "moved by half an hour")
    change(MERGED, "place changed", {"location": f"Salle Ampère ({now})"})
    for event in google.titled(f"{FROM_ODOO} ("):
        google.delete(event)
        done.append(f"“{event['summary']}”: deleted")
    title = f"{FROM_GOOGLE} ({now})"
    values = Entry(title, 2, 9.5, 15).values(date.today())
    times = {name: _moment(values[odoo]) for name, odoo in TIMES}
    google.insert({"summary": title, **times})
    done.append(f"“{title}”: added")
    # Last, because the latest edit wins.
    change(CONTESTED, "place changed", {"location": f"Salle Ampère ({now})"})
    return done


TIMES = (("start", "start"), ("end", "stop"))


def _postponed(event: dict) -> dict:
    """Half an hour later, or earlier when the last call made it later."""
    start = _read(event["start"])
    minutes = -30 if start.minute else 30
    return {
        name: _moment(str(_read(event[name]) + timedelta(minutes=minutes)))
        for name in ("start", "end")
    }


def _read(moment: dict) -> datetime:
    """A Google moment as naive UTC; Python 3.10 reads no Z."""
    aware = datetime.fromisoformat(moment["dateTime"].replace("Z", "+00:00"))
    return aware.astimezone(timezone.utc).replace(tzinfo=None)


def _in_utc(moment: dict) -> str:
    return str(_read(moment))


def _moment(text: str) -> dict:
    """A Google moment of Odoo's text."""
    return {"dateTime": f"{text.replace(' ', 'T')}Z", "timeZone": "Europe/Paris"}
