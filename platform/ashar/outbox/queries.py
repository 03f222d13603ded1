"""How the queue is doing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet

from ashar.outbox.models import Delivery, Heartbeat

# The clock sends a heartbeat every 15 seconds; a worker that missed so many is no worker.
HEARTBEAT_LIMIT = timedelta(seconds=90)


@dataclass(frozen=True, slots=True)
class Pulse:
    """The state of the queue at one moment."""

    heartbeat_at: datetime | None
    waiting: int
    dead: int
    oldest_due_at: datetime | None

    def worker_is_alive(self, *, at: datetime) -> bool:
        """Tell whether a worker did something lately: one that lives but consumes nothing is not alive."""
        return self.heartbeat_at is not None and at - self.heartbeat_at <= HEARTBEAT_LIMIT


def pulse() -> Pulse:
    """Return how the queue is doing, in two queries."""
    is_open = Q(state__in=Delivery.OPEN)
    counts = Delivery.objects.exclude(state=Delivery.State.DONE).aggregate(
        waiting=Count("pk", filter=is_open),
        dead=Count("pk", filter=Q(state=Delivery.State.DEAD)),
        oldest_due_at=Min("due_at", filter=is_open),
    )
    return Pulse(heartbeat_at=Heartbeat.objects.values_list("at", flat=True).first(), **counts)


def dead_letters() -> "QuerySet[Delivery]":
    """Return the deliveries that were given up, oldest message first."""
    dead = Delivery.objects.filter(state=Delivery.State.DEAD)
    return dead.select_related("message").order_by("message__sent_at", "pk")
