"""Tests of models/reset."""
