"""The Store's guests: whom Odoo knows of those whom Google has invited.

They take part in Odoo's event; nobody is mailed, and Google's own list is left alone.
"""

from dataclasses import replace

from odoo import Command
from odoo.tools import SQL, single_email_re

from ....sync.events.responses import responses
from ....sync.running.pushing.inviting import is_address
from .privacy import in_full

#: RFC 5321; Odoo's own index on names refuses much longer ones.
_LONGEST_ADDRESS = 254


def _is_storable(text):
    return len(text) <= _LONGEST_ADDRESS and single_email_re.fullmatch(text)


class Guests:
    """Part of `OrmStore`: partners of Google's guests, events that Google brings."""

    def _guest_partners(self, addresses):
        """The partners of these addresses, see `_guests_at`."""
        return self._partners_of(self._guests_at(addresses))

    def _partners_of(self, found):
        partners = self.account.env["res.partner"].with_user(self.user)
        return partners.browse(partner.id for partner in found.values())

    def _guests_at(self, addresses):
        """{address: partner}: a user by account or address, else anybody.

        Unknown ones are created only where the account says so and its user may.
        """
        wanted = {a for a in addresses if _is_storable(a)}
        if not wanted:
            return {}
        found = self._known_at(wanted)
        partners = self.account.env["res.partner"].with_user(self.user)
        if self.account.guests_as_contacts and partners.has_access("create"):
            missing = sorted(wanted - found.keys())
            made = partners.create([{"name": a, "email": a} for a in missing])
            found.update(zip(missing, made, strict=True))
        return found

    def _known_at(self, addresses):
        """{address: partner} of those whom Odoo has: a user first, else anybody."""
        found = self._users_at(addresses)
        left = list(addresses - found.keys())
        partners = self.account.env["res.partner"].with_user(self.user)
        for partner in partners.search([("email_normalized", "in", left)]):
            found.setdefault(partner.email_normalized, partner)
        return found

    def _people_vals(self, google, addresses):
        """Who takes part in an event that Google brings, and what they answered there.

        Odoo makes the attendees itself where nobody has.
        """
        guests = self._guests_at(addresses)
        everybody = self.user.partner_id | self._partners_of(guests)
        said = responses(google)
        states = {guests[a].id: answer for a, answer in said.items() if a in guests}
        states.pop(self.user.partner_id.id, None)
        vals = {"partner_ids": [Command.set(everybody.ids)]}
        if states:
            vals["attendee_ids"] = [
                Command.create(
                    {
                        "partner_id": partner.id,
                        **({"state": s} if (s := states.get(partner.id)) else {}),
                    }
                )
                for partner in everybody
            ]
        return vals

    @staticmethod
    def _is_unanswered(event, partner):
        """Somebody else who takes part has not said whether."""
        return any(
            attendee.state == "needsAction" and attendee.partner_id != partner
            for attendee in event.attendee_ids
        )

    def _note_responses(self, events, responses, *, anew=False):
        """What guests said in Google; see `UpdateEvent`. Nobody is told of it."""
        if not responses:
            return
        said = {p.id: responses[a] for a, p in self._known_at({*responses}).items()}
        # sudo: in a private event Odoo lets only its organiser touch a response.
        for attendee in in_full(events).attendee_ids:
            response = said.get(attendee.partner_id.id, attendee.state)
            is_open = anew or attendee.state == "needsAction"
            if is_open and attendee.state != response:
                attendee.state = response
        events.invalidate_recordset()

    def _users_at(self, addresses):
        """{address: partner} of Odoo's own people; their Odoo address comes first.

        Whoever connects a Google account with a colleague's address is not that
        colleague. Of the accounts and addresses of others ids come out.
        """
        if not addresses:
            return {}
        accounts = self.account.search([("google_email", "!=", False)])
        by_account = {
            account.google_email.lower(): account.user_id.partner_id
            for account in accounts
            if account.google_email.lower() in addresses
        }
        users = self.account.env["res.users"]
        domain = [("email_normalized", "in", list(addresses)), ("share", "=", False)]
        by_mail = {}
        for user in users.search(domain, order="id"):
            address, partner = user.email_normalized, user.partner_id
            # Anybody may write a colleague's address into the own preferences.
            surer = partner == by_account.get(address) or user.login == address
            if surer or address not in by_mail:
                by_mail[address] = partner
        return {**by_account, **by_mail}

    def _with_invited(self, seen, links, events):
        """The observed events whose participants Google invites, with these as guests.

        Google's guests whom Odoo does not know stay guests.
        """
        if not self.invites:
            return seen
        done = dict(seen)
        for link in links:
            odoo = seen.get(link.event_id)
            if odoo is None or not odoo.invites:
                continue
            guests, unreachable = self._invited(events[link.event_id], link)
            values = replace(odoo.values, guests=guests)
            done[link.event_id] = replace(odoo, values=values, unreachable=unreachable)
        return done

    def _invited(self, event, link):
        """(addresses to invite, who cannot be: their address is none)."""
        base = set(link.base.guests if link.base else ())
        strangers = {a for a in base if not self._known_partners([a])}
        others = event.partner_ids - self.user.partner_id
        found = {partner: self._address(partner, base) for partner in others}
        good = {a for a in found.values() if a in base or is_address(a)}
        bad = [
            f"{partner.display_name} ({partner.email})"
            for partner, address in found.items()
            if partner.email and address not in good
        ]
        return tuple(sorted(strangers | good)), tuple(sorted(bad))

    def _address(self, partner, known):
        """Where Google invites somebody: the address it has, or their account's."""
        account = self.account.search(
            [
                ("user_id.partner_id", "=", partner.id),
                ("google_email", "!=", False),
            ],
            limit=1,
        )
        mine = [(account.google_email or "").lower(), partner.email_normalized or ""]
        same = [address for address in mine if address in known]
        return next(filter(None, [*same, *mine]), "")

    def _guest_commands(self, link, addresses):
        """Who is invited anew takes part; who is no more, does not.

        Of an occurrence that is told apart for the first time: than its series was.
        """
        row = self.link_model.browse(link.id or link.parent_id or ()).exists()
        base = row._base_values() if row else None
        before, now = set(base.guests if base else ()), set(addresses)
        me = self.user.partner_id
        added = self._guest_partners(now - before)
        gone = self._known_partners(before - now) - self._known_partners(now) - me
        return [
            *(Command.link(partner.id) for partner in added),
            *(Command.unlink(partner.id) for partner in gone),
        ]

    def _join(self, events, *, again=False):
        """The user takes part in these events. again: also where it was declined."""
        partner = self.user.partner_id
        # sudo: to a private event Odoo lets nobody in but who is in it.
        new = in_full(events).filtered(lambda event: partner not in event.partner_ids)
        new.write({"partner_ids": [Command.link(partner.id)]})
        if again:
            mine = in_full(events).attendee_ids.filtered(
                lambda attendee: attendee.partner_id == partner
            )
            mine.write({"state": "accepted"})
        events.invalidate_recordset()

    def _known_partners(self, addresses):
        partners = self.account.env["res.partner"].with_user(self.user)
        if not addresses:
            return partners
        found = partners.search([("email_normalized", "in", list(addresses))])
        users = self._users_at(addresses).values()
        return found | partners.browse(partner.id for partner in users)

    def _invited_ids(self, column):
        """SQL: events (or recurrences) to which another calendar's guests add the user.

        Google brings them into the user's calendar itself: a copy would be a double.
        """
        self.link_model.flush_model(["base", "state", "event_id", "recurrence_id"])
        return SQL(
            "(SELECT %s FROM google_sync_event_link"
            " WHERE calendar_id NOT IN %s AND state = 'linked' AND %s IS NOT NULL"
            " AND base -> 'guests' ? %s)",
            SQL.identifier(column),
            self.places,
            SQL.identifier(column),
            (self.account.google_email or "").lower(),
        )
