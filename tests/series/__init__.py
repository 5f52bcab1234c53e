"""Tests of models/series."""
