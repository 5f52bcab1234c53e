"""The account: options, state, calendars, who may do what with it."""

from . import account, calendar, delegate, link, outsider

# What extends them.
# isort: split
from . import (
    database,
    first_day,
    halves,
    invited,
    lost,
    modes,
    named,
    rights,
    state,
    telling,
)
