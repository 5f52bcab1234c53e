"""A contact's coming on a list and going off it: by hand, by rule, merged in Odoo."""

from odoo import api, models
from odoo.exceptions import UserError

from ..tools.context import number
from .link import OFF_LIST

#: So many ids fit into an address.
URL_HOLDS = 500


class GoogleSyncContactLink(models.Model):
    _inherit = "google.sync.contact.link"

    def _put_on_list(self, by_rule=False):
        """What was taken off finds its contact in Google again, when there is one."""
        self.write(
            {"by_rule": True} if by_rule else {"chosen": True, "excluded": False}
        )
        back = self.filtered(lambda link: link.state in OFF_LIST)
        back.write({"state": "new", "problem": False, "answer": False})
        # A create without an answer stays one: repeated, it could make a double.
        unsure = back.filtered(lambda link: link.tried_at and not link.resource_name)
        unsure.write({"state": "sending"})

    def _take_off_list(self, by_hand, answer=""):
        """Never tried in Google: forgotten at once; else the engine goes on with it.

        answer: what becomes of the contact in Google: "keep", "delete", or "" for what
        the account's option says when the engine comes to it.
        """
        if by_hand:
            self.filtered("by_rule").write({"excluded": True})
        self.write({"chosen": False, "by_rule": False})
        unknown = self.filtered(
            lambda link: (
                link.state == "new"
                and not (link.resource_name or link.tried_at or link.excluded)
            )
        )
        (self - unknown).write(
            {"state": "dropped", "problem": False, "answer": answer or False}
        )
        unknown.unlink()

    # -- merged contacts -------------------------------------------------------

    @api.model
    def _follow_merge(self, merged, kept):
        """Before `merged` become `kept`: at most one link per list may follow.

        The one that is in Google wins; the others lose their contact, as if it had
        been deleted in Odoo.
        """
        links = self.search([("partner_id", "in", (merged | kept).ids)])
        for account, group in links.grouped("account_id").items():
            ranked = group.sorted(lambda link: link._merge_rank(kept))
            winner, losers = ranked[0], ranked[1:]
            losers.write({"partner_id": False})
            self.flush_model(["partner_id"])
            listed = any(group.mapped("chosen"))
            winner.write({"partner_id": kept.id, "chosen": listed})
            self.env["google.sync.contact.pending"]._queue(
                [(account.id, link.id) for link in group]
            )

    def _merge_rank(self, kept):
        in_google = self.state == "linked"
        return (not in_google, not self.resource_name, self.partner_id != kept, self.id)

    # -- buttons ---------------------------------------------------------------

    def action_add(self):
        """Choose among the contacts that are not on the list yet."""
        return self._context_account().action_add_contacts()

    def action_remove(self):
        """Take these contacts off the list."""
        answer = None
        self._to_change()
        for account, links in self.grouped("account_id").items():
            answer = account._unchoose_contacts(links.partner_id)
        return answer

    def action_put_back(self):
        """Deleted in Google: create it there again."""
        links = self._to_change()
        links.filtered(lambda link: link.state == "gone").write(
            {
                "state": "new",
                "resource_name": False,
                "etag": False,
                "base": False,
                "marker": False,
                "problem": False,
            }
        )
        links.account_id._wake_contacts()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_retry(self):
        """Look at these contacts again, whatever stood in the way."""
        links = self._to_change()
        links.write({"problem": False, "dirty": True})
        links.account_id._wake_contacts()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_open_decision(self):
        """The question that this contact waits for."""
        self.ensure_one()
        decision = self.env["google.sync.decision"].search(
            [
                ("account_id", "=", self.account_id.id),
                ("partner_id", "=", self.partner_id.id),
                ("state", "=", "open"),
            ],
            limit=1,
        )
        if not decision:
            raise UserError(
                self.env._("Nothing is asked about this contact (any more).")
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": decision._name,
            "res_id": decision.id,
            "views": [(False, "form")],
        }

    def action_open_contact(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "views": [(False, "form")],
        }

    def action_export(self):
        """These contacts as one vCard file."""
        self.check_access("read")
        if len(self) > URL_HOLDS:
            raise UserError(
                self.env._(
                    "More than %s contacts at once: export the whole list instead, by "
                    "its button in My Preferences, tab Synchronisation.",
                    URL_HOLDS,
                )
            )
        ids = ",".join(str(link_id) for link_id in self.ids)
        return {
            "type": "ir.actions.act_url",
            "url": f"/google_sync/contacts.vcf?ids={ids}",
        }

    def _to_change(self):
        """These links as superuser, once it is sure that the caller may change them."""
        self.check_access("read")
        self.account_id._check_may_manage()
        # sudo: the right was checked on their accounts; rows are the engine's to write.
        return self.sudo()

    def _context_account(self):
        account_id = number(self.env, "google_sync_contacts_of")
        if account_id:
            return self.env["google.sync.account"].browse(account_id)
        return self.env["res.partner"]._google_sync_account()
