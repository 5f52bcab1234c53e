"""The sign on an event, and why it is in Google, or why not, for each account."""

from odoo import api, fields, models
from odoo.fields import Domain

from ..sync.fields import Direction, directions
from ..sync.period import window
from .google_sync_journal import advice, shown
from .google_sync_store import OrmStore
from .google_sync_why import SIGNS

_WAITING = ("new", "sending", "gone", "dropped", "held")


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    google_sync_sign = fields.Selection(
        lambda self: self.env["google.sync.why"]._signs(),
        "Google sign",
        compute="_compute_google_sync_sign",
        groups="google_sync.group_user",
        help="Whether this event is in my Google calendar",
    )

    # -- the sign --------------------------------------------------------------

    @api.depends_context("uid")
    @api.depends("partner_ids", "active", "start", "stop")
    def _compute_google_sync_sign(self):
        """Of the current user's own account; empty for an event of somebody else."""
        self.google_sync_sign = False
        accounts = self.env["google.sync.account"]
        partner = self.env.user.partner_id
        if partner.id not in accounts._google_sync_by_partner():
            return
        account = accounts._mine()
        links = self._google_sync_links_of(account)
        unlinked = self.filtered(
            lambda event: event._origin.id not in links and partner in event.partner_ids
        )
        out = unlinked._google_sync_left_out(account)
        for event in self:
            link = links.get(event._origin.id)
            if link:
                event.google_sync_sign = _sign_of(link)
            elif event in unlinked and event._origin:
                event.google_sync_sign = "out" if event in out else "waiting"

    def _google_sync_left_out(self, account):
        """Of these events without a link, those that get none; in two queries."""
        if not self or self.env["google.sync.why"]._connection_trouble(account):
            return self
        return self._google_sync_declined(account) | self.filtered(
            lambda event: (
                event._google_sync_out_archived(account)
                or event._google_sync_out_series(account)
                or event._google_sync_out_outside_period(account)
            )
        )

    def _google_sync_declined(self, account):
        """Of these events, those that the account's user declined."""
        attendees = self.env["calendar.attendee"].sudo()
        declined = [
            ("event_id", "in", self.ids),
            ("partner_id", "=", account.user_id.partner_id.id),
            ("state", "=", "declined"),
        ]
        ids = set(attendees.search(declined).event_id.ids)
        return self.filtered(lambda event: event._origin.id in ids)

    def _google_sync_links_of(self, account):
        """{event id: its link in the account's calendar, or else its series'}."""
        links = self.env["google.sync.event.link"].sudo()
        about = Domain("event_id", "in", self.ids)
        series = self.recurrence_id
        if series:
            about |= Domain("recurrence_id", "in", series.ids)
        rows = links.search(
            Domain("calendar_id", "=", account.calendar_id.id)
            & Domain("state", "not in", ("deleted", "detached"))
            & about
        )
        by_series = {row.recurrence_id: row for row in rows if row.recurrence_id}
        found = {
            event._origin.id: by_series[event.recurrence_id]
            for event in self
            if event.recurrence_id in by_series
        }
        found.update({row.event_id.id: row for row in rows if row.event_id})
        return found

    # -- the panel -------------------------------------------------------------

    def google_sync_why(self):
        """What the panel shows: a part for each account that the user may see."""
        self.ensure_one()
        self.check_access("read")
        accounts = self._google_sync_concerned()
        mine = accounts.filtered(lambda x: x.user_id == self.env.user)
        parts = [self._google_sync_part(account) for account in mine | accounts]
        takes_part = self.env.user.partner_id in self.partner_ids
        return {
            "title": self.display_name,
            "parts": parts,
            "connect": takes_part and not mine,
            "decisions": any(part["decision_id"] for part in parts),
        }

    def _google_sync_concerned(self):
        """Accounts with a link to it, or whose owner takes part, as superuser."""
        accounts = self.env["google.sync.account"].sudo()
        links = self.env["google.sync.event.link"].sudo()
        about = Domain("event_id", "=", self.id)
        if self.recurrence_id:
            about |= Domain("recurrence_id", "=", self.recurrence_id.id)
        linked = links.search(about & Domain("state", "!=", "detached")).account_id
        concerned = Domain("id", "in", linked.ids) | Domain(
            "user_id.partner_id", "in", self.partner_ids.ids
        )
        return accounts.search(concerned & accounts._seen_by_me())

    def _google_sync_part(self, account):
        why = self.env["google.sync.why"]
        link = self._google_sync_links_of(account).get(self.id)
        if not link:
            reason, text, hint = self._google_sync_why_out(account)
            sign = "waiting" if reason == "waiting" else "out"
            waits = reason == "waiting" and account._may_be_run_by_me()
            return why._part(account, sign, text, advice=hint, retry=waits)
        trouble = why._connection_trouble(account)
        sign, text, hint = self._google_sync_why_linked(link)
        if trouble and sign != "linked":
            hint = " ".join(filter(None, trouble))
        private = self._google_sync_is_private(link, account)
        decision = self._google_sync_decision(link, private)
        stuck = sign == "problem" and account._may_be_run_by_me()
        return why._part(
            account,
            sign,
            text,
            advice=hint,
            facts=self._google_sync_facts(link),
            differences=[] if private else self._google_sync_differences(link),
            url=link.state != "new"
            and why._event_url(link.calendar_id, link.google_id),
            retry=stuck and not trouble,
            decision_id=decision.id,
        )

    def _google_sync_is_private(self, link, account):
        """Its values are not for the current user."""
        private = self.sudo().effective_privacy in ("private", "confidential")
        return private and account.user_id != self.env.user

    def _google_sync_facts(self, link):
        fact = self.env["google.sync.why"]._fact
        facts = [fact(self.env._("Calendar"), link.calendar_id.name)]
        kinds = dict(link._fields["kind"]._description_selection(self.env))
        if link.kind != "single":
            facts.append(fact(self.env._("Kind"), kinds[link.kind]))
        if link.guard:
            facts.append(fact(self.env._("In Google"), advice(self.env, link.guard)))
        return facts

    def _google_sync_decision(self, link, private):
        """The open question about it, if the current user may answer."""
        decisions = self.env["google.sync.decision"]
        if private:
            return decisions
        return decisions.search(
            [
                ("account_id", "=", link.account_id.id),
                ("google_id", "=", link.google_id),
                ("state", "=", "open"),
            ],
            limit=1,
        )

    def _google_sync_differences(self, link):
        """Fields whose value in Odoo is not what both sides agreed on last."""
        row = link._to_link()
        if link.event_id != self or row.base is None:
            return []
        account = link.account_id.with_env(self.env).sudo()
        run = self.env["google.sync.run"].sudo()
        store = OrmStore(account, link.calendar_id, run, None, None)
        odoo = store.observe([row]).get(self.id)
        if odoo is None:
            return []
        ways = directions(organizer=odoo.organizer, guarded=bool(row.guard))
        before, now = row.base.as_dict(), odoo.values.as_dict()
        return [
            {
                "field": shown(self.env, "label", name),
                "odoo": shown(self.env, name, now[name]),
                "google": shown(self.env, name, before.get(name)),
            }
            for name in now
            if now[name] != before.get(name)
            and ways.get(name) not in (None, Direction.NONE)
        ]

    # -- in words --------------------------------------------------------------

    def _google_sync_why_linked(self, link):
        """(sign, text, what to do) of an event that has a link."""
        sign = _sign_of(link)
        texts = {
            "new": self.env._("Goes to Google with the next synchronisation."),
            "sending": self.env._(
                "Being created in Google; the next synchronisation makes sure of it."
            ),
            "gone": self.env._("Deleted in Google: Odoo follows."),
            "dropped": self.env._("Deleted here: Google follows."),
            "held": self.env._("Deleted on one side: waits for an answer."),
        }
        if link.state == "quarantined":
            text = self.env._("Odoo could not apply what Google has for it.")
            return sign, text, link.problem or ""
        if link.state in texts:
            return sign, texts[link.state], ""
        if link.problem:
            text = self.env._("Google refused the last change of this event.")
            return sign, text, advice(self.env, link.problem)
        if link.contested:
            text = self.env._("Changed on both sides: choose what to keep.")
            return sign, text, ""
        if link.dirty:
            text = self.env._(
                "In Google; the last change goes there with the next run."
            )
            return sign, text, ""
        return sign, self.env._("In Google, in step."), ""

    def _google_sync_why_out(self, account):
        """(reason, text, what to do) of an event without a link."""
        why = self.env["google.sync.why"]
        trouble = why._connection_trouble(account)
        if trouble:
            return "connection", *trouble
        if not account.sync_events:
            return "off", *self._google_sync_off(account)
        labels = self.env["google.sync.run"]._skip_labels()
        for reason in ("stranger", "archived", "declined", "series", "outside_period"):
            told = getattr(self, f"_google_sync_out_{reason}")(account)
            if told:
                return reason, labels.get(reason, told[0]), told[1]
        return self._google_sync_waits(account)

    def _google_sync_off(self, account):
        return (
            self.env._("The agenda of %s is switched off.", account._label()),
            self.env._("Switch it on in My Preferences, tab Synchronisation."),
        )

    def _google_sync_out_stranger(self, account):
        if account.user_id.partner_id in self.partner_ids:
            return None
        return (
            self.env._("%s does not take part in it.", account._label()),
            self.env._("An agenda holds the events in which its owner takes part."),
        )

    def _google_sync_out_archived(self, _account):
        return None if self.active else (self.env._("Archived in Odoo."), "")

    def _google_sync_out_declined(self, account):
        if not self._google_sync_declined(account):
            return None
        return "", self.env._("Accept it, and it goes to Google.")

    def _google_sync_out_series(self, account):
        if account.sync_series or not (self.recurrency or self.recurrence_id):
            return None
        hint = self.env._(
            "Recurring events are switched off: switch them on in My Preferences, tab "
            "Synchronisation."
        )
        return "", hint

    def _google_sync_out_outside_period(self, account):
        zone = account.user_id.tz or account.calendar_id.time_zone or "UTC"
        today = fields.Date.context_today(self.with_context(tz=zone))
        months = (account.months_before, account.months_after)
        period = window(today, *months, zone)
        if period.holds(self._google_sync_period()):
            return None
        hint = self.env._(
            "Synchronised are %(before)s months before today to %(after)s after; the "
            "period can be changed in My Preferences, tab Synchronisation.",
            before=months[0],
            after=months[1],
        )
        return "", hint

    def _google_sync_waits(self, account):
        asked = self.env["google.sync.decision"].sudo()
        about = [
            ("account_id", "=", account.id),
            ("kind", "=", "adoption"),
            ("state", "=", "open"),
            ("candidate_ids", "in", self.ids),
        ]
        if asked.search_count(about, limit=1):
            text = self.env._("It may be one of Google's events: see the decisions.")
            return "ambiguous", text, ""
        text = self.env._("Goes to Google with the next synchronisation.")
        if account.auto_push:
            return "waiting", text, ""
        return "waiting", text, self.env._("Press Synchronise now to send it at once.")

    # -- trying again ----------------------------------------------------------

    def google_sync_retry(self, account_id):
        """Try again what failed, at once; "" or why it has to wait."""
        self.ensure_one()
        self.check_access("read")
        account = self.env["google.sync.account"].browse(int(account_id))
        account._check_may_run()
        account = account.sudo()
        link = self._google_sync_links_of(account).get(self.id)
        if link:
            link.write({"dirty": True, "problem": False})
        else:
            rows = [(account.id, self.id, 0)]
            self.env["google.sync.pending"].sudo()._queue(rows)
        return account._request_sync()[account.id]


def _sign_of(link):
    if link.state == "quarantined" or link.problem and link.state == "linked":
        return SIGNS[0]
    if link.state in _WAITING or link.dirty or link.contested:
        return SIGNS[1]
    return SIGNS[2]
