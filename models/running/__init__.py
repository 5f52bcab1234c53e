"""Runs: lease, slices, runs that people asked for, previews, plans, outcome."""

from ..asking import request
from . import usage

# What extends them.
# isort: split
from . import (kept as asked_for, run_plan, run_followed as run_queue, vacuum)

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
from . import followed as queue
from . import usage_count
from ..asking import asking as wake
from . import limit
