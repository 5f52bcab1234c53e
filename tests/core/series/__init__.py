"""Tests of sync/series."""
