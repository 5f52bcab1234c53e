"""The list of contacts of an account: options, who is on it, how complete it is."""

from functools import partial

from odoo import api, fields, models
from odoo.tools import ormcache

from ..account.account import QUEUE_STATES
from ..rights.sense import numbers
from ..tools.edge import engine_rows
from .link import LISTED

#: What each figure of the list counts, beside being on the list.
FIGURES = {
    "chosen": [],
    "in_google": [("state", "=", "linked")],
    "waiting": [("state", "in", ("new", "sending")), ("problem", "=", False)],
    "without": [("problem", "=", "no_address"), ("state", "!=", "linked")],
    "ambiguous": [("state", "=", "held")],
    "gone": [("state", "=", "gone")],
    "failed": [
        ("problem", "not in", (False, "no_address")),
        ("state", "not in", ("held", "gone")),
    ],
}


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    contact_deletions = fields.Selection(
        [
            ("keep", "Stays in Google"),
            ("ask", "Ask me each time"),
            ("delete", "Is deleted in Google"),
        ],
        "Taken off the list",
        required=True,
        default="keep",
        help="What becomes of a contact in Google when it is taken off the list",
    )
    contact_label = fields.Boolean(
        "Company label",
        help="Gives the contacts in Google a label with the company's name",
    )
    contact_proposals = fields.Char(
        "Propose the contacts labelled",
        help="The name of a label in Google Contacts: who has it there and is not on "
        "the list is proposed, and comes into Odoo only if you say so. Empty: nobody",
    )
    contact_rule_ids = fields.One2many(
        "google.sync.contact.rule", "account_id", "Rules"
    )
    contact_link_ids = fields.One2many(
        "google.sync.contact.link",
        "account_id",
        "Contacts to synchronise",
        domain=LISTED,
        readonly=True,
    )
    contacts_synced_at = fields.Datetime(
        "Last synchronisation of the contacts", readonly=True, copy=False
    )
    contacts_chosen = fields.Integer("Chosen", compute="_compute_contact_counts")
    contacts_in_google = fields.Integer("In Google", compute="_compute_contact_counts")
    contacts_waiting = fields.Integer("Waiting", compute="_compute_contact_counts")
    contacts_without = fields.Integer(
        "Without mail or phone", compute="_compute_contact_counts"
    )
    contacts_ambiguous = fields.Integer("Ambiguous", compute="_compute_contact_counts")
    contacts_gone = fields.Integer(
        "Deleted in Google", compute="_compute_contact_counts"
    )
    contacts_failed = fields.Integer("In trouble", compute="_compute_contact_counts")

    may_list_contacts = fields.Boolean(compute="_compute_may_list_contacts")

    # -- whose edits are queued ------------------------------------------------

    @api.model
    @ormcache()
    def _google_sync_contact_accounts(self):
        """Ids of the accounts whose contacts are synchronised."""
        domain = [("state", "in", QUEUE_STATES), ("sync_contacts", "=", True)]
        return tuple(engine_rows(self.env, self._name).search(domain).ids)

    def write(self, vals):
        if "sync_contacts" in vals:
            self.env.registry.clear_cache()
        return super().write(vals)

    def _effects(self, vals):
        effects = super()._effects(vals)
        if vals.get("state") == "connected" or vals.get("sync_contacts"):
            # Edits made meanwhile were queued for nobody: all are compared again.
            missed = self.filtered(lambda a: a.state == "off" or not a.sync_contacts)
            effects.append(partial(missed.write, {"contacts_swept_at": False}))
        if "contact_proposals" in vals:
            effects.append(self._propose_anew)
        return effects

    def _propose_anew(self):
        """Without a label nobody is asked about, though no run comes that says so."""
        without = self.filtered(lambda account: not account.contact_proposals)
        self.env["google.sync.decision"].search(
            [
                ("account_id", "in", without.ids),
                ("kind", "=", "proposal"),
                ("state", "=", "open"),
            ]
        ).state = "obsolete"
        self._wake_contacts()

    @api.depends("is_mine")
    @api.depends_context("uid")
    def _compute_may_list_contacts(self):
        for account in self:
            mine = account.is_mine or account._is_managed_by_me()
            account.may_list_contacts = mine

    # -- how complete it is ----------------------------------------------------

    def _compute_contact_counts(self):
        links = self.env["google.sync.contact.link"]
        for account in self:
            for name in FIGURES:
                domain = account._contacts_domain(name)
                account[f"contacts_{name}"] = links.search_count(domain)

    def _contacts_domain(self, figure):
        return [("account_id", "=", self._origin.id), *LISTED, *FIGURES[figure]]

    # -- buttons ---------------------------------------------------------------

    def action_view_contacts(self):
        """The list, or the part of it that a figure counts."""
        self.ensure_one()
        self._check_may_manage()
        wanted = self.env.context.get("google_sync_figure")
        figure = wanted if wanted in list(FIGURES) else "chosen"
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "google_sync.google_sync_contact_link_action"
        )
        action["domain"] = self._contacts_domain(figure)
        action["context"] = {"google_sync_contacts_of": self.id}
        return action

    def action_add_contacts(self):
        """The dialogue that contacts are chosen in."""
        self.ensure_one()
        self._check_may_manage()
        return {
            "type": "ir.actions.client",
            "tag": "google_sync_add_contacts",
            "params": {"account_id": self.id},
        }

    def add_contacts(self, partner_ids):
        """What the dialogue chose: put on the list; the notice that says how many."""
        self.ensure_one()
        partners = (
            self.env["res.partner"].browse(numbers(self.env, partner_ids)).exists()
        )
        return self._choose_contacts(partners)["params"]

    def action_view_contact_rules(self):
        """The rules that fill the list."""
        self.ensure_one()
        self._check_may_manage()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "google_sync.google_sync_contact_rule_action"
        )
        action["domain"] = [("account_id", "=", self.id)]
        action["context"] = {"default_account_id": self.id, "active_test": False}
        return action

    def action_export_contacts(self):
        """The whole list as one vCard file."""
        self.ensure_one()
        self._check_may_manage()
        return {
            "type": "ir.actions.act_url",
            "url": f"/google_sync/contacts.vcf?account_id={self.id}",
        }

    def _wants_contacts(self):
        return super()._wants_contacts() and bool(
            self.contact_rule_ids
            or self.contact_proposals
            or self.env["google.sync.contact.link"].search_count(
                [("account_id", "=", self.id), ("state", "!=", "off")], limit=1
            )
        )
