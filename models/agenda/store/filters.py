"""The Store's new events that the account's filters leave out of Google."""

from collections import Counter
from functools import cached_property

from odoo.fields import Domain


class Filters:
    """Part of `OrmStore`: what is not enrolled because a filter says so."""

    @cached_property
    def _filtered(self):
        """{("calendar.event" or its recurrence's model, id): reason}, to be counted."""
        return {}

    def left_out(self):
        found = Counter(self._filtered.values())
        self._filtered.clear()
        return found

    def _unfiltered(self, domain):
        """The domain of new events, without those that a filter leaves out.

        A series is looked at as a whole: by the row that Odoo calls its base.
        """
        if not self.account.filter_ids:
            return domain
        new = self.events.search(domain)
        whole = {event: event.recurrence_id.base_event_id or event for event in new}
        looked_at = self.events.union(*whole.values())
        reasons = looked_at._google_sync_filtered(self.account)
        out = {event: reasons[x.id] for event, x in whole.items() if x.id in reasons}
        for event, reason in out.items():
            one = event.recurrence_id or event
            self._filtered[one._name, one.id] = reason
        return domain & Domain("id", "not in", [event.id for event in out])
