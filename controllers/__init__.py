"""Consent and its way back, and files that people fetch."""

from . import contacts, main
