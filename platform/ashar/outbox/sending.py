"""Writing messages."""

import json
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.transaction import TransactionManagementError

from ashar.outbox import consuming, nudging
from ashar.outbox.models import Delivery, Message

# The nudge after the commit has this long to bring a worker; then the relay sends the message again.
NUDGE_GRACE = timedelta(seconds=10)
RESERVED = {"message_id", "at"}


def send(topic: str, payload: dict[str, Any], *, at: datetime) -> Message:
    """Write a message for every consumer of `topic`, in the caller's transaction: it exists if and only if that commits.

    Two INSERTs; after the commit one nudge to the workers, whose failure is only logged. `payload` is JSON whose keys
    are names; put keys of rows into it, not personal data. Raises outside a transaction: nothing would tie it to a change.
    """
    if not transaction.get_connection().in_atomic_block:
        raise TransactionManagementError("A message belongs to the transaction of the change that it tells of.")
    message = Message.objects.create(topic=topic, payload=_plain(payload), sent_at=at)
    deliveries = [
        Delivery(message=message, consumer=known.name, due_at=at, resend_at=at + NUDGE_GRACE)
        for known in consuming.of_topic(topic)
    ]
    if deliveries:
        Delivery.objects.bulk_create(deliveries)
        transaction.on_commit(partial(nudging.nudge, message.pk), robust=True)
    return message


def _plain(payload: dict[str, Any]) -> dict[str, Any]:
    """Return `payload` as a consumer will get it."""
    unfit = sorted(key for key in payload if not key.isidentifier() or key in RESERVED)
    if unfit:
        raise ValueError(f"Payload keys {unfit} cannot be arguments of a consumer.")
    plain: dict[str, Any] = json.loads(json.dumps(payload, allow_nan=False))
    return plain
