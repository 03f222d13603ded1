"""Refunds and disputes as the provider sees them, in whatever order we hear of them."""

from dataclasses import replace

import pytest
from django.db import transaction

from ashar.money import Money
from ashar.payments import checkout, facts, gateway, returns, settlement
from ashar.payments.models import Dispute, Movement, Refund
from tests.ashar.payments.books import sums_of


@pytest.fixture
def charge_id(settled_payment, sandbox) -> str:
    return sandbox.get(settled_payment.intent_id)["latest_charge"]


@pytest.fixture
def refund_elsewhere(settled_payment):
    """Refund in the provider's own dashboard."""

    def refund(minor: int) -> str:
        made = gateway._client().v1.refunds.create({"payment_intent": settled_payment.intent_id, "amount": minor})
        return made.id

    return refund


def kinds() -> list[str]:
    return list(Movement.objects.order_by("sequence").values_list("kind", flat=True))


def test_a_refund_made_past_this_program_is_posted_and_gets_a_row(settled_payment, refund_elsewhere, clock):
    made = refund_elsewhere(20_00)
    settlement.follow(settled_payment, at=clock())
    row = Refund.objects.get()
    assert (row.provider_id, row.state, row.amount) == (made, "succeeded", Money(20_00, "USD"))
    assert (row.requested_by, row.approved_by, row.requested_at) == (None, None, clock())
    assert (kinds(), settled_payment.refunded_minor) == (["charge", "refund"], 20_00)


def test_following_again_keeps_one_row_per_refund(settled_payment, refund_elsewhere, clock):
    refund_elsewhere(20_00)
    refund_elsewhere(20_00)
    for _ in range(3):
        settlement.follow(settled_payment, at=clock())
    assert Refund.objects.count() == 2
    assert settled_payment.refunded_minor == 40_00


def test_a_refund_that_the_bank_sends_back_is_undone(settled_payment, refund_elsewhere, sandbox, clock, school_fund):
    before = sums_of(school_fund)
    made = refund_elsewhere(50_00)
    settlement.follow(settled_payment, at=clock())
    sandbox.fail_refund(made)
    settlement.follow(settled_payment, at=clock())
    row = Refund.objects.get()
    assert (row.state, row.failure) == ("failed", "expired_or_canceled_card")
    tied = row.refund_movements.order_by("movement__sequence")
    assert list(tied.values_list("movement__kind", flat=True)) == ["refund", "refund_failed"]
    assert (settled_payment.refunded_minor, sums_of(school_fund)) == (0, before)


def test_a_refund_that_came_and_went_unseen_ends_the_same(
    settled_payment, refund_elsewhere, sandbox, clock, school_fund
):
    before = sums_of(school_fund)
    sandbox.fail_refund(refund_elsewhere(50_00))
    settlement.follow(settled_payment, at=clock())
    assert (kinds(), sums_of(school_fund)) == (["charge", "refund", "refund_failed"], before)


def test_a_pending_refund_waits_and_then_succeeds(make_payment, sandbox, fresh_rates, clock):
    payment = make_payment()
    checkout.send_to_provider(payment, at=clock())
    sandbox.pay(payment.session_id, card="4000000000007726")
    settlement.follow(payment, at=clock())
    key = "ashar:test"
    made = gateway.refund(payment.intent_id, amount=Money(50_00, "USD"), refund_id="", key=key)
    settlement.follow(payment, at=clock())
    assert (made.status, Refund.objects.get().state) == ("pending", "succeeded")


def test_another_payments_mark_on_a_refund_is_not_believed(settled_payment, large_payment, officer, clock):
    foreign = Refund.objects.create(
        payment=large_payment,
        amount_minor=1_00,
        currency="USD",
        reason="",
        state="sent",
        requested_by=officer,
        requested_at=clock(),
    )
    key = "ashar:foreign"
    gateway.refund(settled_payment.intent_id, amount=Money(1_00, "USD"), refund_id=str(foreign.pk), key=key)
    settlement.follow(settled_payment, at=clock())
    foreign.refresh_from_db()
    assert (foreign.provider_id, foreign.state) == (None, "sent")
    assert settled_payment.refunds.count() == 1


def test_a_mark_on_a_refund_we_never_sent_is_not_believed(settled_payment, officer, clock):
    waiting = Refund.objects.create(
        payment=settled_payment,
        amount_minor=1_00,
        currency="USD",
        reason="",
        requested_by=officer,
        requested_at=clock(),
    )
    key = "ashar:forged"
    gateway.refund(settled_payment.intent_id, amount=Money(1_00, "USD"), refund_id=str(waiting.pk), key=key)
    settlement.follow(settled_payment, at=clock())
    waiting.refresh_from_db()
    assert (waiting.provider_id, waiting.state) == (None, "requested")


def test_a_dispute_opens_and_takes_the_gift_from_the_books(settled_payment, sandbox, charge_id, clock, school_fund):
    made = sandbox.dispute(charge_id)
    settlement.follow(settled_payment, at=clock())
    row = Dispute.objects.get()
    assert (row.provider_id, row.state, row.amount, row.seen_at) == (made["id"], "open", Money(50_00, "USD"), clock())
    assert (kinds(), sums_of(school_fund)) == (["charge", "dispute_withdrawn"], {})


