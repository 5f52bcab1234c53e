"""The Store's search for events of Odoo that Google's new events may be."""

from collections import defaultdict
from dataclasses import replace

from odoo.fields import Domain

from ....sync.events.links import Kind, Link
from ....sync.events.recurrence import rule_of
from ....sync.events.steps import Candidate
from .privacy import in_full


class Adoption:
    """Part of `OrmStore`: the candidates of unlinked Google events."""

    def candidates(self, events):
        taken = self._linked_events()
        found = {}
        for sort in (
            self._by_detached,
            self._by_copy,
            self._by_uid,
            self._by_marker,
            self._by_match,
        ):
            left = [event for event in events if event.google_id not in found]
            found.update(sort(left, taken) if left else {})
        return found

    def _linked_events(self):
        rows = self._search_all(
            [("event_id", "!=", False), ("state", "not in", ("deleted", "detached"))]
        )
        return set(rows.event_id.ids)

    def _seen(self, wanted):
        """OdooEvent by (kind, event id), each read as an event or as a series."""
        found = {}
        for kind in Kind:
            events = self.events.browse(x for sort, x in wanted if sort is kind)
            linked = self._linked_among(events.exists().recurrence_id)
            links = [Link("", event_id=event.id, kind=kind) for event in events]
            for event_id, odoo in self.observe(links, anybodys=True).items():
                recurrence = self.events.browse(event_id).recurrence_id
                whole = odoo.series is not None
                if whole == (kind is Kind.SERIES) and recurrence.id not in linked:
                    found[kind, event_id] = odoo
        return found

    def _first(self, wanted, how, taken, known=None):
        """Candidates by Google id; `wanted`: (Google's kind, event id) by Google id.

        known: what a colleague's calendar was known to hold, by Google id.
        """
        ones = self._orphans().event_id.ids if taken else []
        sorts = {
            google_id: (self._sort_of(kind, event_id), event_id)
            for google_id, (kind, event_id) in wanted.items()
            if event_id
            # A row that came alone stands in no series' way.
            if event_id not in taken or (kind == Kind.SERIES and event_id in ones)
        }
        if how != "uid":
            # Of those `_joined` has decided already.
            may = self._changeable({event_id for _kind, event_id in sorts.values()})
            sorts = {k: sort for k, sort in sorts.items() if sort[1] in may}
        seen = self._seen(set(sorts.values()))
        known = known or {}
        return {
            google_id: [Candidate(seen[sort], how, known=known.get(google_id))]
            for google_id, sort in sorts.items()
            if sort in seen and seen[sort].alive
        }

    def _sort_of(self, kind, event_id):
        """As what an event is read: an occurrence without series may be a row."""
        if kind == Kind.OCCURRENCE:
            row = self.events.browse(event_id).exists().recurrence_id
            return Kind.OCCURRENCE if row else Kind.SINGLE
        return Kind(kind)

    def _by_detached(self, events, taken):
        rows = self._search(
            [
                ("google_id", "in", [event.google_id for event in events]),
                ("state", "=", "detached"),
            ]
        )
        links = {link.google_id: link.event_id for link in rows._to_links()}
        wanted = {
            event.google_id: (event.kind, links[event.google_id])
            for event in events
            if event.google_id in links
        }
        return self._first(wanted, "detached", taken)

    def _by_copy(self, events, taken):
        """Invitations to events of which this calendar has a private copy of ours."""
        invited = [event for event in events if event.is_guest]
        joined = _pairs(invited, self._joined_links(invited))
        found = {}
        for google_id, (kind, event_id) in joined.items():
            rows = self._search(
                [
                    ("event_id", "=", event_id),
                    ("kind", "=", kind),
                    ("guest", "=", False),
                    ("state", "in", ("new", "sending", "linked")),
                ]
            )
            for link in rows._to_links()[:1]:
                if odoo := self.observe([link]).get(link.event_id):
                    found[google_id] = [Candidate(odoo, "copy", link)]
        return found

    def _by_uid(self, events, taken):
        """The same event in a colleague's calendar: one Odoo event, several links."""
        theirs = self._joined_links(events)
        joined = _pairs(events, theirs)
        known = {google_id: link.base for google_id, link in theirs.items()}
        found = self._first(joined, "uid", taken, known)
        left = {k: pair for k, pair in joined.items() if k not in found}
        return {**found, **(self._revived(left, taken) if left else {})}

    def _revived(self, joined, taken):
        """Single events that a colleague archived, and Google invites the user since.

        The colleague's run would bring them back: an edit beats a deletion.
        """
        mine = {(self.account.google_email or "").lower(), self.user.email_normalized}
        ids = {event_id for kind, event_id in joined.values() if kind == Kind.SINGLE}
        rows = self.link_model.search(
            [
                ("event_id", "in", list(ids - taken - {0})),
                ("event_id.active", "=", False),
                ("calendar_id", "not in", self.places),
                ("state", "=", "linked"),
            ]
        )
        links = [link for link in rows._to_links() if link.base]
        new = {x.event_id for x in links if mine.isdisjoint(x.base.guests)}
        seen = self._seen({(Kind.SINGLE, event_id) for event_id in new})
        return {
            google_id: [Candidate(seen[Kind.SINGLE, event_id], "uid")]
            for google_id, (kind, event_id) in joined.items()
            if kind == Kind.SINGLE and (Kind.SINGLE, event_id) in seen
        }

    def elsewhere(self, events):
        """See the port. A tombstone is known by the id that copies often share."""
        rows = self.link_model.search(
            [
                ("calendar_id", "not in", self.places),
                ("state", "in", ("linked", "gone", "held")),
                "|",
                ("google_id", "in", [event.google_id for event in events]),
                ("ical_uid", "in", [e.ical_uid for e in events if e.ical_uid]),
            ]
        )
        links = [link for link in rows._to_links() if link.event_id]
        by_id = {link.google_id: link for link in links}
        by_uid = {
            (link.ical_uid, link.kind, link.original_start): link
            for link in links
            if link.ical_uid
        }
        taken = self._linked_events()
        ids = [link.event_id for link in links if link.event_id not in taken]
        mine = Domain("id", "in", ids) & self._mine()
        agenda = set(self.events.search(mine).ids)
        found = {}
        for event in events:
            link = by_uid.get((event.ical_uid, event.kind, event.original_start))
            link = link or (by_id.get(event.google_id) if event.gone else None)
            if link and link.event_id in agenda:
                found[event.google_id] = (link.event_id, link.kind)
        return found

    def _joined_links(self, events):
        """Colleagues' links of the same events in their calendars, by Google id.

        An iCalUID is no secret and anybody may invite under it: the organiser must be
        the one whom the colleague's link knows.
        """
        rows = self.link_model.search(
            [
                ("ical_uid", "in", [e.ical_uid for e in events if e.ical_uid]),
                ("calendar_id", "not in", self.places),
                "|",
                ("event_id", "!=", False),
                ("recurrence_id", "!=", False),
            ]
        )
        links = rows._to_links()
        may = self._changeable({link.event_id for link in links})
        known = defaultdict(list)
        here = self.calendar.google_id
        for row, link in zip(rows, links, strict=True):
            # A calendar that two users share says the same to both.
            shared = row.calendar_id.google_id == here
            if shared or link.event_id in may or self._is_named(link):
                key = (link.ical_uid, link.kind, link.original_start)
                known[key].append((row, link))
        found = {}
        for event in events:
            same = known[event.ical_uid, Kind(event.kind), event.original_start]
            if not same and event.kind == Kind.OCCURRENCE:
                same = self._rows_at(known[event.ical_uid, Kind.SERIES, ""], event)
            linked = [
                link
                for row, link in same
                if self._is_shared(event, row)
                or self._is_same_organizer(event, row, link)
            ]
            if linked:
                # The organiser's own link before those of other guests.
                first = min(linked, key=lambda link: (link.guest, link.id))
                found[event.google_id] = first
        return found

    def _is_same_organizer(self, event, row, link):
        mine = {event.organizer} - {""}
        if event.organizer_self:
            mine |= self._addresses(self.calendar)
        theirs = {link.organizer} - {""}
        if not link.guest:
            theirs |= self._addresses(row.calendar_id)
        elif not theirs and link.base:
            # A link of before: one of those whom it knows as guests organises it.
            theirs = set(link.base.guests)
        return bool(mine & theirs)

    @staticmethod
    def _addresses(calendar):
        """Under which names a calendar organises."""
        names = {calendar.google_id}
        if calendar.is_primary:
            names.add(calendar.account_id.google_email)
        return {name.lower() for name in names if name}

    def _changeable(self, event_ids):
        """Ids of those of these events that the user may change in Odoo."""
        events = self.events.browse(event_ids).exists()._filtered_access("write")
        return {e.id for e in events if not e._check_private_event_conditions()}

    def _is_named(self, link):
        """The organiser's copy has the user among the guests.

        Who writes another's iCalUID into a calendar has not been invited.
        """
        # sudo: to a private event Odoo lets nobody look but who is in it.
        organizer = in_full(self.events.browse(link.event_id)).user_id
        if link.base is None or (link.guest and organizer):
            return False
        mine = {(self.account.google_email or "").lower(), self.user.email_normalized}
        return bool((mine - {"", False}) & set(link.base.guests))

    def _by_marker(self, events, taken):
        """A marker can be copied or forged: the user takes part, or it says nothing."""
        marked = {
            event.google_id: (event.kind, event.marker.event_id)
            for event in events
            if event.marker and event.marker.google_id == event.google_id
        }
        found = self._first(marked, "marker", taken)
        partner = self.user.partner_id
        return {
            event.google_id: found[event.google_id]
            for event in events
            if event.google_id in found
            for odoo in [found[event.google_id][0].odoo]
            if odoo.created == event.marker.created
            and partner in self.events.browse(odoo.event_id).partner_ids
        }

    def _by_match(self, events, taken):
        """Same title and period (and rule), in the user's agenda, not linked yet."""
        starts = {self._start_of(event.values.period) for event in events}
        timed = Domain("allday", "=", False) & Domain("start", "in", list(starts))
        days = Domain("allday", "=", True) & Domain("start_date", "in", list(starts))
        names = [event.values.title for event in events]
        same = Domain("name", "in", [*names, *self.events._google_sync_untitled()])
        near = self.events.search(self._agenda() & (timed | days) & same)
        kinds = {Kind(event.kind) for event in events}
        seen = self._seen(
            {
                (Kind.SERIES if row.recurrence_id else Kind.SINGLE, row.id)
                for row in near
                if row.id not in taken
                and (not row.recurrence_id or Kind.SERIES in kinds)
            }
        )
        by_key = {}
        for odoo in seen.values():
            if odoo.mine and not odoo.left_alone:
                by_key.setdefault(_likeness(odoo.values), []).append(
                    Candidate(odoo, "match")
                )
        keys = {e.google_id: _likeness(e.values) for e in events}
        return {
            google_id: by_key[key] for google_id, key in keys.items() if key in by_key
        }

    @staticmethod
    def _start_of(period):
        return period.start if period.all_day else period.start.replace(tzinfo=None)

    def _agenda(self):
        partner = self.user.partner_id
        return Domain("partner_ids", "in", partner.ids) & Domain("active", "=", True)


def _likeness(values):
    """Two records with the same may be one event; single ones have no rule."""
    rule = rule_of(values.recurrence)
    same = replace(rule, week_start="MO") if rule else values.recurrence
    return values.title, values.period, same


def _pairs(events, links):
    """(Google's kind, Odoo's event id) by Google id."""
    return {
        event.google_id: (event.kind, links[event.google_id].event_id)
        for event in events
        if event.google_id in links
    }
