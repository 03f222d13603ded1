"""What happens by the clock."""

from celery import shared_task
from django.utils import timezone

from ashar import clock, sweeping
from diaspora import projects, queries


@shared_task(name="diaspora.close_past")
def close_past() -> None:
    """Close the open projects whose last day, in Bishkek, is over. Idempotent; one transaction each."""
    at = timezone.now()
    for project in queries.past_closing(on=clock.day(at)):
        projects.close_past(project, at=at)


@shared_task(name="diaspora.forget_answers")
def forget_answers() -> None:
    """Delete what forms of giving were sent with and nobody came back to. Idempotent."""
    sweeping.sweep("answers")
