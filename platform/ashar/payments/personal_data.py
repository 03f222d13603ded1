"""What payments hold on people: the address that a receipt goes to. Of the provider's events only names of its objects stay."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from ashar.accounts import addresses
from ashar.payments import forgetting
from ashar.payments.models import Payment
from ashar.privacy import purposes
from ashar.privacy.classified import Basis, Personal, Sensitivity, impersonal, personal
from ashar.privacy.erasing import eraser
from ashar.privacy.exporting import collector
from ashar.privacy.retention import keeper

if TYPE_CHECKING:
    from ashar.accounts.models import User

PAYING = Personal(purposes.PAY, Basis.LAW, "accounting", Sensitivity.CONFIDENTIAL)

personal("payments.Payment", {"email": PAYING.of(purposes.PAYING_ADDRESS)})
personal("payments.Refund", {"reason": PAYING.of(purposes.REFUND_REASON)})
personal("payments.Refusal", {"reason": PAYING.of(purposes.REFUSAL_REASON)})
impersonal(
    "payments.Payment", "subject", "success_path", "cancel_path", "session_id", "session_url", "intent_id", "trouble"
)
impersonal("payments.Refund", "provider_id", "failure")
impersonal("payments.Dispute", "provider_id")
impersonal("payments.Movement", "balance_transaction_id")
impersonal("payments.WebhookEvent", "event_id", "type", "api_version", "object_id", "payload", "reason")


@collector("payments")
def collect(person: "User") -> dict[str, Any]:
    """Return the payments made under the person's verified addresses, oldest first."""
    return {"payments": [_told(payment) for payment in _payments_of(person).order_by("created_at", "pk")]}


@eraser("payments")
def forget(person: "User") -> dict[str, Any]:
    """Blunt the person's payments; the sums stay, as the law on accounting demands."""
    return {"payments": forgetting.blunt(_payments_of(person).values_list("pk", flat=True))}


keeper("accounting", "payments.Payment")(forgetting.forget_addresses)
keeper("accounting", "payments.Refund")(forgetting.forget_reasons)
keeper("accounting", "payments.Refusal")(forgetting.forget_refusals)
keeper("webhook", "payments.WebhookEvent")(forgetting.forget_events)


def _payments_of(person: "User") -> QuerySet[Payment]:
    return Payment.objects.filter(addresses.matching(person, "email"))


def _told(payment: Payment) -> dict[str, Any]:
    return {
        "id": str(payment.pk),
        "amount_minor": payment.amount_minor,
        "currency": payment.currency,
        "state": payment.state,
        "for": payment.subject,
        "email": payment.email,
        "created_at": payment.created_at.isoformat(),
    }
