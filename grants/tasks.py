"""What happens by the clock."""

from celery import shared_task
from django.utils import timezone

from grants import calls, queries


@shared_task(name="grants.follow_clock")
def follow_clock() -> None:
    """Open the announced calls whose hour has come and close those whose deadline has passed. Idempotent; one transaction each."""
    at = timezone.now()
    for call in queries.due(at=at):
        calls.follow_clock(call, at=at)
