"""Consent and its way back, Google's knocks, and files that people fetch."""

from . import contacts, main, notify, support
