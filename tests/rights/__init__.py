"""Tests of models/rights."""
