"""Payments without their people: what goes when a giver is forgotten, and what stays."""

from collections.abc import Iterable
from typing import Any

from ashar.payments.models import Payment, Refund


def blunt(payments: Iterable[Any]) -> int:
    """Take the address and the free words about refunds from the payments of these keys; return how many had some.

    Sums, states and the provider's numbers stay, as the law on accounting demands. Idempotent; in the caller's
    transaction.
    """
    keys = list(payments)
    Refund.objects.filter(payment__in=keys).exclude(reason="").update(reason="")
    return Payment.objects.filter(pk__in=keys).exclude(email="").update(email="")
