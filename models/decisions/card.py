"""A question as it is shown and answered: in the list, on its form, on its event."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_datetime, html2plaintext
from odoo.tools.mail import is_html_empty

from ...sync.answers import ANSWERS, telling
from ..journal.moments import period_of, shown_when
from ..journal.words import shown
from ..tools.edge import engine_rows
from ..tools.labelled import labelled
from ..tools.privacy import is_masked

_ALWAYS = ("when", "where", "guests")
_LONGEST = 160
_ON_THEIR_WAY = ("new", "sending", "gone", "dropped", "quarantined")


class GoogleSyncDecision(models.Model):
    _inherit = "google.sync.decision"

    when = fields.Char(compute="_compute_when")
    card = fields.Json(
        compute="_compute_card", help="All that is shown of it, for who reads it"
    )

    @api.depends("detail", "candidate_ids")
    @api.depends_context("lang", "tz", "uid")
    def _compute_when(self):
        for decision in self:
            decision.when = shown_when(self.env, decision._period())

    def _period(self):
        """Of the event that it is about; of several events, none."""
        detail = self._detail()
        events = self.candidate_ids
        return detail.get("period") or period_of(len(events) == 1 and events)

    @api.depends("state", "answer", "detail", "field_ids.choice", "event_id")
    @api.depends_context("lang", "tz", "uid")
    def _compute_card(self):
        for decision in self:
            decision.card = decision._as_card()

    def _as_card(self):
        detail = self._detail()
        is_open = self.state == "open"
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        mine = self.account_id.user_id == self.env.user
        event = self.candidate_ids if len(self.candidate_ids) == 1 else False
        return {
            "id": self.id,
            "kind": self.kind,
            "kind_label": kinds[self.kind],
            "state": self.state,
            "title": self.name or "",
            "when": self.when,
            "where": detail.get("place") or "",
            "whose": "" if mine else self.account_id._label(),
            "calendar": self.calendar_id._among_several(),
            "question": self._card_question(detail),
            "warning": self._card_warning(detail),
            "event_id": bool(event and event.exists()) and event.id,
            "options": self._card_options(detail) if is_open else [],
            "google": self._card_of_google(detail),
            "candidates": self._card_candidates() if is_open else [],
            "fields": [line._as_card() for line in self.field_ids],
            **(self._card_end() if self.state == "answered" else {}),
        }

    # -- what is asked ---------------------------------------------------------

    def _card_question(self, detail):
        """Date and place stand above it, what comes of an answer on its button."""
        if self.kind != "deletion" or "side" not in detail:
            return self.question or ""
        if detail.get("moved_to"):
            return self.env._(
                "It was moved in Google to “%s”, which is not synchronised",
                self._calendar_name(detail["moved_to"]),
            )
        if detail["side"] == "odoo":
            return self.env._("It was deleted in Google")
        return self.env._("It was deleted in Odoo")

    def _card_warning(self, detail):
        if self.kind == "proposal":
            return self._proposal_warning()
        if self.kind != "deletion" or not detail.get("edited"):
            return ""
        if detail.get("side") == "odoo":
            return self.env._("Edited in Odoo meanwhile")
        return self.env._("Edited in Google meanwhile")

    def _card_options(self, detail):
        """The answers that one click gives, with what comes of each."""
        words = self._answer_words(detail)
        return [
            {"answer": answer, "label": words[answer][0], "hint": words[answer][1]}
            for answer in ANSWERS[self.kind]
            if answer in words
        ]

    def _answer_words(self, detail):
        """{answer: (on the button, what comes of it)} of those that need no more."""
        if self.about_mails:
            return {
                "keep": (self.env._("Write without mails"), ""),
                "delete": (self.env._("Send the mails"), ""),
            }
        if self.kind == "adoption":
            hint = self.env._("Both stay, each as an entry of its own")
            return {"new": (self.env._("None of them"), hint)}
        if self.kind == "proposal":
            return self._proposal_words()
        if self.kind == "quarantine":
            return {"retry": (self.env._("Try again"), "")}
        if self.kind == "conflict":
            return {}
        if self.about_contacts:
            return {
                "keep": (self.env._("Keep"), self.env._("They stay in Google")),
                "delete": (self.env._("Delete"), self.env._("Delete them in Google")),
            }
        if detail.get("side", "odoo") == "odoo":
            alone = detail.get("moved_to") and self.env._("Stays in Odoo alone")
            return {
                "keep": (
                    self.env._("Keep"),
                    alone or self.env._("Goes back to Google"),
                ),
                "delete": (
                    self.env._("Delete"),
                    self._undoable(self.env._("Delete it in Odoo too")),
                ),
            }
        return {
            "keep": (self.env._("Keep"), self.env._("Comes back to Odoo")),
            "delete": (
                self.env._("Delete"),
                self._undoable(self.env._("Delete it in Google too")),
            ),
        }

    def _undoable(self, hint):
        return self.env._("%s; the journal can put it back", hint)

    def _card_of_google(self, detail):
        """What Google has, to compare the candidates with."""
        if self.kind == "proposal":
            return self._proposal_facts(detail)
        if self.kind != "adoption":
            return []
        if self.about_contacts:
            partner = self.partner_id
            facts = {"mail": partner.email or "", "phone": partner.phone or ""}
            return self._labelled(facts, facts)
        facts = {
            "when": shown_when(self.env, detail.get("period")),
            "where": detail.get("place") or "",
            "guests": ", ".join(detail.get("guests") or ()),
            "notes": _shortened(shown(self.env, "description", detail["description"]))
            if detail.get("description")
            else "",
        }
        return self._labelled(facts, facts)

    def _card_candidates(self):
        if self.kind == "proposal":
            return [self._proposed_card(x) for x in self._free_to_pair()]
        if self.kind != "adoption":
            return []
        if self.about_contacts:
            return [contact._as_card() for contact in self.contact_ids]
        # Of one period the order of Odoo is anybody's: the oldest first.
        events = self.candidate_ids.exists()
        events = events.sorted(lambda event: (event.start, event.id))
        facts = [self._event_facts(event) for event in events]
        names = telling(facts, _ALWAYS)
        return [
            {
                "pick": event.id,
                "title": event._google_sync_title_for_me(),
                "facts": self._labelled(known, names),
                "event_id": event.id,
            }
            for event, known in zip(events, facts, strict=True)
        ]

    def _event_facts(self, event):
        """What tells an event from others, with the reader's own rights."""
        if is_masked(event):
            return {}
        period = period_of(event)
        others = event.partner_ids - self.account_id.user_id.partner_id
        return {
            "when": shown_when(self.env, period),
            "where": event.location or "",
            "guests": ", ".join(others.mapped("display_name")),
            "notes": _shortened(_notes(event)),
            "by": event.user_id.name or "",
            "made": format_datetime(self.env, event.create_date, dt_format="short"),
        }

    def _labelled(self, facts, names):
        labels = {
            "when": self.env._("When"),
            "where": self.env._("Place"),
            "guests": self.env._("Guests"),
            "notes": self.env._("Notes"),
            "by": self.env._("Organised by"),
            "made": self.env._("Created"),
            "mail": self.env._("Mail"),
            "phone": self.env._("Phone"),
            "company": self.env._("Company"),
            "function": self.env._("Job position"),
        }
        return [
            {"name": name, "label": labels[name], "value": facts[name]}
            for name in names
            if facts.get(name)
        ]

    # -- what came of it -------------------------------------------------------

    def _card_end(self):
        """Who answered what, and what was written since."""
        answers = dict(self._fields["answer"]._description_selection(self.env))
        # sudo: whoever reads the question is told who answered it.
        who = self.sudo().answered_by_id.name or ""
        when = format_datetime(self.env, self.answered_at, dt_format="short")
        written = self._written_since()
        return {
            "answer": self._chosen_values() or answers.get(self.answer, ""),
            "answered": f"{who}, {when}",
            "written": written,
            "outcome": "" if written else self._not_written_yet(),
        }

    def _chosen_values(self):
        """Field by field: the values that were kept."""
        if self.answer != "fields":
            return ""
        kept = [line for line in self.field_ids if line.choice]
        return "; ".join(
            labelled(self.env, line.label, line._as_card()[line.choice])
            for line in kept
        )

    def _written_since(self):
        """What the first run that wrote about it after the answer did, in words."""
        about = [("google_id", "=", self.google_id)]
        if self.candidate_ids:
            ids = self.candidate_ids.ids
            about = ["|", *about, "&", ("res_id", "in", ids), *_OF_EVENTS]
        elif not self.google_id:
            about = _OF_EVENTS
        lines = self.env["google.sync.run.line"]
        since = [
            ("account_id", "=", self.account_id.id),
            # A run that was under way already takes the answer in, too.
            "|",
            ("started_at", ">=", self.answered_at),
            ("create_date", ">=", self.answered_at),
            ("run_id.mode", "!=", "preview"),
            *about,
        ]
        first = lines.search(since, order="id", limit=1)
        lines = lines.search([*since, ("run_id", "=", first.run_id.id)], limit=3)
        return [labelled(self.env, line.deed, line.name) for line in lines]

    def _not_written_yet(self):
        # sudo: when an account of the reader's was in step last.
        account = self.account_id.sudo()
        since = account.last_success_at
        if since and since > self.answered_at and not self._is_still_due():
            return self.env._("Done: nothing more had to be written.")
        return account._why_not_now() or self.env._("It takes effect in a moment.")

    def _is_still_due(self):
        """The engine has not done yet what the answer asks for."""
        links = engine_rows(self.env, "google.sync.event.link")
        mine = Domain("calendar_id", "=", self.calendar_id.id)
        about = Domain("event_id", "in", self.candidate_ids.ids)
        if self.google_id:
            about |= Domain("google_id", "=", self.google_id)
        due = Domain("dirty", "=", True) | Domain("state", "in", _ON_THEIR_WAY)
        return bool(links.search_count(mine & about & due, limit=1))


