"""Tests of models/contacts."""
