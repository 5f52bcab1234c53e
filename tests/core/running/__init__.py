"""Tests of sync/running."""
