"""Tests of models/journal."""
