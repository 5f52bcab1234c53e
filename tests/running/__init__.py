"""Tests of models/running."""
