"""A contact: its mobile number, its place on users' lists, why it is in Google or not.

Saving a contact queues one row for each list that it is on, and makes no request. Who
has no connected account pays one look into a cache.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ..rights.sense import check_ids, check_one, check_value
from ..tools.context import number, said
from ..tools.edge import engine_rows
from .link import LISTED

#: An edit of anything else concerns nobody's Google.
SYNCED_FIELDS = frozenset(
    {
        "name",
        "email",
        "phone",
        "mobile",
        "street",
        "street2",
        "zip",
        "city",
        "state_id",
        "country_id",
        "company_name",
        "parent_id",
        "is_company",
        "function",
        "comment",
        "website",
        "image_1920",
        "active",
    }
)
BOTH_WAYS = frozenset({"comment"})
#: By the engine's name, fields that a company may have from Google.
OWN = {"name": "name", "emails": "email", "phone": "phone", "mobile": "mobile"}
#: What the contacts of a company show of it.
_SHOWN_BY_CHILDREN = frozenset({"name", "is_company"})


class ResPartner(models.Model):
    _inherit = "res.partner"

    mobile = fields.Char(help="Goes to Google as the mobile number")
    google_sync_contact_link_ids = fields.One2many(
        "google.sync.contact.link",
        "partner_id",
        "Lists for Google",
        copy=False,
        readonly=True,
        groups=fields.NO_ACCESS,
    )
    google_sync_listed = fields.Boolean(
        "On my list for Google",
        compute="_compute_google_sync",
        search="_search_google_sync_listed",
        groups="google_sync.group_user",
    )
    google_sync_story = fields.Char(
        "Google",
        compute="_compute_google_sync",
        groups="google_sync.group_user",
        help="Why this contact is in my Google, or why it is not",
    )

    # -- the panel on the form -------------------------------------------------

    @api.depends_context("uid", "lang", "tz")
    def _compute_google_sync(self):
        account = self._google_sync_shown_account()
        # sudo: rows of an account that the reader may see.
        links = engine_rows(self.env, "google.sync.contact.link")
        if account:
            links = links.search(
                [("account_id", "=", account.id), ("partner_id", "in", self.ids)]
            )
        by_partner = {link.partner_id.id: link for link in links}
        for partner in self:
            link = by_partner.get(partner._origin.id)
            partner.google_sync_listed = bool(link) and link.listed
            partner.google_sync_story = (
                account and partner._google_sync_tell(link) or ""
            )

    def _google_sync_tell(self, link):
        if link:
            return link._story()
        return self.env._("Not on your list of contacts to synchronise.")

    def _google_sync_shown_account(self):
        """Whose list is shown: one that a manager works on, else the reader's own."""
        # sudo: one's own, or one that is managed by who reads.
        accounts = engine_rows(self.env, "google.sync.account")
        chosen = accounts.browse(number(self.env, "google_sync_contacts_of"))
        managed = chosen.exists()
        if managed and managed._is_managed_by_me():
            return managed
        if accounts._am_i_outside():
            return accounts.browse()
        return accounts.search([("user_id", "=", self.env.uid)])

    def _search_google_sync_listed(self, operator, value):
        if operator != "in":
            return NotImplemented
        account = self._google_sync_shown_account()
        # sudo: rows of an account that the reader may see.
        links = engine_rows(self.env, "google.sync.contact.link")
        mine = links._search([("account_id", "=", account.id), *LISTED])
        inside = [("id", "in", mine.subselect("partner_id"))]
        return inside if True in value else ["!", *inside]

    def _google_sync_has_address(self):
        """Google shows nobody a contact that can be neither written to nor called."""
        return bool(self.email or self.phone or self.mobile)

    # -- the action menu -------------------------------------------------------

    def action_google_sync_choose(self):
        """Put these contacts on my list; say how many were new."""
        check_ids(self)
        return self._google_sync_account()._choose_contacts(self)

    def action_google_sync_unchoose(self):
        """Take these contacts off my list; Google keeps them, or not, by option."""
        check_ids(self)
        return self._google_sync_account()._unchoose_contacts(self)

    def action_google_sync_open_link(self):
        check_one(self)
        link = self.env["google.sync.contact.link"].search(
            [("account_id.user_id", "=", self.env.uid), ("partner_id", "=", self.id)]
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": link._name,
            "res_id": link.id,
            "views": [(False, "form")],
        }

    def _google_sync_account(self):
        """The account whose list is edited: one that the context names, or mine."""
        accounts = self.env["google.sync.account"]
        chosen = number(self.env, "google_sync_contacts_of")
        if chosen:
            account = accounts.browse(chosen)
            account._check_may_manage()
            return account
        # sudo: one's own first row; what is done with it is done by right.
        return accounts.sudo()._of_user(self.env.user).sudo(False)

    # -- the queue of edits ----------------------------------------------------

    @api.model
    def _google_sync_fields(self):
        """Fields whose edit concerns Google; another addon adds its own."""
        return SYNCED_FIELDS.union(self._google_sync_extra_fields().values())

    @api.model
    def _google_sync_fields_both_ways(self):
        """Those of them that Google may change too: when they were edited counts."""
        own = {**OWN, **self._google_sync_extra_fields()}
        names = self.env["google.sync.direction"]._contact_fields_both_ways()
        return BOTH_WAYS | {own[name] for name in names if name in own}

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._google_sync_check_mobile(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._google_sync_check_mobile(vals)
        result = super().write(vals)
        if not self._google_sync_fields().isdisjoint(vals):
            both = self._google_sync_fields_both_ways()
            self._google_sync_queue(
                comment=not both.isdisjoint(vals),
                children=not _SHOWN_BY_CHILDREN.isdisjoint(vals),
            )
        return result

    def _google_sync_check_mobile(self, vals):
        # Whoever gives a number as a number is Odoo's to answer.
        if isinstance(vals.get("mobile"), str):
            check_value(self, "mobile", vals["mobile"])

    def unlink(self):
        self._google_sync_queue()
        return super().unlink()

    def _google_sync_queue(self, comment=False, children=False):
        """Queue the links of these contacts, and of those that show their name."""
        accounts = self.env["google.sync.account"]._google_sync_contact_accounts()
        mine = said(self.env, "google_sync_account_id")
        others = [account for account in accounts if account != mine]
        if not others or not self.ids:
            return
        condition = SQL("link.partner_id IN %s", tuple(self.ids))
        if children:
            condition = SQL(
                "link.partner_id IN (SELECT id FROM res_partner"
                " WHERE id IN %(ids)s OR parent_id IN %(ids)s"
                " OR commercial_partner_id IN %(ids)s)",
                ids=tuple(self.ids),
            )
        self.env["google.sync.contact.link"].flush_model(["account_id", "partner_id"])
        rows = self.env.execute_query(
            SQL(
                "SELECT link.account_id, link.id FROM google_sync_contact_link AS link"
                " WHERE link.account_id IN %s AND %s",
                tuple(others),
                condition,
            )
        )
        engine_rows(self.env, "google.sync.contact.pending")._queue(rows, comment)
