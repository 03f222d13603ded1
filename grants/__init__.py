"""Grants: people who return. Calls, applications, evaluation, awards and loans will live here; nothing does yet."""
