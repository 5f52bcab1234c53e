"""Runs: lease, slices, runs that people asked for, previews, plans, outcome.

`sync` is where a run begins and ends. Each method stands in one file: none here asks
another by `super()`.
"""

from . import usage

# What extends them.
# isort: split
from . import (
    begin,
    contacts,
    due,
    events,
    first_day,
    followed,
    glance,
    jobs,
    kept,
    lease,
    limit,
    loop,
    outcome,
    places,
    plan,
    preview,
    run_followed,
    run_plan,
    sync,
    vacuum,
)
