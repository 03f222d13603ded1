"""Money that moved, a refund that waits, an event in quarantine, and officers."""

import uuid

import pytest

from ashar.accounts import roles
from ashar.ledger.models import Journal
from ashar.money import Money
from ashar.payments import refunds
from ashar.payments.models import Refund, WebhookEvent
from diaspora.models import Gift
from tests.factories.gifts import ReceivedGiftFactory
from tests.factories.moments import NOON
from tests.factories.people import FinanceOfficerFactory


@pytest.fixture
def officer(enter):
    """A browser of a finance officer."""
    return enter(roles.FINANCE_OFFICER)


@pytest.fixture
def auditor(enter):
    return enter(roles.AUDITOR)


@pytest.fixture
def large_gift(school, fresh_rates) -> Gift:
    """Its refund needs two people."""
    return ReceivedGiftFactory(project=school, amount=Money(500_00, "USD"), name="Бермет Исакова")


@pytest.fixture
def waiting_refund(large_gift) -> Refund:
    """Asked for by an officer who is not in the room."""
    colleague = FinanceOfficerFactory(email="colleague@example.org")
    return refunds.request(
        large_gift.payment,
        amount=Money(500_00, "USD"),
        reason="Ошибка в сумме",
        by=colleague,
        token=uuid.uuid4(),
        at=NOON,
    )


@pytest.fixture
def charge(large_gift) -> Journal:
    """The journal by which the large gift came."""
    return large_gift.payment.movements.get().journal


def an_event(number: int = 1, **differs) -> WebhookEvent:
    facts = {
        "event_id": f"evt_{number}",
        "type": "charge.updated",
        "livemode": False,
        "object_id": f"ch_{number}",
        "payload": '{"secret": "payload-canary"}',
        "state": "quarantined",
        "reason": "unknown_object",
        "attempts": 1,
    }
    moments = dict.fromkeys(("created_at", "received_at", "due_at"), NOON)
    return WebhookEvent.objects.create(**facts | moments | differs)


@pytest.fixture
def quarantined_event(db) -> WebhookEvent:
    return an_event()
