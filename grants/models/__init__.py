"""The rows."""

from grants.models.calls import Call

__all__ = ["Call"]
