"""Asking for a run, and why it has to wait: rows that the next run takes up."""

from . import request

# What puts them there.
# isort: split
from . import asking
