"""Which payment an event speaks of, and following it. The payload only says where to look."""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ashar.payments import gateway, hints, settlement
from ashar.payments.models import Payment, WebhookEvent

FOLLOWED = frozenset({
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "payment_intent.succeeded",
    "payment_intent.payment_failed",
    "payment_intent.canceled",
    "charge.succeeded",
    "charge.updated",
    "charge.refunded",
    "charge.refund.updated",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
})  # fmt: skip


def work(event: WebhookEvent, *, at: datetime) -> tuple[str, str]:
    """Follow the payment of `event` and return how the event ends: a verb of its table and the reason.

    Network, so outside any transaction. Raises what `settlement.follow` raises.
    """
    if event.type not in FOLLOWED:
        return "ignore", "type_not_followed"
    payload = json.loads(event.payload)
    if payload.get("account"):
        return "quarantine", "foreign_account"
    try:
        return _follow(payload["data"]["object"], at=at)
    except gateway.ProviderRefused as refusal:
        if refusal.is_missing:
            return "quarantine", "unknown_object"
        raise


def _follow(hint: Mapping[str, Any], *, at: datetime) -> tuple[str, str]:
    payment = _payment_of(hint)
    if payment is None:
        return "quarantine", "unknown_object"
    settlement.follow(payment, at=at)
    if _is_foreign(hint, payment):
        return "quarantine", "other_payment"
    return "finish", ""


def _payment_of(hint: Mapping[str, Any]) -> Payment | None:
    """Find the payment by our mark, by the provider's identifiers, or by the mark on the intent that the object names."""
    marked, intent_id = _by_mark(hints.mark(hint)), hints.intent_id(hint)
    if marked or not intent_id:
        return marked
    known = Payment.objects.filter(intent_id=intent_id).first()
    return known or _by_mark(gateway.intent(intent_id).payment_id)


def _by_mark(mark: object) -> Payment | None:
    try:
        return Payment.objects.filter(pk=uuid.UUID(str(mark))).first()
    except ValueError:
        return None


def _is_foreign(hint: Mapping[str, Any], payment: Payment) -> bool:
    """Whether the object carries our mark but is not the session or the intent we know: its money is not posted."""
    if hint.get("object") == "checkout.session":
        return hint.get("id") != payment.session_id
    return hints.intent_id(hint) != payment.intent_id
