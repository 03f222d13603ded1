"""What the workers and the clock do. Every task may run twice at once."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from ashar.outbox import delivering, keeping, relaying


@shared_task(name="outbox.deliver", time_limit=50, soft_time_limit=40)
def deliver(*, message_id: str, **_: object) -> None:
    """Bring one message to its consumers. The time limits end before the lease does."""
    delivering.deliver(UUID(message_id), at=timezone.now())


@shared_task(name="outbox.relay")
def relay(**_: object) -> None:
    """Send the workers again what they did not get."""
    relaying.relay(at=timezone.now())


@shared_task(name="outbox.heartbeat")
def heartbeat(**_: object) -> None:
    """Prove that a worker works."""
    keeping.beat(at=timezone.now())


@shared_task(name="outbox.forget")
def forget(**_: object) -> None:
    """Delete old messages that are done."""
    keeping.forget(at=timezone.now())
