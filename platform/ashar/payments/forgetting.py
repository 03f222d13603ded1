"""Payments without their people: what goes when a giver is forgotten or the time is over, and what stays."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

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
    return _blank(Payment.objects.all(), "email", since="created_at", before=before, most=most)


def forget_reasons(*, before: datetime, most: int) -> int:
    """Take the free words from at most `most` refunds asked for before `before`; return how many. The sums stay."""
    return _blank(Refund.objects.all(), "reason", since="requested_at", before=before, most=most)


def forget_refusals(*, before: datetime, most: int) -> int:
    """Take the free words from at most `most` refusals written before `before`; return how many. Author and day stay."""
    return _blank(Refusal.objects.all(), "reason", since="at", before=before, most=most)


def forget_events(*, before: datetime, most: int) -> int:
    """Delete at most `most` events that came before `before` and are done; return how many.

    Others stay: they wait for a worker or a person, or somebody decided on them. The provider offers an event again for
    thirty days; under a rule shorter than that it would come back, find everything done, and go again.
    """
    past = WebhookEvent.objects.filter(state=EventState.DONE, received_at__lt=before).order_by("received_at")
    return WebhookEvent.objects.filter(pk__in=list(past.values_list("pk", flat=True)[:most])).delete()[0]


def _blank(rows: QuerySet[Any], field: str, *, since: str, before: datetime, most: int) -> int:
    """Empty `field` of at most `most` of `rows`, the oldest by `since` first; return how many had something there."""
    past = rows.filter(**{f"{since}__lt": before}).exclude(**{field: ""}).order_by(since)
    oldest = list(past.values_list("pk", flat=True)[:most])
    return rows.filter(pk__in=oldest).update(**{field: ""})
