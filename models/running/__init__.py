"""Runs: lease, slices, runs that people asked for, previews, plans, outcome."""

from . import usage

# What extends them.
# isort: split
from . import kept, run_followed, run_plan, vacuum

# One overrides the other: who loads later is asked first.
# isort: off
from . import lease
from . import outcome
from . import places
from . import preview
from . import events
from . import contacts
from . import loop
from . import glance
from . import sync
from . import plan
from . import first_day
from . import followed
from . import usage_count
from . import asked
from . import limit
