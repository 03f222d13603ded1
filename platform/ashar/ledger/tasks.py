"""The ledger's part in the queue."""

from celery import shared_task
from django.utils import timezone

from ashar.ledger import checking


@shared_task(name="ledger.check")
def check() -> None:
    """Prove the books and leave the outcome in `Proof`. Idempotent; runs every ten minutes."""
    checking.prove(at=timezone.now())
