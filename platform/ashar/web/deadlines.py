"""How long a call or a project stays open, told in days of the reader's own zone."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

SOON = 7


@dataclass(frozen=True, slots=True)
class Deadline:
    """Days left (0 on the last day) and what kind of tag says so: open, soon, today or over."""

    days: int
    kind: str


def measure(at: datetime, *, now: datetime) -> Deadline:
    """Return how far `at` is from `now`; days turn at midnight of the current time zone, the end is exact."""
    if now >= at:
        return Deadline(0, "over")
    days = (timezone.localtime(at).date() - timezone.localtime(now).date()).days
    return Deadline(days, _kind(days))


def _kind(days: int) -> str:
    if days == 0:
        return "today"
    return "soon" if days <= SOON else "open"
