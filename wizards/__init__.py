from . import (
    base_partner_merge,
    google_sync_assistant,
    google_sync_contact_removal,
    google_sync_dialog,
    google_sync_manual_connection,
    google_sync_owner_link,
    google_sync_reset,
    google_sync_setup,
    google_sync_setup_steps,
    google_sync_test,
)
