"""Tests of the links of pages."""
