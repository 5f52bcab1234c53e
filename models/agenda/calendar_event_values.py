"""Odoo event <-> canonical values, as small methods that an integrator can extend."""

from odoo import Command, models
from odoo.fields import Domain

from ...sync.events.description import description_from_odoo, description_to_odoo
from ...sync.events.google_event import line
from ...sync.events.values import EventValues, Period, reminder_minutes
from ...sync.events.video import web_address
from ..tools.privacy import PRIVATE
from .lookups import NOTHING, Known

_UNITS = ((1440, "days"), (60, "hours"), (1, "minutes"))


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    # -- reading ---------------------------------------------------------------

    def _google_sync_values(self, time_zone="", colors=False):
        """The event in canonical form.

        time_zone: what its link remembers of it. colors: whether they travel.
        """
        self.ensure_one()
        return EventValues(
            period=self._google_sync_period(),
            title=self._google_sync_title(),
            place=line(self.location),
            description=description_from_odoo(self.description),
            time_zone="" if self.allday else time_zone,
            private=self.effective_privacy in PRIVATE,
            busy=self.show_as != "free",
            reminders=reminder_minutes(
                set(self._google_sync_popups().mapped("duration_minutes"))
            ),
            color=self._google_sync_color() if colors else "",
            video=line(self.videocall_location),
            source=web_address(line(self.videocall_location)),
            extra=self._google_sync_extra_values(),
        )

    def _google_sync_likeness(self):
        """Equal for events whose canonical values differ in nothing but the time."""
        address = self.videocall_location or ""
        return (
            self.name,
            self.location,
            self.description,
            self.allday,
            self.privacy,
            self.user_id,
            self.show_as,
            self.alarm_ids,
            self.categ_ids,
            self.DISCUSS_ROUTE in address or address,
            repr(self._google_sync_extra_values()),
        )

    def _google_sync_extra_fields(self):
        """{name of a registered field: Odoo's field, whose value is taken as it is}."""
        return {}

    def _google_sync_extra_values(self):
        """Values of the fields that another addon registered, by field name."""
        own = self._google_sync_extra_fields().items()
        return {name: self[field] or "" for name, field in own}

    def _google_sync_period(self):
        if self.allday:
            return Period.days(self.start_date, self.stop_date)
        return Period.timed(self.start, self.stop)

    def _google_sync_title(self):
        name = line(self.name)
        return "" if name in self._google_sync_untitled() else name

    def _google_sync_untitled(self):
        """Odoo demands a title, Google does not: what stands for none."""
        return {self.env._("(No title)"), "(No title)"}

    def _google_sync_popups(self):
        return self.alarm_ids.filtered(lambda alarm: alarm.alarm_type == "notification")

    # -- writing ---------------------------------------------------------------

    def _google_sync_vals(self, changes, known=NOTHING):
        """What to write for these changed canonical values, by field name.

        On an empty recordset: for a new event, of whose alarms and types the caller
        may say what is `known`.
        """
        vals = {}
        if "title" in changes:
            vals["name"] = changes["title"] or self.env._("(No title)")
        if "place" in changes:
            vals["location"] = changes["place"] or False
        if "description" in changes:
            before = self.description if self else ""
            said = description_to_odoo(changes["description"], before)
            vals["description"] = said or False
        if "period" in changes:
            vals.update(self._google_sync_period_vals(changes["period"]))
        if "private" in changes:
            vals["privacy"] = self._google_sync_privacy(changes["private"])
        if "busy" in changes:
            vals["show_as"] = "busy" if changes["busy"] else "free"
        if "reminders" in changes:
            vals["alarm_ids"] = self._google_sync_alarm_commands(
                changes["reminders"], known.popups
            )
        if changes.get("video") or (self and changes.get("video") == ""):
            vals["videocall_location"] = changes["video"] or False
        if "color" in changes:
            vals.update(self._google_sync_type_vals(changes["color"], known.types))
        vals.update(self._google_sync_extra_vals(changes))
        return vals

    def _google_sync_extra_vals(self, changes):
        """What to write for the changed fields that another addon registered."""
        own = self._google_sync_extra_fields().items()
        return {field: changes[name] for name, field in own if name in changes}

    def _google_sync_period_vals(self, period):
        if period.all_day:
            last = period.end.fromordinal(period.end.toordinal() - 1)
            return {"allday": True, "start_date": period.start, "stop_date": last}
        return {
            "allday": False,
            "start": period.start.replace(tzinfo=None),
            "stop": period.end.replace(tzinfo=None),
        }

    def _google_sync_privacy(self, private):
        """What was made not private is said to be public where the default is private.

        A new event says nothing, and is as its organiser's default.
        """
        if private or not self:
            return "private" if private else False
        # sudo: the organiser may be of another company.
        organizer = self.sudo().user_id or self.env.user
        return "public" if organizer.calendar_default_privacy in PRIVATE else False

    def _google_sync_alarm_commands(self, minutes, found):
        """Popups as given; alarms of other kinds (mail) stay. found: {delay: alarm}."""
        popups = self._google_sync_popups()
        kept = self.alarm_ids - popups
        # Of two alarms of one delay the event's own stays.
        own = {alarm.duration_minutes: alarm.id for alarm in popups}
        known = {**found, **own}
        if known.keys() >= set(minutes):
            return [Command.set([*kept.ids, *(known[minute] for minute in minutes)])]
        missing = [minute for minute in minutes if minute not in known]
        alarms = self.env["calendar.alarm"]._google_sync_popups_at(missing)
        there = [known[minute] for minute in minutes if minute in known]
        return [Command.set([*kept.ids, *there, *alarms.ids])]

    def _google_sync_known(self, minutes, types):
        """What writing many events needs: alarms of these delays, and these types."""
        alarms = self.env["calendar.alarm"]._google_sync_popups_at(minutes)
        return Known({alarm.duration_minutes: alarm.id for alarm in alarms}, types)


class CalendarAlarm(models.Model):
    _inherit = "calendar.alarm"

    def _google_sync_popups_at(self, minutes):
        """Notification alarms of these delays, made where none exists."""
        # Odoo's own search by minutes rounds: 75 of them would be found as an hour.
        exact = Domain.OR(
            Domain("interval", "=", unit) & Domain("duration", "=", minute // size)
            for minute in minutes
            for size, unit in _UNITS
            if minute % size == 0
        )
        plain = Domain("alarm_type", "=", "notification") & Domain(
            "notify_responsible", "=", False
        )
        # sudo: reminders are shared, and users make none.
        alarms, found = self.sudo(), {}
        for alarm in alarms.search(plain & exact, order="id desc"):
            found[alarm.duration_minutes] = alarm
        missing = [minute for minute in minutes if minute not in found]
        made = alarms.create(
            [self._google_sync_popup_vals(minute) for minute in missing]
        )
        return alarms.union(*found.values()) + made

    def _google_sync_popup_vals(self, minutes):
        fitting = (u for u in _UNITS if minutes and minutes % u[0] == 0)
        size, unit = next(fitting, _UNITS[-1])
        duration = minutes // size
        label = dict(self._fields["interval"]._description_selection(self.env))[unit]
        kind = self.env._("Notification")
        return {
            "name": f"{kind} - {duration} {label}",
            "alarm_type": "notification",
            "duration": duration,
            "interval": unit,
        }
