"""Runs: lease, slices, runs that people asked for, previews, plans, outcome."""

from . import request, usage

# What extends them.
# isort: split
from . import asked_for, run_plan, run_queue, vacuum

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
from . import queue
from . import usage_count
from . import wake
from . import limit
