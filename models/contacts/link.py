"""One contact of Odoo on one account's list: why it is there and where it stands."""

import json
from datetime import datetime

from odoo import api, fields, models
from odoo.tools import format_datetime

from ...sync.contacts.rebase import known_base
from ...sync.contacts.store import ContactLink, ContactState
from ...sync.contacts.values import CONTACT_VERSION, base_to_json
from ..account.link import aware, naive

STATES = [
    (ContactState.NEW.value, "Waiting"),
    (ContactState.SENDING.value, "Being created"),
    (ContactState.LINKED.value, "In Google"),
    (ContactState.HELD.value, "Ambiguous"),
    (ContactState.GONE.value, "Deleted in Google"),
    (ContactState.DROPPED.value, "Taken off the list"),
    (ContactState.OFF.value, "Off the list"),
]
OFF_LIST = ("dropped", "off")
#: On the list: what else there is only remembers where a contact was.
LISTED = [("state", "not in", OFF_LIST), ("partner_id", "!=", False)]


class GoogleSyncContactLink(models.Model):
    _name = "google.sync.contact.link"
    _inherit = "google.sync.link"
    _description = "Contact to synchronise with Google"
    _order = "partner_id, id"
    _leads_out = ("partner_id",)
    _rec_name = "partner_id"

    account_id = fields.Many2one(
        "google.sync.account",
        required=True,
        ondelete="cascade",
        index=True,
        readonly=True,
    )
    partner_id = fields.Many2one(
        "res.partner", "Contact", ondelete="set null", index=True, readonly=True
    )
    chosen = fields.Boolean("Chosen by hand", default=True, readonly=True)
    by_rule = fields.Boolean("Put there by a rule", readonly=True)
    excluded = fields.Boolean(
        readonly=True, help="Taken off by hand: rules do not put it back"
    )
    listed = fields.Boolean(compute="_compute_listed")
    state = fields.Selection(
        STATES, "Link", required=True, default="new", readonly=True
    )
    standing = fields.Selection(
        [
            ("in_google", "In Google"),
            ("waiting", "Waiting"),
            ("without", "Without mail or phone"),
            ("ambiguous", "Ambiguous"),
            ("gone", "Gone from Google"),
            ("failed", "In trouble"),
        ],
        "State",
        compute="_compute_standing",
    )
    synced_at = fields.Datetime("Last synchronisation", readonly=True)
    problem = fields.Char("Engine's reason")
    story = fields.Char("What about it", compute="_compute_story")

    resource_name = fields.Char("Google Id", readonly=True)
    etag = fields.Char(groups=fields.NO_ACCESS)
    updated = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    base_version = fields.Integer(groups=fields.NO_ACCESS)
    marker = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    tried_at = fields.Datetime(readonly=True, groups=fields.NO_ACCESS)
    drift = fields.Boolean(readonly=True, groups=fields.NO_ACCESS)
    edited_at = fields.Datetime(groups=fields.NO_ACCESS)
    photo_due = fields.Boolean("Photo still to send", readonly=True)
    seen = fields.Integer(groups=fields.NO_ACCESS)
    answer = fields.Char(groups=fields.NO_ACCESS)

    # What the list shows of the contact, with the reader's own rights.
    company_type = fields.Selection(
        [("person", "Person"), ("company", "Company")],
        "Type",
        compute="_compute_shown",
    )
    ref = fields.Char("Reference", compute="_compute_shown")
    company = fields.Char(compute="_compute_shown")
    name = fields.Char(compute="_compute_shown", search="_search_name")
    email = fields.Char("Mail", compute="_compute_shown")
    phone = fields.Char(compute="_compute_shown")
    mobile = fields.Char(compute="_compute_shown")

    _account_partner_uniq = models.UniqueIndex(
        "(account_id, partner_id)", "This contact is on the list already."
    )
    _name_idx = models.Index("(account_id, resource_name)")
    _marker_idx = models.Index("(account_id, marker) WHERE marker IS NOT NULL")
    _state_idx = models.Index("(account_id, state, id)")
    _dirty_idx = models.Index("(account_id, id) WHERE dirty OR drift")

    # -- what is shown ---------------------------------------------------------

    @api.depends("state", "partner_id")
    def _compute_listed(self):
        for link in self:
            link.listed = bool(link.partner_id) and link.state not in OFF_LIST

    @api.depends("state", "problem")
    def _compute_standing(self):
        """As the figures above the list count them."""
        named = {"linked": "in_google", "held": "ambiguous", "gone": "gone"}
        for link in self:
            if link.state in named:
                link.standing = named[link.state]
            elif not link.problem:
                link.standing = "waiting"
            else:
                without = link.problem == "no_address"
                link.standing = "without" if without else "failed"

    @api.depends("partner_id")
    @api.depends_context("uid")
    def _compute_shown(self):
        names = ("company_type", "ref", "company", "name", "email", "phone", "mobile")
        readable = self.partner_id._filtered_access("read")
        for link in self:
            partner = link.partner_id
            if partner not in readable:
                link.update(dict.fromkeys(names, False))
                continue
            link.company_type = partner.company_type
            link.ref = partner.ref
            link.company = partner.commercial_company_name
            link.name = partner.name
            link.email = partner.email
            link.phone = partner.phone
            link.mobile = partner.mobile

    @api.depends("name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        """Of who may not see the contact, the list is not to be spoilt by it."""
        for link in self:
            link.display_name = link.name or self.env._("Private")

    def _search_name(self, operator, value):
        return [("partner_id", operator, value)]

    @api.depends("state", "problem", "synced_at", "photo_due")
    @api.depends_context("lang", "tz")
    def _compute_story(self):
        for link in self:
            link.story = link._story()

    def _story(self):
        """Why the contact is in Google, or why not, for its owner."""
        self.ensure_one()
        if self.problem:
            return self._problem_story()
        if self.state == "linked":
            return self._linked_story()
        return self._state_stories().get(self.state, "")

    def _linked_story(self):
        if not self.synced_at:
            return self.env._("In your Google contacts.")
        when = format_datetime(self.env, self.synced_at, dt_format="short")
        if self.photo_due:
            return self.env._(
                "In your Google contacts since %s; the photo follows.", when
            )
        return self.env._("In your Google contacts, in step since %s.", when)

    def _state_stories(self):
        return {
            "new": self.env._("Goes to Google with the next synchronisation."),
            "sending": self.env._(
                "Google did not say whether it was created: the next list tells."
            ),
            "held": self.env._(
                "Several contacts in Google may be this one: see the decisions."
            ),
            "gone": self.env._(
                "Deleted in Google. Put it back there, or take it off the list."
            ),
            "dropped": self.env._("Taken off the list; Google follows."),
            "off": self.env._("Not on your list of contacts to synchronise."),
        }

    def _problem_story(self):
        """The engine's word for what is in the way, and what follows from it."""
        # sudo: the words, which are read out to the owner alone.
        row = self.sudo()
        mine = row.account_id.user_id == self.env.user
        full = row._problem_in_full() if mine else self.problem
        reason, _colon, detail = full.partition(":")
        known = self._problem_stories()
        return known.get(reason) or self.env._(
            "Refused: %s. It is tried again after its next edit.", detail or reason
        )

    def _problem_stories(self):
        return {
            "no_address": self.env._(
                "Not in Google: it has neither a mail address nor a phone number."
            ),
            "not_visible": self.env._("Left as it is: you may not see this contact."),
            "archived": self.env._("Left as it is: the contact is archived in Odoo."),
            "ambiguous": self._state_stories()["held"],
            "unreadable_mail": self.env._(
                "What stands in the field “Email” is not all a mail address that can "
                "be read: correct it here. Google keeps what it has."
            ),
            "unreadable_photo": self.env._(
                "In Google without the photo: the file is no picture that can be sent. "
                "Choose another one, such as a JPEG or PNG."
            ),
            "not_writable": self.env._(
                "In Google. What was changed there you may not write in Odoo, so it "
                "stays in Google."
            ),
        }

    # -- the row as the engine knows it ----------------------------------------

    def _problem_in_full(self):
        """As the engine wrote it: the reason and, behind a colon, the words."""
        return ":".join(filter(None, (self.problem, self.problem and self.said)))

    def _to_link(self):
        return ContactLink(
            **self._columns_alike(),
            contact_id=self.partner_id.id or 0,
            state=ContactState(self.state),
            resource_name=self.resource_name or "",
            updated=datetime.fromisoformat(self.updated) if self.updated else None,
            base=known_base(self.base) if self.base else None,
            marker=self.marker or "",
            tried_at=aware(self.tried_at),
            drift=self.drift,
            photo_due=self.photo_due,
            contested={
                name: tuple(value) if isinstance(value, list) else value
                for name, value in (self.contested or {}).items()
            },
        )

    @api.model
    def _from_link(self, link):
        """Values to store for the engine's link."""
        return {
            **self._stored_alike(link),
            "resource_name": link.resource_name or False,
            "updated": link.updated.isoformat() if link.updated else False,
            "base": base_to_json(link.base) if link.base else False,
            "base_version": link.base.version if link.base else CONTACT_VERSION,
            "marker": link.marker or False,
            "tried_at": naive(link.tried_at),
            "drift": link.drift,
            "photo_due": link.photo_due,
            "problem": link.problem.partition(":")[0] or False,
            "said": link.problem.partition(":")[2] or False,
            "contested": json.loads(json.dumps(dict(link.contested), default=str))
            or False,
        }
