"""Looking after the queue: its heartbeat, its dead letters and its old messages."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from ashar.outbox.models import Delivery, Heartbeat, Message

KEEP_DONE_FOR = timedelta(days=30)
State = Delivery.State


def beat(*, at: datetime) -> None:
    """Remember that a worker worked at `at`."""
    Heartbeat.objects.update_or_create(pk=Heartbeat.THE_ONE, defaults={"at": at})


def revive(deliveries: Iterable[Delivery], *, at: datetime) -> int:
    """Give each dead delivery all its attempts again, from `at` on; return how many were dead."""
    dead = Delivery.objects.filter(pk__in=[delivery.pk for delivery in deliveries], state=State.DEAD)
    return dead.update(state=State.WAITING, attempts=0, due_at=at, resend_at=at)


def forget(*, at: datetime) -> int:
    """Delete messages older than `KEEP_DONE_FOR` that nobody waits for; return how many. Dead ones stay for a person."""
    unfinished = Delivery.objects.filter(message=OuterRef("pk")).exclude(state=State.DONE)
    old = Message.objects.filter(~Exists(unfinished), sent_at__lt=at - KEEP_DONE_FOR)
    return old.delete()[1].get("outbox.Message", 0)
