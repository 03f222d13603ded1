"""The round that repeats what got lost between the database and the workers."""

import logging
from datetime import datetime, timedelta

from ashar import crash
from ashar.outbox import nudging
from ashar.outbox.models import Delivery

log = logging.getLogger(__name__)

# A message that the workers did not get to is sent to them again after this time.
RESEND_AFTER = timedelta(seconds=60)
ROUND = 500


def relay(*, at: datetime) -> int:
    """Send the workers every message with an open delivery whose time has come, and return how many were sent.

    Two relays at once share the work: one conditional UPDATE decides who sends what. When the broker is away the round
    ends; the next one goes on, and what was under way follows after `RESEND_AFTER`.
    """
    overdue = Delivery.objects.open().filter(resend_at__lte=at).order_by("resend_at", "pk")[:ROUND]
    messages = dict.fromkeys(delivery.message_id for delivery in overdue if _claim(delivery, at=at))
    crash.point("outbox.relay_claimed")
    try:
        nudging.publish(*messages)
    except Exception as fault:  # noqa: BLE001 - kombu and its transports raise what they like
        log.warning("The broker did not take %s messages (%s).", len(messages), type(fault).__name__)
        return 0
    return len(messages)


def _claim(delivery: Delivery, *, at: datetime) -> bool:
    unclaimed = Delivery.objects.open().filter(pk=delivery.pk, resend_at=delivery.resend_at)
    return unclaimed.update(resend_at=at + RESEND_AFTER) == 1
