"""Refunds on their way: tied to the money they moved, sent once, looked up when an answer is lost."""

import pytest
from django.apps import apps

from ashar.money import Money
from ashar.payments import consumers, gateway, refunds, resolving, settlement
from ashar.payments.models import Movement, Refund, RefundMovement
from ashar.payments.states import REFUNDS
from ashar.workflow import moving
from tests.ashar.payments.books import sums_of
from tests.ashar.payments.conftest import TEN_DOLLARS, known_refusals, refunds_at


def test_a_full_refund_empties_the_books_of_the_gift(ask, settled_payment, school_fund, clock, sandbox):
    refund = ask(Money(50_00, "USD"))
    refunds.send(refund, at=clock())
    settled_payment.refresh_from_db()
    assert (refund.state, settled_payment.refunded_minor, sums_of(school_fund)) == ("succeeded", 50_00, {})
    assert refunds_at(sandbox) == [(50_00, str(refund.pk))]
    assert refund.sent_at == clock()


def test_two_equal_refunds_are_two(ask, settled_payment, sandbox, clock):
    for refund in (ask(), ask()):
        refunds.send(refund, at=clock())
    settled_payment.refresh_from_db()
    assert (len(refunds_at(sandbox)), settled_payment.refunded_minor) == (2, 20_00)


def moved_by(refund: Refund) -> list[Money]:
    return [tied.movement.gross for tied in refund.refund_movements.order_by("movement__sequence")]


def test_a_movement_belongs_to_the_refund_that_made_it(ask, clock):
    small, large, waiting = ask(), ask(Money(20_00, "USD")), ask(Money(1_00, "USD"))
    for refund in (small, large):
        refunds.send(refund, at=clock())
    assert [moved_by(refund) for refund in (small, large, waiting)] == [[-TEN_DOLLARS], [Money(-20_00, "USD")], []]
    assert not RefundMovement.objects.filter(movement__kind="charge").exists()


def test_following_ties_what_was_not_tied_before_and_nothing_twice(ask, settled_payment, clock):
    refunds.send(ask(), at=clock())
    tied = list(RefundMovement.objects.values())
    RefundMovement.objects.all().delete()
    for _ in range(2):
        settlement.follow(settled_payment, at=clock())
    assert list(RefundMovement.objects.values()) == tied


def test_an_old_movement_is_tied_where_only_one_refund_can_have_made_it(ask, clock):
    single, first, second = ask(Money(20_00, "USD")), ask(), ask()
    for refund in (single, first, second):
        refunds.send(refund, at=clock())
    RefundMovement.objects.all().delete()
    for _ in range(2):
        known_refusals.tell(apps, None)
    assert [moved_by(refund) for refund in (single, first, second)] == [[Money(-20_00, "USD")], [], []]
    known_refusals.forget(apps, None)
    assert RefundMovement.objects.count() == 0


def test_the_message_sends_it_and_sends_it_once(ask, sandbox, clock):
    refund = ask()
    for _ in range(3):
        consumers.send_refund(refund=str(refund.pk), at=clock(), message_id=None)
    refund.refresh_from_db()
    assert (refund.state, len(refunds_at(sandbox))) == ("succeeded", 1)
    verbs = moving.history(refund, table=REFUNDS).values_list("verb", flat=True)
    assert list(verbs) == ["approve", "send", "succeed"]


@pytest.mark.parametrize("when", ["before", "after"])
def test_an_unknown_outcome_is_looked_up_before_it_is_repeated(ask, sandbox, clock, when):
    refund = ask()
    sandbox.switch(fail_requests=[{"status": 0, "when": when, "path": "/v1/refunds"}] * 3)
    with pytest.raises(gateway.ProviderUnreachable):
        refunds.send(refund, at=clock())
    refund.refresh_from_db()
    assert (refund.state, refund.provider_id) == ("sent", None)
    resolving.resolve(clock.forward(minutes=6))
    refund.refresh_from_db()
    assert (refund.state, len(refunds_at(sandbox))) == ("succeeded", 1)


def test_an_outcome_unknown_for_days_is_still_not_repeated(ask, sandbox, clock):
    """The provider forgets a key after a day; what it did under the key it does not forget."""
    refund = ask()
    sandbox.switch(fail_requests=[{"status": 0, "when": "after", "path": "/v1/refunds"}] * 3)
    with pytest.raises(gateway.ProviderUnreachable):
        refunds.send(refund, at=clock())
    refunds.send(refund, at=clock.forward(days=3))
    assert (refund.state, len(refunds_at(sandbox))) == ("succeeded", 1)


def test_a_refund_that_the_provider_refuses_fails_with_its_reason(ask, settled_payment, sandbox, clock):
    refund = ask()
    sandbox.dispute(sandbox.get(settled_payment.intent_id)["latest_charge"])
    refunds.send(refund, at=clock())
    assert (refund.state, refund.failure) == ("failed", "charge_disputed")
    assert list(Movement.objects.order_by("sequence").values_list("kind", flat=True)) == ["charge", "dispute_withdrawn"]


def test_a_refund_that_fails_later_can_be_asked_for_again(ask, settled_payment, sandbox, clock, school_fund):
    before = sums_of(school_fund)
    refund = ask(Money(50_00, "USD"))
    refunds.send(refund, at=clock())
    sandbox.fail_refund(refund.provider_id)
    settlement.follow(settled_payment, at=clock())
    refund.refresh_from_db()
    assert (refund.state, sums_of(school_fund)) == ("failed", before)
    assert ask(Money(50_00, "USD")).state == "approved"
