"""Journal lines about contacts: their own words, their vCard, putting it back."""

import json

import vobject

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sync.contacts.comment import comment_from_google
from ..journal.contact_words import contact_labels, shown_contact_value
from ..tools.labelled import labelled
from ..tools.quiet import QUIET


class GoogleSyncRunLine(models.Model):
    _inherit = "google.sync.run.line"

    action = fields.Selection(
        selection_add=[
            ("photo", "Photo sent"),
            ("photo_removed", "Photo removed"),
            ("gone", "Deleted in Google"),
            ("detach", "Left in Google"),
            ("cut", "Shortened"),
        ],
        ondelete={
            name: "cascade"
            for name in ("photo", "photo_removed", "gone", "detach", "cut")
        },
    )

    has_vcard = fields.Boolean(compute="_compute_has_vcard", compute_sudo=True)

    @api.depends("archive", "res_model")
    @api.depends_context("uid")
    def _compute_has_vcard(self):
        for line in self:
            kept = line.res_model == "res.partner" and bool(line.archive)
            line.has_vcard = kept and not line._is_hidden_from_me()

    def _as_lines(self, values):
        if self.res_model != "res.partner":
            return super()._as_lines(values)
        if not values:
            return False
        labels = contact_labels(self.env)
        return "\n".join(
            labelled(
                self.env,
                labels.get(name, name),
                shown_contact_value(self.env, name, value),
            )
            for name, value in json.loads(values).items()
        )

    # -- restoring -------------------------------------------------------------

    @api.depends("res_model", "side", "action", "before")
    def _compute_restorable(self):
        """Odoo's own fields go to Google again, so only these can be put back."""
        result = super()._compute_restorable()
        for line in self.filtered("restorable"):
            if line.res_model == "res.partner":
                line.restorable = line._is_deletion() or line._had_comment()
        return result

    def _is_deletion(self):
        return self.side == "google" and self.action == "delete"

    def _had_comment(self):
        return "comment" in json.loads(self.before or "{}")

    def _put_back_archive(self):
        if self.res_model != "res.partner":
            return super()._put_back_archive()
        owner = self.account_id.user_id
        partners = self.env["res.partner"].with_user(owner).sudo(False)
        partner = partners.with_context(**QUIET, active_test=False).browse(self.res_id)
        if not partner.exists():
            raise UserError(
                self.env._(
                    "The contact does not exist any more in Odoo: download its vCard."
                )
            )
        if self._is_deletion():
            self.account_id._choose_contacts(partner)
        else:
            card = vobject.readOne(self.archive)
            note = getattr(card, "note", None)
            text = comment_from_google(note.value if note else "")
            partner.write(partner._google_sync_vals({"comment": text}))
        return None

    def _restored_message(self):
        if self.res_model != "res.partner":
            return super()._restored_message()
        if self._is_deletion():
            return self.env._(
                "“%s” is on the list again, and goes to Google with the next "
                "synchronisation.",
                self.name,
            )
        return self.env._("“%s” has its former note again in Odoo.", self.name)

    def action_download_archive(self):
        """The contact as it was, as a file for any address book."""
        self.ensure_one()
        self.check_access("read")
        url = f"/google_sync/archive/{self.id}.vcf"
        return {"type": "ir.actions.act_url", "url": url}
