"""The way to Google: the application, consent, tokens, list of calendars, Test."""

from . import consent, token

# What extends them.
# isort: split
from . import (
    access_log,
    by_hand,
    calendars,
    client,
    diagnose,
    diagnose_calendars,
    diagnose_google,
    explaining,
    grant,
    res_company,
    res_config_settings,
    res_config_settings_check,
    res_config_settings_next,
    resuming,
)

# One overrides the other: who loads later is asked first.
# isort: off
from . import oauth
from . import neighbour
