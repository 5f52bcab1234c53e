"""Tests of models/tools."""
