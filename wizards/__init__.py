from . import dialog

# What inherits from it.
# isort: split
from . import (
    assistant,
    base_partner_merge,
    contact_removal,
    diagnose,
    first_day,
    invitation,
    invitation_send,
    manual_connection,
    owner_link,
    plan,
    reset,
    setup,
    setup_steps,
    undo,
    uninstall,
    workspace,
)
