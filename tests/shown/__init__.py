"""Tests of models/shown."""
