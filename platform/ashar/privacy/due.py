"""Which wishes to be forgotten wait for staff, and how long they still may: we promised an answer within 30 days."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from ashar.privacy.models import ErasureRequest

PROMISED_WITHIN = timedelta(days=30)
REMIND_AFTER = timedelta(days=20)


@dataclass(frozen=True, slots=True)
class Due:
    """An open wish and the days left to keep our word; below zero we broke it."""

    request: ErasureRequest
    days_left: int
    is_urgent: bool


def due(*, at: datetime) -> list[Due]:
    """Return every open wish, the oldest first; urgent is one older than 20 days. One query."""
    waiting = still_open().select_related("person").order_by("asked_at", "pk")
    return [of(request, at=at) for request in waiting]


def still_open() -> QuerySet[ErasureRequest]:
    """Return the wishes that were neither withdrawn nor carried out."""
    return ErasureRequest.objects.filter(withdrawn_at=None, carried_out_at=None)


def of(request: ErasureRequest, *, at: datetime) -> Due:
    """Return how long the open wish `request` may still wait."""
    waited = at - request.asked_at
    return Due(request, days_left=(PROMISED_WITHIN - waited).days, is_urgent=waited > REMIND_AFTER)
