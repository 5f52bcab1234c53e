"""Tests of models/account."""
