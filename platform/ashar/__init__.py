"""The kernel every part stands on: one Django app per noun."""
