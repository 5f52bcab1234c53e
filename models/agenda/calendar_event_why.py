"""The sign on an event, and why it is in Google, or why not, for each account."""

from odoo import api, fields, models
from odoo.fields import Domain

from ...sync.events.agreeing import differing
from ...sync.events.reminders import KEPT
from ..journal.words import advice, shown
from ..tools.edge import engine_rows
from ..tools.privacy import is_masked
from .store.orm import OrmStore

#: What a sign needs of a link: the values that it remembers are many and large.
_OF_A_SIGN = (
    "event_id",
    "recurrence_id",
    "kind",
    "state",
    "problem",
    "dirty",
    "contested",
)
_WAITING = ("new", "sending", "gone", "dropped")


class CalendarEvent(models.Model):
    _name = "calendar.event"
    _inherit = ["calendar.event", "google.sync.explained"]

    google_sync_sign = fields.Selection(
        help="Whether this event is in my Google calendar"
    )

    # -- the sign --------------------------------------------------------------

    @api.depends_context("uid")
    @api.depends("partner_ids", "active", "start", "stop")
    def _compute_google_sync_sign(self):
        """Of the current user's own account, empty for an event of somebody else.

        One event alone also tells of a colleague's account that the user may see.
        """
        self.google_sync_sign = False
        accounts = self.env["google.sync.account"]
        concerned = self.partner_ids.ids if len(self) == 1 else []
        concerned = {*concerned, self.env.user.partner_id.id}
        concerned &= accounts._google_sync_by_partner().keys()
        shown = accounts._shown_agendas(concerned) if concerned else accounts
        for account in shown.sorted(lambda x: x.user_id != self.env.user):
            self.filtered(
                lambda event: not event.google_sync_sign
            )._google_sync_show_sign(account)

    def _google_sync_show_sign(self, account):
        """Give these events the sign that `account` has for them."""
        links = self._google_sync_links_of(account)
        partner = account.user_id.partner_id
        unlinked = self.filtered(
            lambda event: event._origin.id not in links and partner in event.partner_ids
        )
        out = unlinked._google_sync_left_out(account)
        edited = self._google_sync_edited(account)
        asked = unlinked._google_sync_asked(account)
        for event in self:
            link = links.get(event._origin.id)
            if event._origin.id in asked:
                event.google_sync_sign = "question"
            elif link:
                event.google_sync_sign = _sign_of(link, event._origin.id in edited)
            elif event in unlinked and event._origin:
                event.google_sync_sign = "out" if event in out else "waiting"

    def _google_sync_asked(self, account):
        """Ids of those of these events that a question of the account offers."""
        if not self.ids:
            return set()
        # sudo: whether; the question itself is shown by its own rules.
        decisions = engine_rows(self.env, "google.sync.decision")
        about = [("account_id", "=", account.id), ("state", "=", "open")]
        asked = decisions.search([*about, ("candidate_ids", "in", self.ids)])
        return set(asked.candidate_ids.ids)

    def _google_sync_edited(self, account):
        """Ids of those of these events whose edit waits in the queue."""
        pending = engine_rows(self.env, "google.sync.pending")
        mine = [("account_id", "=", account.id), ("event_id", "in", self.ids)]
        return set(pending.search(mine).mapped("event_id"))

    def _google_sync_links_of(self, account):
        """{event id: its link in the account's calendar, or else its series'}."""
        # Links of one account that the caller may see.
        links = engine_rows(self.env, "google.sync.event.link")
        rows = links.search_fetch(
            Domain("account_id", "=", account.id)
            & Domain("calendar_id.replaced", "!=", True)
            & Domain("state", "not in", ("deleted", "detached", "following"))
            & Domain("kind", "in", account._google_sync_kinds())
            & self._google_sync_about(),
            _OF_A_SIGN,
        )
        series = {_series_of(row): row for row in rows if row.kind == "series"}
        found = {
            event._origin.id: series[event.recurrence_id]
            for event in self
            if event.recurrence_id in series
        }
        own = rows.filtered(lambda row: row.kind != "series")
        return found | {row.event_id.id: row for row in own}

    def _google_sync_about(self):
        """Links of these events, and of the series that they are part of."""
        about = Domain("event_id", "in", self.ids)
        series = self.recurrence_id.ids
        if not series:
            return about
        # A series that Odoo rebuilt is known by its row only, until the next run.
        of_series = Domain("recurrence_id", "in", series)
        of_series |= Domain("event_id.recurrence_id", "in", series)
        return about | (Domain("kind", "=", "series") & of_series)

    # -- the panel -------------------------------------------------------------

    def _google_sync_would_be_mine(self):
        return self.env.user.partner_id in self.partner_ids

    def _google_sync_title_for_me(self):
        """What was read as superuser is in the cache: masked here, not there."""
        if is_masked(self):
            return self.env._("Private")
        return self.sudo().display_name

    def _google_sync_concerned(self):
        """Accounts with a link to it, or whose owner takes part, as superuser."""
        accounts = engine_rows(self.env, "google.sync.account")
        links = engine_rows(self.env, "google.sync.event.link")
        about = self._google_sync_about() & Domain("state", "!=", "detached")
        linked = links.search(about).account_id
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
            if card := self._google_sync_card(account, None, False):
                sign, text, hint = "question", self._google_sync_offered(), ""
            return why._part(account, sign, text, advice=hint, retry=waits, card=card)
        differences = self._google_sync_differences(link)
        edited = bool(differences or self._google_sync_edited(account))
        sign, text, hint = self._google_sync_why_linked(link, edited)
        trouble = why._connection_trouble(account)
        if trouble and sign != "linked":
            hint = " ".join(filter(None, trouble))
        private = self._google_sync_is_private(account)
        card = self._google_sync_card(account, link, private)
        may_run = sign != "linked" and not trouble and account._may_be_run_by_me()
        may_run = may_run and link.state != "left"
        return why._part(
            account,
            sign,
            text,
            advice=hint,
            facts=self._google_sync_facts(link),
            # A question tells what each side has now, not what they agreed on last.
            differences=[] if private or card else differences,
            url=link.state not in ("new", "left")
            and not link.calendar_id._is_lost()
            and why._event_url(link.calendar_id, link.google_id),
            retry=may_run,
            card=card,
        )

    def _google_sync_is_private(self, account):
        """Its values are not for the current user."""
        # sudo: whether, not what: it decides who sees more.
        private = self.sudo().effective_privacy in ("private", "confidential")
        return private and account.user_id != self.env.user

    def _google_sync_facts(self, link):
        fact = self.env["google.sync.why"]._fact
        facts = []
        if link.state != "left":
            facts.append(fact(self.env._("Calendar"), link.calendar_id.name))
        kinds = dict(link._fields["kind"]._description_selection(self.env))
        if link.kind != "single":
            facts.append(fact(self.env._("Kind"), kinds[link.kind]))
        if note := link._google_sync_rule_note():
            facts.append(fact(self.env._("Recurrence"), note))
        if kept := (link.told or {}).get(KEPT):
            text = shown(self.env, "reminders", kept)
            facts.append(fact(self.env._("Reminder in Odoo only"), text))
        if link.guard:
            facts.append(fact(self.env._("In Google"), advice(self.env, link.guard)))
        return facts

    def _google_sync_card(self, account, link, private):
        """The open question about it, if the current user may answer; or False."""
        if private:
            return False
        about = Domain("candidate_ids", "in", self.ids)
        if link:
            about |= Domain("google_id", "=", link.google_id)
        if link and link.state in ("gone", "dropped"):
            about |= Domain("kind", "=", "brake") & Domain("about_contacts", "=", False)
        return self._google_sync_question(account, about)

    def _google_sync_differences(self, link):
        """Fields whose value in Odoo is not what both sides agreed on last."""
        row = link._to_link()
        if row.base is None or not row.event_id:
            return []
        # sudo: the Store is the engine's; it reads events as its user.
        account = link.account_id.with_env(self.env).sudo()
        window, run = account._google_sync_window(), account.env["google.sync.run"]
        store = OrmStore(account, link.calendar_id, run, window, None)
        odoo = store.observe([row]).get(row.event_id)
        if odoo is None:
            return []
        return [
            {
                "field": shown(self.env, "label", name),
                "odoo": shown(self.env, name, odoo.values.get(name)),
                "google": shown(self.env, name, row.base.get(name)),
            }
            for name in differing(odoo, row)
        ]

    # -- in words --------------------------------------------------------------

    def _google_sync_why_linked(self, link, edited):
        """(sign, text, what to do) of an event that has a link."""
        sign = _sign_of(link, edited)
        texts = {
            "new": self.env._("Goes to Google with the next synchronisation."),
            "sending": self.env._(
                "Being created in Google; the next synchronisation makes sure of it."
            ),
            "gone": self.env._("Deleted in Google: Odoo follows."),
            "dropped": self.env._("Deleted here: Google follows."),
            "held": self.env._("Deleted on one side: waits for an answer."),
            "left": self.env._(
                "Only in Odoo, because you kept it: neither side follows the other."
            ),
            "taken_back": self.env._(
                "Taken back by an undo: it stays in Odoo, and does not go to Google."
            ),
        }
        if link.state != "left" and link.calendar_id._is_lost():
            return (
                "problem",
                link.calendar_id._lost_words(),
                link.calendar_id._lost_advice(),
            )
        if link.state == "quarantined":
            text = self.env._("Odoo could not apply what Google has for it.")
            return sign, text, link._problem_for_me()
        if link.state == "left" and self._google_sync_is_hidden(link):
            return sign, advice(self.env, "hidden"), ""
        if link.state in texts:
            return sign, texts[link.state], self._google_sync_hint(link)
        if link.problem:
            text = self.env._("Google refused the last change of this event.")
            return sign, text, advice(self.env, link.problem)
        if link.contested:
            text = self.env._("Changed on both sides: choose what to keep.")
            return sign, text, ""
        if sign == "waiting":
            text = self.env._(
                "In Google; the last change goes there with the next run."
            )
            return sign, text, ""
        return sign, self.env._("In step: both sides are the same."), ""

    def _google_sync_hint(self, link):
        """How it is synchronised again, where it is not."""
        if link.state == "left":
            return self.env._("Choose a calendar in its form to bring it to Google.")
        return advice(self.env, link.state) if link.state == "taken_back" else ""

    def _google_sync_is_hidden(self, link):
        """The owner of the link has said that it is not for them."""
        # sudo: an answer of the account's own user.
        attendees = self.sudo().attendee_ids
        partner = link.account_id.user_id.partner_id
        own = attendees.filtered(lambda x: x.partner_id == partner)
        return "declined" in own.mapped("state")

    def _google_sync_offered(self):
        return self.env._("Perhaps an event that is in Google already: which one?")

    # -- trying again ----------------------------------------------------------

    def _google_sync_check_may_retry(self, account):
        return account._check_may_run()

    def _google_sync_try_again(self, account, link):
        if link:
            link.write({"dirty": True, "problem": False})
        elif self._google_sync_is_to_queue(account):
            rows = [(account.id, self.id, 0)]
            engine_rows(self.env, "google.sync.pending")._queue(rows)
        return account._request_sync()[account.id]

    def _google_sync_is_to_queue(self, account):
        """It is on its way without a link, and nothing says so yet."""
        reason, *_words = self._google_sync_why_out(account)
        return reason == "waiting" and self.id not in self._google_sync_edited(account)


def _sign_of(link, edited):
    if link.state == "quarantined" or link.problem and link.state == "linked":
        return "problem"
    if link.state == "held" or link.contested:
        return "question"
    if link.state in ("taken_back", "left"):
        return "out"
    if link.calendar_id._is_lost():
        return "problem"
    if link.state in _WAITING or link.dirty or edited:
        return "waiting"
    return "linked"


def _series_of(link):
    return link.recurrence_id or link.event_id.recurrence_id
