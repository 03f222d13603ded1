"""What accounts do by the clock."""

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore


@shared_task(name="accounts.forget_sessions")
def forget_sessions(**_: object) -> None:
    """Delete the sessions that have expired, with the half-filled forms they kept. Idempotent."""
    SessionStore.clear_expired()
