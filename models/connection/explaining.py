"""Google's refusals in words: what happened, what to do; our faults are logged."""

import logging

from odoo import models

from ...sync.ports import OurBug, ScopeMissing
from ..journal.explanations import explain
from ..tools.reference import new_reference

_logger = logging.getLogger(__name__)


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _explain(self, stop, again_at=None):
        """Google's refusal in the reader's language, with what to do about it.

        again_at: when the synchronisation goes on by itself, None when a person waits.
        """
        reference = self._keep_fault(stop) if isinstance(stop, OurBug) else ""
        # sudo: the words are in the owner's language, and name the calendar.
        return self.sudo()._say(lambda me: explain(me, stop, again_at, reference))

    def _keep_fault(self, fault):
        """Log a fault of our own and return the reference to find it by."""
        reference = new_reference()
        _logger.error(
            "Account %s: fault %s: %s (%s)", self.id, reference, fault, fault.reason
        )
        return reference

    def _explain_contacts(self, stop, again_at=None):
        """As for the agenda, but for what the contacts alone can lack."""
        if not isinstance(stop, ScopeMissing):
            return self._explain(stop, again_at)
        return self._say(lambda me: me._contacts_closed_message(stop.reason))

    def _contacts_closed_message(self, reason):
        if reason == "off":
            return self.env._(
                "The contacts of %s are switched off: switch them on in My "
                "Preferences, tab Synchronisation.",
                self._label(),
            )
        return self.env._(
            "Google was not allowed to open the contacts of %s to Odoo. Press Connect "
            "again in My Preferences, tab Synchronisation, and tick the box of the "
            "contacts on Google's page.",
            self.google_email or self._label(),
        )

    def _no_application_message(self):
        return self.env._(
            "No Google application is set up for %s: an administrator enters it in "
            "Settings, Google Sync.",
            self.company_id.name,
        )
