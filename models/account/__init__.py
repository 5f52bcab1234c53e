"""The account: options, state, calendars, who may do what with it."""

from . import account, calendar, delegate, link, outsider

# What extends them.
# isort: split
from . import first_day, halves, invited, modes, rights, state
