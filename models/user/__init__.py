"""The user's side: the tab Synchronisation, and a user who leaves."""

from . import (
    res_config_settings,
    res_users,
    res_users_archive,
    res_users_contacts,
    res_users_delegates,
    tab_view,
)
