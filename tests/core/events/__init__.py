"""Tests of sync/events."""
