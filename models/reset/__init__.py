"""A reset: links are cut, and what we made in Google is deleted if asked."""

from . import detach, purge, reset, run, work
