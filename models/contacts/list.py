"""Putting contacts on an account's list and taking them off, by hand and by rule."""

from collections import Counter

from odoo import fields, models


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    # -- by hand ---------------------------------------------------------------

    def _choose_contacts(self, partners):
        """Put `partners` on the list; a notice says how many were new, and why not."""
        self.ensure_one()
        account = self._check_may_manage()
        wanted = partners._filtered_access("read")
        visible = account._visible_to_owner(wanted)
        usable = wanted.browse(visible).filtered("active")
        links = account._links_of(usable)
        counts = Counter(
            hidden=len(partners) - len(visible), archived=len(visible) - len(usable)
        )
        for link in links:
            counts["there" if link.chosen and link.listed else "new"] += 1
        links._put_on_list()
        missing = usable - links.partner_id
        links.create([{"account_id": account.id, "partner_id": p.id} for p in missing])
        counts["new"] += len(missing)
        counts["without"] = sum(not p._google_sync_has_address() for p in usable)
        if usable:
            account._wake_contacts()
        return account._chosen_notice(counts)

    def _unchoose_contacts(self, partners, answer=""):
        """Take `partners` off the list; Google follows with the next run.

        answer: "keep" or "delete", what a person said about Google's contacts; without
        one it is asked where the account wants that.
        """
        self.ensure_one()
        account = self._check_may_manage()
        links = account._links_of(partners).filtered("listed")
        known = links.filtered("resource_name")
        if known and not answer and account.contact_deletions == "ask":
            return self._ask_about_removal(links.partner_id, len(known))
        in_google, count = len(known), len(links)
        links._take_off_list(by_hand=True, answer=answer)
        if links:
            account._wake_contacts()
        deleted = (answer or account.contact_deletions) == "delete"
        return self._unchosen_notice(count, len(partners) - count, in_google, deleted)

    def _ask_about_removal(self, partners, count):
        wizard = self.env["google.sync.contact.removal"].create(
            {"account_id": self.id, "partner_ids": partners.ids, "count": count}
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "google_sync.google_sync_contact_removal_action"
        )
        return {**action, "res_id": wizard.id}

    def _visible_to_owner(self, partners):
        """As superuser: ids of those that the account's owner may see."""
        owner = self.user_id
        seen = partners.with_user(owner).sudo(False)
        companies = owner.company_ids.ids
        return (
            seen.with_context(allowed_company_ids=companies)
            ._filtered_access("read")
            .ids
        )

    def _links_of(self, partners):
        links = self.env["google.sync.contact.link"]
        return links.search(
            [("account_id", "=", self.id), ("partner_id", "in", partners.ids)]
        )

    # -- by rule ---------------------------------------------------------------

    def _fill_from_rules(self):
        """Bring the list in step with the rules: who fits is on it, who does not, not.

        What was chosen by hand stays; what was taken off by hand stays off.
        """
        for account in self:
            rules = account.contact_rule_ids
            links = self.env["google.sync.contact.link"]
            mine = [("account_id", "=", account.id)]
            if not rules and not links.search_count(
                [*mine, ("by_rule", "=", True)], limit=1
            ):
                continue
            fitting = rules._fitting()
            if fitting is not None:
                account._apply_rules(fitting, links.search(mine))

    def _apply_rules(self, fitting, links):
        known = set(links.partner_id.ids)
        inside = links.filtered(lambda link: link.partner_id.id in fitting)
        outside = links - inside
        outside.filtered("excluded").write({"excluded": False})
        left = outside.filtered("by_rule")
        left.write({"by_rule": False})
        left.filtered(lambda link: not link.chosen)._take_off_list(by_hand=False)
        inside.filtered(
            lambda link: not link.excluded and not link.by_rule
        )._put_on_list(by_rule=True)
        new = [
            {"account_id": self.id, "partner_id": i, "chosen": False, "by_rule": True}
            for i in sorted(fitting - known)
        ]
        links.create(new)
        if new or left:
            self._wake_contacts()

    # -- a reset ---------------------------------------------------------------

    def _detach_contacts(self):
        """Nothing of what is known of Google is believed any more; the list stays.

        A contact that is still there is found again by its name in Google, one that is
        not (another Google account) as if it were new.
        """
        links = self.env["google.sync.contact.link"]
        forgotten = {
            **dict.fromkeys(
                ("etag", "updated", "base", "marker", "tried_at", "edited_at"), False
            ),
            **dict.fromkeys(("dirty", "drift", "photo_due"), False),
            **dict.fromkeys(("problem", "contested", "answer", "synced_at"), False),
            "seen": 0,
        }
        for account in self:
            known = links.search([("account_id", "=", account.id)])
            known.write(forgotten)
            known.filtered("listed").write({"state": "new"})
            known.filtered(lambda link: not link.listed).write({"state": "off"})
            self.env["google.sync.contact.sighting"]._forget(account)
        self.write(
            {
                "contact_cursor": False,
                "contacts_unfinished": False,
                "contacts_synced_at": False,
                "contacts_next_at": fields.Datetime.now(),
            }
        )

    # -- the scheduled action --------------------------------------------------
