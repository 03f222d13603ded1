"""Bringing messages to their consumers.

Who may call a handler is decided by one conditional UPDATE, which holds on SQLite and PostgreSQL alike. A worker that is
lost between the call and the mark leaves a lease behind; when it is over, another worker calls the handler again. So a
handler is called at least once, by one worker at a time, and marked done once.
"""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from ashar import crash
from ashar.outbox import consuming
from ashar.outbox.models import Deliveries, Delivery

log = logging.getLogger(__name__)
State = Delivery.State


def deliver(message_id: UUID, *, at: datetime) -> int:
    """Call every consumer of the message that is due and not taken; return how many finished.

    Asked twice, by two workers at once, or for a message that is done or gone: each handler runs in one of them. An
    exception of a handler is logged and postpones its own delivery only.
    """
    due = Delivery.objects.open().filter(message_id=message_id, due_at__lte=at)
    return sum(_attempt(delivery, at=at) for delivery in due.select_related("message").order_by("pk"))


def drain(at: datetime) -> int:
    """Deliver in this process everything that is due at `at`, also what handlers send meanwhile; return how many finished.

    For tests, the demo and an installation without workers. A failed delivery is due later, so this comes to an end.
    """
    finished = 0
    while due := list(Delivery.objects.open().filter(due_at__lte=at).order_by("due_at", "pk")[:100]):
        finished += sum(deliver(message_id, at=at) for message_id in dict.fromkeys(row.message_id for row in due))
    return finished


def lease() -> timedelta:
    """Return how long a worker may keep a delivery: longer than the time limit of the task `outbox.deliver`."""
    return timedelta(seconds=getattr(settings, "OUTBOX_LEASE_SECONDS", 60))


def _attempt(delivery: Delivery, *, at: datetime) -> bool:
    if not _take(delivery, at=at):
        return False
    crash.point("outbox.before_handler")
    try:
        _call(delivery, at=at)
    except Exception as fault:
        log.exception("Delivery %s failed at attempt %s.", delivery.pk, delivery.attempts)
        _put_back(delivery, error=type(fault).__name__, at=at)
        return False
    crash.point("outbox.before_done")
    return _mine(delivery).update(state=State.DONE, done_at=at, last_error="") == 1


def _take(delivery: Delivery, *, at: datetime) -> bool:
    """Make the delivery ours, or learn that another worker was faster. The number of the attempt is our token.

    One that took its worker with it at every attempt is not tried again: it would do the same to the next worker.
    """
    until = at + lease()
    seen = Delivery.objects.open().filter(pk=delivery.pk, attempts=delivery.attempts, due_at__lte=at)
    if delivery.attempts > len(consuming.patience_of(delivery.consumer)):
        seen.update(state=State.DEAD, last_error="WorkerLost")
        return False
    delivery.attempts += 1
    return seen.update(state=State.TAKEN, attempts=delivery.attempts, due_at=until, resend_at=until) == 1


def _call(delivery: Delivery, *, at: datetime) -> None:
    handler = consuming.named(delivery.consumer).handler
    handler(message_id=delivery.message_id, at=at, **delivery.message.payload)


def _put_back(delivery: Delivery, *, error: str, at: datetime) -> None:
    """Let it wait for its next attempt, or give it up after the last one."""
    patience = consuming.patience_of(delivery.consumer)
    if delivery.attempts > len(patience):
        _mine(delivery).update(state=State.DEAD, last_error=error)
        return
    due_at = at + patience[delivery.attempts - 1]
    _mine(delivery).update(state=State.WAITING, due_at=due_at, resend_at=due_at, last_error=error)


def _mine(delivery: Delivery) -> Deliveries:
    """Return the row if this attempt still holds it: one whose lease was over has lost it to a later attempt."""
    return Delivery.objects.filter(pk=delivery.pk, state=State.TAKEN, attempts=delivery.attempts)
