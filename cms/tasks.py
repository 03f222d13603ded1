"""What happens to pages by the clock."""

from celery import shared_task
from django.core.management import call_command


@shared_task(name="cms.publish_scheduled")
def publish_scheduled() -> None:
    """Publish what is due and withdraw what has expired. Idempotent: a revision is published once."""
    call_command("publish_scheduled", verbosity=0)
