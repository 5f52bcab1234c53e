"""The account: options, state, light, calendars, who may do what with it."""

from . import account, calendar, delegate, link, outsider

# What extends them.
# isort: split
from . import (
    buttons,
    first_day,
    halves,
    invited,
    ir_http,
    light,
    modes,
    opening,
    overview,
    person,
    rights,
    systray,
)
