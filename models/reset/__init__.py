"""A reset: links are cut, and what we made in Google is deleted if asked."""

from . import counting, detach, purge, reset, run, take_away, work
