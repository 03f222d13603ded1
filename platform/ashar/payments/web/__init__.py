"""The one address the provider calls."""
