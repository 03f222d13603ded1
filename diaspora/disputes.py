"""Telling the finance officers that a giver's bank claims a gift back, and how it ended. The giver is written nothing."""

from datetime import datetime

from django.db import transaction

from ashar.accounts import rules
from ashar.accounts.models import User
from ashar.language import pick
from ashar.notices import telling
from ashar.payments.models import Dispute
from diaspora.models import Gift


def tell_officers(dispute_id: int, *, state: str, at: datetime) -> None:
    """Write to every finance officer, in their language, that the dispute is `state` now.

    Idempotent by dispute, state and officer. A payment that is no gift tells nobody.
    """
    dispute = Dispute.objects.get(pk=dispute_id)
    gift = Gift.objects.select_related("project").filter(payment=dispute.payment_id).first()
    if gift is None:
        return
    with transaction.atomic(durable=True):
        for officer in User.objects.filter(rules.FINANCE_OFFICERS).order_by("pk"):
            _tell(officer, dispute, gift, state=state, at=at)


def _tell(officer: User, dispute: Dispute, gift: Gift, *, state: str, at: datetime) -> None:
    telling.tell(
        "dispute_moved",
        key=f"dispute:{dispute.pk}:{state}:{officer.pk}",
        at=at,
        person=officer,
        facts={
            "state": state,
            "amount": dispute.amount,
            "project": pick(gift.project, "title", officer.language),
            "gift": str(gift.pk),
        },
    )
