"""Tests of models/user."""
