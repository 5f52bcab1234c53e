"""Random edits on both sides by two users, faults and kills: both sides converge.

After the faults stop: each user's Google holds exactly their agenda, nothing is
doubled, nothing is gone that nobody deleted, and one more run plans nothing.
"""

from __future__ import annotations

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from strategies import LONG

from running.convergence import Convergence

odds = st.integers(0, 11)


Convergence.TestCase.settings = settings(
    max_examples=100_000 if LONG else 700,
    stateful_step_count=60 if LONG else 30,
    deadline=timedelta(seconds=60),
)
TestConvergence = Convergence.TestCase
