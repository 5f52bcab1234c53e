"""Tests of sync/contacts."""
