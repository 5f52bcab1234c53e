"""The Store's room under an administrator's limit."""

from odoo.fields import Domain

#: Links that stand for an event on both sides, or soon will.
_COUNTED = ("new", "sending", "linked", "held", "quarantined")


class Limit:
    """Part of `OrmStore`: how many more events may be linked."""

    def room(self):
        """None for any number; counted anew each time, so that no copy goes stale."""
        limit = self.account._max_events()
        if not limit:
            return None
        here = Domain("event_id", "any", self._in_window(self.window))
        counted = (
            Domain("calendar_id", "in", self.places)
            & Domain("state", "in", _COUNTED)
            & (Domain("kind", "=", "series") | (Domain("kind", "=", "single") & here))
        )
        self.account.env.flush_all()
        return limit - self.link_model.search_count(counted)

    def within(self, wanted):
        """At most so many of `wanted` new links as there is room for."""
        room = self.room()
        return wanted if room is None else max(0, min(wanted, room))

    def left_over(self):
        """Events of Odoo that would be linked, were there room."""
        single = self.events.search_count(self._enrollable(self.window))
        return single + len(self._new_series(self.window, None))
