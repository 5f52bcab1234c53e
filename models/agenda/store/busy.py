"""Which of an account's calendars have anything waiting, asked once for all of them."""

from functools import wraps

from odoo.tools import SQL

#: What none of a calendar's links is in where nothing waits. LOST: Odoo deleted it
#: behind our back. FOLLOWS: another calendar may concern it.
_WAITING = """
    SELECT place.id FROM google_sync_calendar place
     WHERE place.id IN %(places)s AND (
           place.cursor -> 'unverified' = 'true'::jsonb
        OR EXISTS (SELECT FROM google_sync_event_link link
                    WHERE link.calendar_id = place.id AND link.dirty)
        OR EXISTS (SELECT FROM google_sync_event_link link
                    WHERE link.calendar_id = place.id
                      AND (link.state IN ('sending', 'gone', 'dropped', 'following')
                           OR link.state = 'void' AND link.problem = 'colleague'))
        OR EXISTS (SELECT FROM google_sync_event_link link
                    WHERE link.calendar_id = place.id AND link.state = 'linked'
                      AND (link.event_id IS NULL AND link.kind = 'single'
                           OR link.kind = 'occurrence' AND link.etag IS NULL
                           OR link.kind = 'series' AND (
                              link.span_last < %(last)s OR link.span_first > %(first)s
                              OR link.recurrence_id IS NULL)))
        OR EXISTS (SELECT FROM google_sync_event_choice choice
                    WHERE choice.account_id = place.account_id
                      AND NOT choice.applied))
"""


_ASKED = (
    "google.sync.calendar",
    "google.sync.event.link",
    "google.sync.event.choice",
)


class Busy:
    """Which calendars of one run have links that wait for anything.

    Shared by the Stores of an account's calendars. What a Store writes makes its
    calendar busy until that is committed; nothing else is looked at twice.
    """

    def __init__(self, places, window):
        self._places = places
        self._window = window
        self._known = None
        self._written = False

    def __contains__(self, place):
        return place.id in self._ids()

    def add(self, places):
        """Something was written in these."""
        self._ids().update(places.ids)
        self._written = True

    def committed(self):
        """What was written may have been the last that waited: it is asked again."""
        if self._written:
            self._known, self._written = None, False

    def _ids(self):
        if self._known is None:
            env = self._places.env
            # No events: who saves them here is not quiet.
            for model in _ASKED:
                env[model].flush_model()
            env.cr.execute(
                SQL(
                    _WAITING,
                    places=tuple(self._places.ids),
                    first=self._window.first,
                    last=self._window.last,
                )
            )
            self._known = {place_id for (place_id,) in env.cr.fetchall()}
        return self._known


def unless_idle(nothing):
    """A question to the Store whose answer is `nothing` where nothing waits."""

    def decorate(method):
        @wraps(method)
        def asked(self, *args, **options):
            if self.busy is not None and self.calendar not in self.busy:
                return nothing()
            return method(self, *args, **options)

        return asked

    return decorate
