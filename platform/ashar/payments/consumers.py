"""What payments do when a message of the outbox arrives."""

import uuid
from datetime import datetime

from ashar.outbox.consuming import consumer
from ashar.payments import refunds
from ashar.payments.models import Refund


@consumer("refund.due")
def send_refund(*, refund: str, at: datetime, **_: object) -> None:
    """Send an approved refund; the same message twice sends it once."""
    refunds.send(Refund.objects.get(pk=uuid.UUID(refund)), at=at)
