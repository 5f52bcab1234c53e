"""Odoo kept quiet while the synchronisation writes."""

#: Context that keeps Odoo from mailing, following, logging and alarming anybody.
QUIET = {
    "no_mail_to_attendees": True,
    "skip_attendee_notification": True,
    "dont_notify": True,
    "skip_contact_description": True,
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "no_calendar_sync": True,
}
