"""What a grant must be to be taken: whose it is, and what it allows."""

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ...google_api import oauth


def same_mailbox(one, other):
    """True if both addresses are one Google mailbox (Gmail ignores dots and case)."""
    return _mailbox(one) == _mailbox(other)


def _mailbox(address):
    address = email_normalize(address or "") or (address or "").strip().lower()
    name, _at, domain = address.partition("@")
    if domain in ("gmail.com", "googlemail.com"):
        return name.replace(".", "").partition("+")[0], "gmail.com"
    return name, domain


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _check_same_person(self, grant):
        """One account, one Google account, until a reset."""
        if self.google_sub and self.google_sub != grant.sub:
            raise UserError(
                self.env._(
                    "%(user)s is linked to the Google account %(linked)s; you chose "
                    "%(chosen)s. Connect again and choose %(linked)s.",
                    user=self._label(),
                    linked=self.google_email,
                    chosen=grant.email,
                )
            )
        typed = self.google_login
        if typed and not self.google_sub and not same_mailbox(typed, grant.email):
            raise UserError(
                self.env._(
                    "You typed %(typed)s and chose the Google account %(chosen)s. "
                    "Connect again with the right one, or change the mail address.",
                    typed=typed,
                    chosen=grant.email,
                )
            )

    def _check_own_google(self, grant):
        """A verified address, of a Google account that nobody else here has."""
        if not grant.verified:
            raise UserError(
                self.env._(
                    "Google has not verified that %s is yours: nothing was connected. "
                    "Confirm the address in the Google account, then connect again.",
                    grant.email,
                )
            )
        taken = [("google_sub", "=", grant.sub), ("id", "!=", self.id)]
        other = self.search(taken, limit=1)
        if other:
            raise UserError(
                self.env._(
                    "The Google account %(google)s is the one of %(other)s here: two "
                    "users with one Google account would mix up their agendas. Choose "
                    "another one, or have the account of %(other)s reset first.",
                    google=grant.email,
                    other=other._label(),
                )
            )

    def _check_something_granted(self, grant):
        wanted = [oauth.AGENDA_SCOPES] if self.sync_events else []
        wanted += [oauth.CONTACTS_SCOPES] if self.sync_contacts else []
        if not wanted or any(self._grants(grant, scopes) for scopes in wanted):
            return
        if any(set(scopes) & set(grant.scopes) for scopes in wanted):
            raise UserError(
                self.env._(
                    "Not everything that is needed was allowed on Google's page. Not "
                    "ticked: %s. Connect again and tick all boxes.",
                    self._boxes_not_ticked(grant.scopes),
                )
            )
        raise UserError(
            self.env._(
                "Nothing was allowed: on Google's page, tick the boxes of what is "
                "to be synchronised. Connect again."
            )
        )

    def _boxes_not_ticked(self, granted):
        """The boxes of Google's page that the options need, in Google's words."""
        events, calendars = oauth.AGENDA_SCOPES
        (contacts,) = oauth.CONTACTS_SCOPES
        boxes = {
            events: self.env._("“View and edit events on all your calendars”"),
            calendars: self.env._(
                "“See the list of Google calendars you’re subscribed to”"
            ),
            contacts: self.env._(
                "“See, edit, download, and permanently delete your contacts”"
            ),
        }
        wanted = set(self._wanted_scopes()) - set(granted)
        return ", ".join(text for scope, text in boxes.items() if scope in wanted)

    @staticmethod
    def _grants(grant, scopes):
        return set(scopes) <= set(grant.scopes)

    def _granted_message(self, grant):
        """What is missing of what the options want, in one sentence."""
        boxes = self._boxes_not_ticked(grant.scopes)
        if self.sync_events and not self._grants(grant, oauth.AGENDA_SCOPES):
            return self.env._(
                "Connected, but the agenda was not allowed: connect again and tick "
                "the agenda's boxes, or switch the agenda off. Not ticked: %s.",
                boxes,
            )
        if self.sync_contacts and not self._grants(grant, oauth.CONTACTS_SCOPES):
            return self.env._(
                "Connected, but the contacts were not allowed: connect again and tick "
                "their box, or switch the contacts off. Not ticked: %s.",
                boxes,
            )
        return self.env._("Connected.")
