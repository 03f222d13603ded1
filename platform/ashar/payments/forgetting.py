"""Payments without their people: what goes when a giver is forgotten or the time is over, and what stays."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ashar.payments.models import Payment, Refund, Refusal, WebhookEvent
from ashar.payments.states import EventState


def blunt(payments: Iterable[Any]) -> int:
    """Take the address and the free words about refunds from the payments of these keys; return how many had some.

    Sums, states and the provider's numbers stay, as the law on accounting demands. Idempotent; in the caller's
    transaction.
    """
    keys = list(payments)
    Refund.objects.filter(payment__in=keys).exclude(reason="").update(reason="")
    Refusal.objects.filter(refund__payment__in=keys).exclude(reason="").update(reason="")
    return Payment.objects.filter(pk__in=keys).exclude(email="").update(email="")


def forget_addresses(*, before: datetime, most: int) -> int:
    """Take the address from at most `most` payments begun before `before`; return how many. The sums stay."""
    past = Payment.objects.filter(created_at__lt=before).exclude(email="").order_by("created_at")
    return Payment.objects.filter(pk__in=list(past.values_list("pk", flat=True)[:most])).update(email="")


def forget_reasons(*, before: datetime, most: int) -> int:
    """Take the free words from at most `most` refunds asked for before `before`; return how many. The sums stay."""
    past = Refund.objects.filter(requested_at__lt=before).exclude(reason="").order_by("requested_at")
    return Refund.objects.filter(pk__in=list(past.values_list("pk", flat=True)[:most])).update(reason="")


def forget_refusals(*, before: datetime, most: int) -> int:
    """Take the free words from at most `most` refusals written before `before`; return how many. Author and day stay."""
    past = Refusal.objects.filter(at__lt=before).exclude(reason="").order_by("at")
    return Refusal.objects.filter(pk__in=list(past.values_list("pk", flat=True)[:most])).update(reason="")


def forget_events(*, before: datetime, most: int) -> int:
    """Delete at most `most` events that came before `before` and are done; return how many.

    Others stay: they wait for a worker or a person, or somebody decided on them. The provider offers an event again for
    thirty days; under a rule shorter than that it would come back, find everything done, and go again.
    """
    past = WebhookEvent.objects.filter(state=EventState.DONE, received_at__lt=before).order_by("received_at")
    return WebhookEvent.objects.filter(pk__in=list(past.values_list("pk", flat=True)[:most])).delete()[0]
