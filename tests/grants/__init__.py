"""Tests of the grants."""
