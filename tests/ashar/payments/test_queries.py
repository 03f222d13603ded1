"""What waits, what went wrong, and what became of one payment."""

import pytest

from ashar.payments import gateway, queries, settlement
from ashar.payments.models import Payment, WebhookEvent


@pytest.fixture
def put(db, clock):
    """Put an event in a state into the inbox."""
    numbers = iter(range(1, 100))

    def event(state: str) -> WebhookEvent:
        return WebhookEvent.objects.create(
            event_id=f"evt_{next(numbers)}",
            type="charge.updated",
            livemode=False,
            payload="{}",
            created_at=clock(),
            received_at=clock(),
            due_at=clock(),
            state=state,
        )

    return event


def test_an_empty_inbox(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert queries.inbox() == queries.Inbox(waiting=0, waiting_since=None, quarantined=0, dead=0)


def test_the_inbox_counts_what_waits_and_what_people_must_see(put, clock, django_assert_num_queries):
    oldest = clock()
    for state in ("received", "quarantined", "dead", "dead", "done", "ignored"):
        put(state)
    clock.forward(hours=1)
    put("received")
    with django_assert_num_queries(1):
        assert queries.inbox() == queries.Inbox(waiting=2, waiting_since=oldest, quarantined=1, dead=2)


def test_a_payment_in_trouble_is_listed_until_it_is_settled(open_payment, make_payment, sandbox, clock):
    make_payment()
    Payment.objects.filter(pk=open_payment.pk).update(trouble="no_rate")
    assert list(queries.troubled()) == [open_payment]
    settlement.follow(open_payment, at=clock())
    assert list(queries.troubled()) == []


def test_an_expired_payment_troubles_nobody(open_payment):
    Payment.objects.filter(pk=open_payment.pk).update(trouble="other_amount", state="expired")
    assert list(queries.troubled()) == []


@pytest.mark.parametrize("refunds", [1, 3])
def test_the_movements_of_a_payment_come_in_their_order(settled_payment, clock, refunds, django_assert_num_queries):
    for _ in range(refunds):
        gateway._client().v1.refunds.create({"payment_intent": settled_payment.intent_id, "amount": 1_00})
    settlement.follow(settled_payment, at=clock())
    with django_assert_num_queries(1):
        kinds = [movement.journal.kind for movement in queries.movements_of(settled_payment)]
    assert kinds == ["charge"] + ["refund"] * refunds
