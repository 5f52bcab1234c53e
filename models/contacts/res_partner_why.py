"""The sign on a contact, and why it is in Google, or why not, for each account."""

from odoo import api, models
from odoo.fields import Domain

from ...sync.directions import Direction
from ..journal.contact_words import contact_labels, shown_contact_value
from ..tools.edge import engine_rows
from .store import OrmContactStore


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "google.sync.explained"]

    @api.depends_context("uid")
    def _compute_google_sync_sign(self):
        self.google_sync_sign = False
        account = self.env["google.sync.account"]._mine()
        if not account.sync_contacts:
            return
        links = self._google_sync_links_of(account)
        for partner in self:
            link = links.get(partner._origin.id)
            partner.google_sync_sign = _sign_of(link)

    def _google_sync_links_of(self, account):
        """{contact id: its row on the account's list}."""
        # Rows of an account that the reader may see.
        rows = engine_rows(self.env, "google.sync.contact.link")
        mine = [("account_id", "=", account.id), ("partner_id", "in", self.ids)]
        return {row.partner_id.id: row for row in rows.search(mine)}

    # -- the panel -------------------------------------------------------------

    def _google_sync_concerned(self):
        """My account, and for a manager those with this contact on their list."""
        # One's own, and for a manager those of the own companies.
        accounts = engine_rows(self.env, "google.sync.account")
        links = engine_rows(self.env, "google.sync.contact.link")
        if accounts._am_i_outside():
            return accounts.browse()
        mine = Domain("user_id", "=", self.env.uid)
        if not self.env.user.has_group("google_sync.group_manager"):
            return accounts.search(mine)
        listed = links.search([("partner_id", "=", self.id), ("state", "!=", "off")])
        managed = Domain("id", "in", listed.account_id.ids) & Domain(
            "company_id", "in", self.env.user.company_ids.ids
        )
        return accounts.search(mine | managed)

    def _google_sync_part(self, account):
        why = self.env["google.sync.why"]
        link = self._google_sync_links_of(account).get(self.id)
        sign = _sign_of(link)
        trouble = why._connection_trouble(account)
        if not account.sync_contacts:
            trouble = (
                self.env._("The contacts of %s are switched off.", account._label()),
                self.env._("Switch them on in My Preferences, tab Synchronisation."),
            )
        if not link or sign == "out":
            text = self.env._("Not on the list of contacts to synchronise.")
            hint = self.env._("Put it there with “Contact to synchronise”.")
            text, hint = trouble or (text, hint)
            return why._part(account, "out", text, advice=hint)
        # sudo: the story is told of an account that the reader may see.
        return why._part(
            account,
            sign,
            link.with_env(self.env).sudo()._story(),
            advice=" ".join(trouble) if trouble else "",
            differences=self._google_sync_differences(link),
            url=link.resource_name and why._contact_url(account, link.resource_name),
            retry=sign in ("problem", "waiting") and not trouble,
            card=self._google_sync_question(
                account, Domain("partner_id", "=", self.id)
            ),
        )

    def _google_sync_differences(self, link):
        """Fields whose value in Odoo is not what Google was given last."""
        row = link._to_link()
        values = getattr(row.base, "values", None)
        if values is None:
            return []
        # sudo: the Store is the engine's; it reads contacts as its user.
        account = link.account_id.with_env(self.env).sudo()
        run = account.env["google.sync.run"]
        odoo = OrmContactStore(account, run, None).observe([row]).get(self.id)
        if odoo is None or odoo.left_alone:
            return []
        labels = contact_labels(self.env)
        table, apart = account._contact_fields(), row.base.apart
        before, now = values.as_dict(), odoo.values.as_dict()
        return [
            {
                "field": labels.get(name, name),
                "odoo": shown_contact_value(self.env, name, now[name]),
                "google": shown_contact_value(self.env, name, before.get(name)),
            }
            for name in now
            if name in table
            and table[name].direction is not Direction.NONE
            and now[name] != apart.get(name, before.get(name))
        ]

    def _google_sync_check_may_retry(self, account):
        return account._check_may_manage()

    def _google_sync_try_again(self, account, link):
        if link:
            link.write({"dirty": True, "drift": True, "problem": False})
        account._wake_contacts()
        return account._why_not_now()


def _sign_of(link):
    if not link or not link.listed:
        return "out"
    if link.standing == "in_google" and not link.problem:
        return "waiting" if link.dirty or link.drift or link.photo_due else "linked"
    return "waiting" if link.standing == "waiting" else "problem"
