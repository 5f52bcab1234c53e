"""Tests of models/connection."""
