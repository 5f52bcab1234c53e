"""Who may see an event: Odoo's words for it, and whether the reader may."""

PRIVATE = ("private", "confidential")


def is_masked(event):
    """A private event of others: nothing of it is for the current user."""
    # sudo: whether, not what.
    event, me = event.sudo(), event.env.user
    private = event.effective_privacy in PRIVATE
    takes_part = me == event.user_id or me.partner_id in event.partner_ids
    return private and not takes_part
