"""Each database has promises of its own; only those of the one at hand are collected."""

from django.db import connection

collect_ignore = [f"test_{vendor}_alone.py" for vendor in ("sqlite", "postgresql") if vendor != connection.vendor]
