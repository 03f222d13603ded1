"""Refund: whole, in parts, never too much, and sometimes sent back by the bank."""

import threading

import pytest
import stripe

from tests.ashar.payments.sandbox.talking import SESSION, plain, priced


@pytest.fixture
def paid(asking, sandbox):
    """Return a function that pays a session and returns its intent's id."""

    def pay(params=SESSION, card="4242424242424242"):
        return sandbox.pay(asking.v1.checkout.sessions.create(params).id, card)["payment_intent"]

    return pay


def charge_of(asking, intent):
    return asking.v1.payment_intents.retrieve(intent, {"expand": ["latest_charge"]}).latest_charge


def test_a_whole_refund(asking, sandbox, paid, clock):
    intent = paid()
    refund = asking.v1.refunds.create(
        {"payment_intent": intent, "expand": ["balance_transaction"], "metadata": {"refund": "r1"}}
    )
    charge = charge_of(asking, intent)
    assert (refund.status, refund.amount, refund.currency, refund.charge) == ("succeeded", 5000, "usd", charge.id)
    assert (refund.payment_intent, refund.metadata.to_dict(), refund.reason) == (intent, {"refund": "r1"}, None)
    moved = refund.balance_transaction
    assert (moved.amount, moved.fee, moved.net, moved.type, moved.source) == (-5000, 0, -5000, "refund", refund.id)
    assert moved.created == int(clock().timestamp())
    assert (charge.amount_refunded, charge.refunded) == (5000, True)
    assert [event["type"] for event in sandbox.events()][-2:] == ["charge.refunded", "refund.created"]


def test_the_event_tells_what_changed_on_the_charge(asking, sandbox, paid):
    asking.v1.refunds.create({"payment_intent": paid(), "amount": 2000})
    told = sandbox.events("charge.refunded")[0]["data"]
    assert (told["object"]["amount_refunded"], told["object"]["refunded"]) == (2000, False)
    assert told["previous_attributes"] == {"amount_refunded": 0, "refunded": False}


def test_a_refund_by_its_charge(asking, paid):
    intent = paid()
    refund = asking.v1.refunds.create({"charge": charge_of(asking, intent).id, "amount": 1})
    assert (refund.amount, refund.payment_intent) == (1, intent)


def test_parts_until_nothing_is_left(asking, paid):
    intent = paid()
    sums = [asking.v1.refunds.create({"payment_intent": intent, "amount": part}).amount for part in (1000, 1500)]
    sums.append(asking.v1.refunds.create({"payment_intent": intent}).amount)
    assert sums == [1000, 1500, 2500]
    assert charge_of(asking, intent).refunded is True
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        asking.v1.refunds.create({"payment_intent": intent})
    assert refusal.value.code == "charge_already_refunded"


def test_more_than_is_left_is_refused(asking, paid):
    intent = paid()
    asking.v1.refunds.create({"payment_intent": intent, "amount": 3000})
    with pytest.raises(
        stripe.InvalidRequestError, match=r"\$20\.01\) is greater than unrefunded amount on charge \(\$20\.00\)"
    ):
        asking.v1.refunds.create({"payment_intent": intent, "amount": 2001})
    assert charge_of(asking, intent).amount_refunded == 3000


def test_won_are_refunded_in_whole_won(asking, paid):
    intent = paid(priced(70_000, "krw"))
    refund = asking.v1.refunds.create({"payment_intent": intent, "amount": 30_001, "expand": ["balance_transaction"]})
    assert (refund.amount, refund.balance_transaction.amount, refund.balance_transaction.currency) == (
        30_001,
        -2082,
        "usd",
    )


