"""People on both sides, faults, lost answers, lag and kills; then both sides agree.

The laws at any end: a contact of the list is in Google once and only once, what people
put into their contacts in Google is there, the comment is the same on both sides, and
another run lists once and writes nothing.
"""

from __future__ import annotations

from datetime import timedelta

from hypothesis import settings
from strategies import LONG

from contacts.convergence import Convergence

Convergence.TestCase.settings = settings(
    max_examples=50_000 if LONG else 120,
    stateful_step_count=60 if LONG else 30,
    deadline=timedelta(seconds=60),
    report_multiple_bugs=False,
)
TestConvergence = Convergence.TestCase
