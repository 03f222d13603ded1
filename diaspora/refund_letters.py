"""Letters about refunds that take two people: one waits for a colleague's decision, one was refused. The giver is written nothing."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from ashar.accounts import rules
from ashar.accounts.models import User
from ashar.language import pick
from ashar.notices import telling
from ashar.payments.models import Refund
from ashar.payments.states import RefundState
from diaspora.models import Gift


def tell_waiting(refund_id: UUID, *, at: datetime) -> None:
    """Write to the finance officers who did not ask for it, else to the administrators, that a refund waits for one of them.

    Idempotent by refund and reader. One that was decided meanwhile, or whose payment is no gift, tells nobody.
    """
    refund = Refund.objects.get(pk=refund_id)
    if refund.state != RefundState.REQUESTED:
        return
    with transaction.atomic(durable=True):
        for reader in _second_people(refund):
            _tell("refund_waits", refund, reader, at=at)


def tell_refused(refund_id: UUID, *, at: datetime) -> None:
    """Write to whoever asked for the refund that it was refused, and why. Idempotent by refund."""
    refund = Refund.objects.select_related("requested_by", "refusal").get(pk=refund_id)
    asker = refund.requested_by
    if asker is None or not asker.is_active:
        return
    with transaction.atomic(durable=True):
        _tell("refund_refused", refund, asker, reason=refund.refusal.reason, at=at)


def _second_people(refund: Refund) -> QuerySet[User]:
    others = User.objects.exclude(pk=refund.requested_by_id).order_by("pk")
    officers = others.filter(rules.FINANCE_OFFICERS)
    return officers if officers.exists() else others.filter(rules.ADMINISTRATORS)


def _tell(kind: str, refund: Refund, reader: User, *, at: datetime, **more: Any) -> None:
    gift = Gift.objects.select_related("project").filter(payment=refund.payment_id).first()
    if gift is None:
        return
    project = pick(gift.project, "title", reader.language)
    telling.tell(
        kind,
        key=f"{kind}:{refund.pk}:{reader.pk}",
        at=at,
        person=reader,
        facts={"amount": refund.amount, "project": project, "refund": str(refund.pk), **more},
    )