def test_twenty_at_once_never_give_back_too_much(asking, sandbox, paid):
    intent, started, answers = paid(), threading.Barrier(20), []

    def refund(number):
        started.wait()
        body = f"payment_intent={intent}&amount=1000".encode()
        answers.append(plain(sandbox.base_url, "POST", "/v1/refunds", body=body, idempotency_key=f"r{number}").status)

    hands = [threading.Thread(target=refund, args=(number,)) for number in range(20)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sorted(answers) == [200] * 5 + [400] * 15
    assert charge_of(asking, intent).amount_refunded == 5000


@pytest.mark.parametrize(
    ("card", "message"),
    [("4000000000000002", "does not have a successful charge"), ("4000000000000259", "has been charged back")],
)
def test_what_cannot_be_refunded(asking, paid, card, message):
    intent = paid(card=card)
    with pytest.raises(stripe.InvalidRequestError, match=message):
        asking.v1.refunds.create({"payment_intent": intent})


def test_a_failed_charge_cannot_be_refunded(asking, paid):
    failed = charge_of(asking, paid(card="4000000000000002"))
    with pytest.raises(stripe.InvalidRequestError, match="did not succeed"):
        asking.v1.refunds.create({"charge": failed.id})


@pytest.mark.parametrize("noun", ["charge", "payment_intent"])
def test_an_unknown_one_is_missing(asking, noun):
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        asking.v1.refunds.create({noun: "xx_none"})
    assert (refusal.value.code, refusal.value.param) == ("resource_missing", noun)


def check_failed(asking, sandbox, refund_id):
    refund = asking.v1.refunds.retrieve(refund_id, {"expand": ["failure_balance_transaction", "charge"]})
    back = refund.failure_balance_transaction
    assert (refund.status, refund.failure_reason) == ("failed", "expired_or_canceled_card")
    assert (back.amount, back.fee, back.net, back.type, back.source) == (2000, 0, 2000, "refund_failure", refund.id)
    assert (refund.charge.amount_refunded, refund.charge.refunded) == (0, False)
    assert [event["type"] for event in sandbox.events()][-3:] == ["charge.updated", "refund.updated", "refund.failed"]


def test_the_card_whose_refunds_fail(asking, sandbox, paid):
    refund = asking.v1.refunds.create({"payment_intent": paid(card="4000000000005126"), "amount": 2000})
    assert refund.status == "succeeded"
    check_failed(asking, sandbox, refund.id)


def test_the_switch_that_makes_refunds_fail(asking, sandbox, paid):
    sandbox.switch(fail_refunds=True)
    refund = asking.v1.refunds.create({"payment_intent": paid(), "amount": 2000})
    check_failed(asking, sandbox, refund.id)


def test_a_refund_made_to_fail_later(asking, sandbox, paid, clock):
    refund = asking.v1.refunds.create({"payment_intent": paid(), "amount": 2000})
    clock.push(days=3)
    assert sandbox.fail_refund(refund.id)["status"] == "failed"
    check_failed(asking, sandbox, refund.id)


def test_a_refund_fails_once(asking, sandbox, paid):
    refund = asking.v1.refunds.create({"payment_intent": paid()})
    first = sandbox.fail_refund(refund.id)
    assert sandbox.fail_refund(refund.id) == first
    assert len(sandbox.events("refund.failed")) == 1


def test_after_a_failed_refund_another_is_possible(asking, sandbox, paid):
    intent = paid()
    sandbox.fail_refund(asking.v1.refunds.create({"payment_intent": intent}).id)
    assert asking.v1.refunds.create({"payment_intent": intent}).amount == 5000
    assert charge_of(asking, intent).amount_refunded == 5000


def test_the_card_whose_refunds_wait(asking, sandbox, paid):
    refund = asking.v1.refunds.create({"payment_intent": paid(card="4000000000007726")})
    assert refund.status == "pending"
    assert asking.v1.refunds.retrieve(refund.id).status == "succeeded"
    told = sandbox.events("refund.updated")[0]["data"]
    assert (told["object"]["status"], told["previous_attributes"]) == ("succeeded", {"status": "pending"})


def test_a_waiting_refund_that_fails_does_not_arrive_after(asking, sandbox, paid):
    refund = asking.v1.refunds.create({"payment_intent": paid(card="4000000000007726"), "amount": 2000})
    sandbox.fail_refund(refund.id)
    check_failed(asking, sandbox, refund.id)


def test_refunds_are_listed_by_what_they_return(asking, paid):
    mine, other = paid(), paid()
    first, second = (asking.v1.refunds.create({"payment_intent": mine, "amount": 100}).id for _ in range(2))
    foreign = asking.v1.refunds.create({"payment_intent": other, "amount": 100}).id
    charge = charge_of(asking, mine).id
    assert [row.id for row in asking.v1.refunds.list().data] == [foreign, second, first]
    assert [row.id for row in asking.v1.refunds.list({"payment_intent": mine}).data] == [second, first]
    assert [row.id for row in asking.v1.refunds.list({"charge": charge}).data] == [second, first]
    shown = asking.v1.charges.retrieve(charge, {"expand": ["refunds"]})
    assert [row.id for row in shown.refunds.data] == [second, first]


def test_a_refund_before_the_charge_settled_settles_it_first(asking, sandbox, paid):
    sandbox.switch(settle_after=3600)
    asking.v1.refunds.create({"payment_intent": paid()})
    moves = asking.v1.balance_transactions.list().data
    assert [move.type for move in moves] == ["refund", "charge"]
    assert [event["type"] for event in sandbox.events()][-3:] == ["charge.updated", "charge.refunded", "refund.created"]