@pytest.mark.parametrize(
    ("won", "state", "expected"),
    [
        (True, "won", ["charge", "dispute_withdrawn", "dispute_reinstated"]),
        (False, "lost", ["charge", "dispute_withdrawn"]),
    ],
)
def test_a_dispute_is_won_or_lost(settled_payment, sandbox, charge_id, clock, won, state, expected):
    made = sandbox.dispute(charge_id)
    settlement.follow(settled_payment, at=clock())
    sandbox.close_dispute(made["id"], won=won)
    settlement.follow(settled_payment, at=clock())
    assert (Dispute.objects.get().state, kinds()) == (state, expected)


def test_a_dispute_that_was_won_before_we_heard_of_it_ends_the_same(
    settled_payment, sandbox, charge_id, clock, school_fund
):
    before = sums_of(school_fund)
    sandbox.close_dispute(sandbox.dispute(charge_id)["id"], won=True)
    settlement.follow(settled_payment, at=clock())
    assert (Dispute.objects.get().state, sums_of(school_fund)) == ("won", before)


def seen_dispute(status: str) -> facts.Dispute:
    return facts.Dispute(id="dp_1", amount=Money(50_00, "USD"), status=status, transactions=())


@pytest.mark.parametrize(
    ("news", "state"),
    [
        (["needs_response"], "open"),
        (["warning_needs_response", "warning_closed"], "won"),
        (["prevented"], "won"),
        (["won", "under_review"], "won"),
        (["won", "lost"], "won"),
        (["lost", "won"], "won"),
        (["lost", "needs_response"], "lost"),
    ],
)
def test_late_news_never_take_a_dispute_back(settled_payment, clock, news, state):
    for status in news:
        _recognise(settled_payment, disputes=(seen_dispute(status),), at=clock())
    assert Dispute.objects.get().state == state


def seen_refund(status: str, failure: str = "") -> facts.Refund:
    return facts.Refund(
        id="re_1", refund_id="", amount=Money(5_00, "USD"), status=status, failure=failure, transactions=()
    )


@pytest.mark.parametrize(
    ("news", "state"),
    [
        (["pending"], "sent"),
        (["requires_action"], "sent"),
        (["pending", "succeeded", "pending"], "succeeded"),
        (["failed", "succeeded"], "failed"),
        (["canceled"], "failed"),
    ],
)
def test_late_news_never_take_a_refund_back(settled_payment, clock, news, state):
    for status in news:
        _recognise(settled_payment, refunds=(seen_refund(status),), at=clock())
    assert Refund.objects.get().state == state


def test_the_reason_of_a_failure_is_kept(settled_payment, clock):
    for _ in range(2):
        _recognise(settled_payment, refunds=(seen_refund("failed", "lost_or_stolen_card"),), at=clock())
    assert Refund.objects.get().failure == "lost_or_stolen_card"


def _recognise(payment, *, refunds=(), disputes=(), at) -> None:
    with transaction.atomic():
        returns.recognise_refunds(payment, refunds, at=at)
        returns.recognise_disputes(payment, disputes, at=at)


def intent_with(payment, *transactions: facts.Transaction) -> facts.Intent:
    refund = facts.Refund(
        id="re_9", refund_id="", amount=Money(1, "USD"), status="succeeded", failure="", transactions=transactions
    )
    return facts.Intent(
        id=payment.intent_id,
        payment_id=str(payment.pk),
        amount=payment.amount,
        livemode=False,
        charge=None,
        refunds=(refund,),
        disputes=(),
    )


def returned(minor: int, clock, *, currency: str = "USD") -> facts.Transaction:
    nothing = Money(0, "USD")
    return facts.Transaction(
        id="txn_9",
        kind="refund",
        gross=Money(minor, currency),
        settled_gross=Money(minor, "USD"),
        fee=nothing,
        net=Money(minor, "USD"),
        created_at=clock(),
    )


def test_more_refunded_than_paid_is_not_believed(settled_payment, clock):
    seen = settlement.Seen(None, intent_with(settled_payment, returned(-50_01, clock)))
    with pytest.raises(settlement.TooMuchRefunded):
        settlement._record(settled_payment, seen, at=clock())
    assert kinds() == ["charge"]


def test_a_return_in_another_currency_is_not_believed(settled_payment, clock):
    seen = settlement.Seen(None, intent_with(settled_payment, returned(-50_00, clock, currency="EUR")))
    with pytest.raises(settlement.OtherCurrency):
        settlement._record(settled_payment, seen, at=clock())
    assert kinds() == ["charge"]


def test_a_charge_of_another_sum_than_its_intent_is_not_believed(open_payment, sandbox, fresh_rates, clock):
    sandbox.pay(open_payment.session_id)
    session = gateway.session(open_payment.session_id)
    intent = gateway.intent(session.intent_id)
    partial = replace(intent, charge=replace(intent.charge, gross=Money(49_00, "USD")))
    with pytest.raises(settlement.OtherAmount):
        settlement._record(open_payment, settlement.Seen(session, partial), at=clock())
    assert kinds() == []


def test_a_return_before_its_charge_waits_for_it(open_payment, sandbox, clock):
    sandbox.pay(open_payment.session_id)
    session = gateway.session(open_payment.session_id)
    open_payment.intent_id = session.intent_id
    seen = settlement.Seen(session, intent_with(open_payment, returned(-1_00, clock)))
    assert settlement._record(open_payment, seen, at=clock()) == []
    assert (kinds(), Refund.objects.count()) == ([], 0)