class GoogleSyncDecisionField(models.Model):
    _inherit = "google.sync.decision.field"

    def _as_card(self):
        return {
            "name": self.field,
            "label": self.label,
            "odoo": self.odoo_value or self.env._("(empty)"),
            "google": self.google_value or self.env._("(empty)"),
            "choice": self.choice or "",
        }


class GoogleSyncDecisionContact(models.Model):
    _inherit = "google.sync.decision.contact"

    def _as_card(self):
        facts = {"mail": self.emails or "", "phone": self.phones or ""}
        return {
            "pick": self.resource_name,
            "title": self.name or self.emails or self.resource_name,
            "facts": self.decision_id._labelled(facts, facts),
            "event_id": False,
        }


_OF_EVENTS = [("res_model", "=", "calendar.event")]


def _notes(event):
    """What a person wrote; Odoo adds the organiser's and a guest's address itself."""
    if is_html_empty(event.description):
        return ""
    text = _plain(event.description)
    # In the language of whoever made the event.
    for lang in {event.env.lang, event.user_id.lang, "en_US"} - {None, False}:
        said = event.with_context(lang=lang)
        added = said._get_contact_details_description(event.user_id, event.partner_ids)
        text = text.removesuffix(_plain(added)).strip()
    return text


def _plain(html):
    return " ".join(html2plaintext(html, include_references=False).split())


def _shortened(text):
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
