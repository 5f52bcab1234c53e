"""Tests of models/restoring."""
