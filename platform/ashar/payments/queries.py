"""Asking payments: what waits, what went wrong, and what became of one payment."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet

from ashar.payments.models import Movement, Payment, WebhookEvent
from ashar.payments.states import EventState, PaymentState


@dataclass(frozen=True, slots=True)
class Inbox:
    """How many events wait (and since when the oldest does), how many people have to look at, how many were given up."""

    waiting: int
    waiting_since: datetime | None
    quarantined: int
    dead: int


def inbox() -> Inbox:
    """Return the state of the inbox. One query."""
    received, quarantined, dead = (
        Q(state=state) for state in (EventState.RECEIVED, EventState.QUARANTINED, EventState.DEAD)
    )
    found = WebhookEvent.objects.filter(received | quarantined | dead).aggregate(
        waiting=Count("pk", filter=received),
        waiting_since=Min("received_at", filter=received),
        quarantined=Count("pk", filter=quarantined),
        dead=Count("pk", filter=dead),
    )
    return Inbox(**found)


def troubled() -> QuerySet[Payment]:
    """Return the payments that could not be settled when last looked at, with the code of the reason in `trouble`."""
    return Payment.objects.exclude(trouble="").exclude(state=PaymentState.EXPIRED).order_by("-looked_at")


def movements_of(payment: Payment) -> QuerySet[Movement]:
    """Return the movements of a payment in their order, with their journals. One query."""
    return Movement.objects.filter(payment=payment).select_related("journal").order_by("sequence")
