"""Looking for what never came back: payments without an end, refunds with an unknown outcome, events that were missed."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded
from django.db.models import F, Q

from ashar.errors import Refused
from ashar.payments import gateway, inbox, refunds, settlement
from ashar.payments.models import Payment, Refund
from ashar.payments.states import PaymentState, RefundState

log = logging.getLogger(__name__)

T = TypeVar("T")
QUIET_TIME = timedelta(minutes=5)  # the webhook and the giver's return come first
PAUSE = timedelta(minutes=10)  # between two looks at one payment
BATCH = 50
RECENT = timedelta(hours=2)
MOST_UNREACHABLE = 3  # in a row: then it is the provider and not the row
REMEMBERED = timedelta(days=29)  # the provider keeps events for thirty days


def resolve(at: datetime) -> None:
    """Send what is due, look again at what is open, and fetch recent events that never reached us.

    Network, so outside any transaction. Repeating it changes nothing; a provider that does not answer ends the round.
    """
    try:
        _each(_due_refunds(at), lambda refund: _send(refund, at))
        _each(_open_payments(at), lambda payment: _follow(payment, at))
        catch_up(at, since=at - RECENT)
    except gateway.ProviderUnreachable as reason:
        log.warning("The provider does not answer (%s); the next round goes on.", reason.facts.get("reason"))


def catch_up(at: datetime, *, since: datetime | None = None) -> int:
    """Put the provider's events since `since` (default: all it remembers) into the inbox; return how many were new."""
    return sum(_taken(text, at=at) for text in gateway.events_since(since or at - REMEMBERED))


def _taken(text: str, *, at: datetime) -> bool:
    try:
        return inbox.take(text, at=at)
    except (inbox.NotAnEvent, inbox.OtherMode) as refusal:
        log.warning("An event of the provider was not taken: %s", refusal.code)
        return False


def _each(rows: Iterable[T], act: Callable[[T], object]) -> None:
    """Do `act` to every row. One that is refused or fails is logged and looked at later; it does not stop the rest.

    Raises `ProviderUnreachable` when the provider did not answer for several rows in a row.
    """
    unreachable = 0
    for row in rows:
        try:
            act(row)
            unreachable = 0
        except gateway.ProviderUnreachable:
            unreachable += 1
            if unreachable == MOST_UNREACHABLE:
                raise
        except Refused as refusal:
            log.warning("%r is not resolved: %s", row, refusal.code)
        except SoftTimeLimitExceeded:
            raise
        except Exception:
            log.exception("%r is not resolved.", row)


def _send(refund: Refund, at: datetime) -> None:
    _look(refund.payment_id, at)
    refunds.send(refund, at=at)


def _follow(payment: Payment, at: datetime) -> None:
    _look(payment.pk, at)
    settlement.follow(payment, at=at)


def _look(payment_id: UUID, at: datetime) -> None:
    """Put a payment behind all others that are due, before looking can fail: the next round begins with those."""
    Payment.objects.filter(pk=payment_id).update(looked_at=at - PAUSE)


def _due_refunds(at: datetime) -> list[Refund]:
    """Refunds to be sent, and those the provider has not decided on when we last looked at their payment."""
    stale = Q(payment__looked_at__isnull=True) | Q(payment__looked_at__lte=at - PAUSE)
    unanswered = Q(provider_id__isnull=True, sent_at__lte=at - QUIET_TIME)
    due = Q(state=RefundState.APPROVED) | Q(state=RefundState.SENT) & (stale | unanswered)
    longest_ago = F("payment__looked_at").asc(nulls_first=True)
    return list(Refund.objects.filter(due).order_by(longest_ago, "requested_at")[:BATCH])


def _open_payments(at: datetime) -> list[Payment]:
    stale = Q(looked_at__isnull=True) | Q(looked_at__lte=at - PAUSE)
    open_ = Payment.objects.filter(stale, state__in=[PaymentState.CREATED, PaymentState.OPEN])
    longest_ago = F("looked_at").asc(nulls_first=True)  # databases differ in where they put what was never looked at
    return list(open_.filter(created_at__lte=at - QUIET_TIME).order_by(longest_ago, "created_at")[:BATCH])
