"""Tests of models/agenda."""
