"""Refunds and disputes as the provider sees them, kept beside the payment. Steps of `settlement`, inside its transaction."""

import uuid
from datetime import datetime

from ashar.outbox import sending
from ashar.payments import facts
from ashar.payments.models import Dispute, Movement, Payment, Refund, RefundMovement
from ashar.payments.states import DISPUTES, REFUNDS, RefundState
from ashar.workflow import Table, moving

REFUND_VERBS = {"succeeded": "succeed", "failed": "fail", "canceled": "fail"}
DISPUTE_VERBS = {"won": "win", "warning_closed": "win", "prevented": "win", "lost": "lose"}


def recognise_refunds(payment: Payment, seen: tuple[facts.Refund, ...], *, at: datetime) -> None:
    """Tie the provider's refunds and their movements to our rows and move those; one made past this program gets its own."""
    ours = list(Refund.objects.filter(payment=payment))
    for found in seen:
        row = _row_of(found, ours) or _made_elsewhere(payment, found, at=at)
        if row.provider_id is None:
            row.provider_id = found.id
            row.save(update_fields=["provider_id"])
        if found.failure and row.failure != found.failure:
            row.failure = found.failure[:200]
            row.save(update_fields=["failure"])
        _tie_movements(row, found)
        _advance(row, REFUND_VERBS.get(found.status), table=REFUNDS, at=at)


def recognise_disputes(payment: Payment, seen: tuple[facts.Dispute, ...], *, at: datetime) -> None:
    """Keep a row per dispute and move it to where the bank has come. Announces `dispute.moved` with where it stands now."""
    for found in seen:
        row, is_new = Dispute.objects.get_or_create(
            provider_id=found.id,
            defaults={
                "payment": payment,
                "amount_minor": found.amount.minor,
                "currency": found.amount.currency,
                "seen_at": at,
            },
        )
        if _advance(row, DISPUTE_VERBS.get(found.status), table=DISPUTES, at=at) or is_new:
            sending.send("dispute.moved", {"dispute": row.pk, "state": str(row.state)}, at=at)


def _row_of(found: facts.Refund, ours: list[Refund]) -> Refund | None:
    """Our row by the provider's identifier, else by ours that came back in the metadata of a refund we have sent."""
    known = next((row for row in ours if row.provider_id == found.id), None)
    unanswered = (row for row in ours if row.provider_id is None and row.state == RefundState.SENT)
    return known or next((row for row in unanswered if str(row.pk) == found.refund_id), None)


def _made_elsewhere(payment: Payment, found: facts.Refund, *, at: datetime) -> Refund:
    return Refund.objects.create(
        id=uuid.uuid5(payment.pk, found.id),
        payment=payment,
        amount_minor=found.amount.minor,
        currency=found.amount.currency,
        reason="",
        state=RefundState.SENT,
        requested_at=at,
        sent_at=at,
        provider_id=found.id,
    )


def _tie_movements(row: Refund, found: facts.Refund) -> None:
    """Keep which movements are this refund's; those that were posted before anybody asked are tied now."""
    untied = Movement.objects.filter(
        balance_transaction_id__in=[moved.id for moved in found.transactions], of_refund=None
    )
    RefundMovement.objects.bulk_create(RefundMovement(movement=movement, refund=row) for movement in untied)


def _advance(row: Refund | Dispute, verb: str | None, *, table: Table, at: datetime) -> bool:
    """Move forward where the table allows, and tell whether it did; news that are older than the row's state change nothing."""
    if not verb or not table.allows(verb, row.state):
        return False
    moving.move(row, verb, table=table, by=None, at=at)
    return True
