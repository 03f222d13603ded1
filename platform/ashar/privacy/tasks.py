"""What privacy does by the clock."""

from celery import shared_task
from django.utils import timezone

from ashar.privacy import retention


@shared_task(name="privacy.keep")
def keep(**_: object) -> None:
    """Forget what is past its date. Idempotent."""
    retention.keep(at=timezone.now())
