"""Mails to guests that wait for a person, in words of their own."""

from odoo import api, fields, models
from odoo.fields import Domain

#: How the keys of these questions begin (`sync.running.questions.mails_question`).
_KEY = "mails:"


class GoogleSyncDecision(models.Model):
    _inherit = "google.sync.decision"

    about_mails = fields.Boolean(compute="_compute_about_mails")

    @api.depends("key")
    def _compute_about_mails(self):
        for decision in self:
            decision.about_mails = (decision.key or "").startswith(_KEY)

    @api.model
    def _not_about_mails(self):
        """Deletions are answered together; mails are another matter."""
        return Domain("key", "not =like", f"{_KEY}%")

    def _question_brake(self, detail):
        if detail.get("side") != "mails":
            return super()._question_brake(detail)
        return self.env._(
            "Google would mail many guests about events changed in Odoo. Send the "
            "mails, or write the events without any mail? Until you answer, these "
            "events wait."
        )
