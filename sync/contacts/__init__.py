"""Contacts: their values, their entries in Google, one run on an account's list."""
