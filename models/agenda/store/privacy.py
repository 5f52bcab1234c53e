"""The Store's privacy: what a user keeps private by default stays so.

Odoo's unset privacy and Google's default visibility both say "as my calendar's": they
are the same, whatever the user's default makes of it in Odoo.
"""

from dataclasses import replace

from ....sync.events.description import description_from_odoo, names_organiser
from ...tools.privacy import PRIVATE


def in_full(records):
    """What the user need not see, looked up and never handed on: whether there is one,
    who is invited, who organises and what that makes of it.
    """
    # sudo: see above; each caller says why.
    return records.sudo()


class Privacy:
    """Part of `OrmStore`: privacy as read, as given, and in the journal."""

    def _default_privacy(self, organizer):
        """What Odoo makes of an event that says nothing: its organiser's default.

        Odoo has none for an event without an organiser in Odoo: the owner's holds.
        """
        # sudo: every user's default decides what others see, and none may read it all.
        return in_full(organizer or self.user).calendar_default_privacy

    def _is_private_by_default(self, event):
        """Nobody said so of this event."""
        # sudo: the organiser may be of another company.
        organizer = in_full(event).user_id
        default = self._default_privacy(organizer)
        silent = not event.privacy or (not organizer and event.privacy == default)
        return default in PRIVATE and silent

    def _as_agreed(self, event, values, base):
        """`values` of the event, with what is read by what both sides agreed on."""
        if base is not None and names_organiser(base.description):
            # Another company's Odoo sent its words along: they are Google's text.
            text = description_from_odoo(event.description, whole=True)
            values = values.with_({"description": text})
        return self._agreed_privacy(event, values, base)

    def _agreed_privacy(self, event, values, base):
        """`values` of the event; of one that says nothing, with what Google holds."""
        if base is None or not values.private or values.private == base.private:
            return values
        if not self._is_private_by_default(event):
            return values
        return values.with_({"private": base.private})

    def _new_privacy(self, write, organizer):
        """Of an event made in Google: Google's default is Odoo's."""
        if write.values.private:
            return "private"
        default = self._default_privacy(organizer)
        if default not in PRIVATE:
            return False
        if write.google.public:
            return "public"
        return False if organizer else default

    def _hidden(self, told):
        """The line or question, for the owner's eyes where the agenda is."""
        hides = self.account._hides_by_default()
        return replace(told, private=True) if hides else told
