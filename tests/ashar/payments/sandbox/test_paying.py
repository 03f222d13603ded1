"""Paying with the test cards: what each leaves behind, and that nothing is charged twice."""

import threading

import pytest

from ashar.payments.sandbox import Sandbox
from ashar.payments.sandbox.cards import known
from ashar.payments.sandbox.checkout import paying
from ashar.payments.sandbox.objects import sessions
from tests.ashar.payments.sandbox.talking import SESSION, priced

DEEP = {"expand": ["payment_intent.latest_charge.balance_transaction"]}


@pytest.fixture
def page_id(asking):
    return asking.v1.checkout.sessions.create(SESSION).id


def kinds(sandbox):
    return [event["type"] for event in sandbox.events()]


def test_a_good_card_pays(asking, sandbox, page_id, clock):
    paid = sandbox.pay(page_id)
    assert (paid["status"], paid["payment_status"], paid["url"]) == ("complete", "paid", None)
    assert (paid["customer_details"]["name"], paid["customer_details"]["email"]) == (
        "Айжан Осмонова",
        "aizhan@example.org",
    )
    intent = asking.v1.checkout.sessions.retrieve(page_id, DEEP).payment_intent
    assert (intent.status, intent.amount, intent.amount_received, intent.currency) == ("succeeded", 5000, 5000, "usd")
    assert (intent.metadata.to_dict(), intent.description) == ({"payment": "7f1c0a52"}, "Мектептин чатыры")
    charge = intent.latest_charge
    assert (charge.status, charge.paid, charge.captured, charge.disputed, charge.refunded) == (
        "succeeded",
        True,
        True,
        False,
        False,
    )
    assert (charge.amount, charge.amount_captured, charge.amount_refunded) == (5000, 5000, 0)
    assert (charge.payment_intent, charge.metadata.to_dict()) == (intent.id, {"payment": "7f1c0a52"})
    assert (charge.billing_details.email, charge.payment_method_details.card.last4) == ("aizhan@example.org", "4242")
    moved = charge.balance_transaction
    assert (moved.amount, moved.fee, moved.net, moved.currency, moved.exchange_rate) == (5000, 175, 4825, "usd", None)
    assert (moved.source, moved.type, moved.reporting_category) == (charge.id, "charge", "charge")
    assert [(fee.amount, fee.type) for fee in moved.fee_details] == [(175, "stripe_fee")]
    assert moved.created == int(clock().timestamp())
    assert kinds(sandbox) == [
        "payment_intent.created", "charge.succeeded", "payment_intent.succeeded", "checkout.session.completed",
        "charge.updated",
    ]  # fmt: skip


def test_won_settle_in_dollars(asking, sandbox):
    page_id = asking.v1.checkout.sessions.create(priced(70_000, "krw")).id
    sandbox.pay(page_id)
    moved = asking.v1.checkout.sessions.retrieve(page_id, DEEP).payment_intent.latest_charge.balance_transaction
    assert (moved.amount, moved.fee, moved.net, moved.currency, moved.exchange_rate) == (
        4858,
        171,
        4687,
        "usd",
        0.000694,
    )


def test_the_balance_transaction_comes_after_the_charge(sandbox, page_id):
    sandbox.pay(page_id)
    first, later = sandbox.events("charge.succeeded")[0]["data"], sandbox.events("charge.updated")[0]["data"]
    assert first["object"]["balance_transaction"] is None
    assert later["object"]["balance_transaction"].startswith("txn_3")
    assert later["previous_attributes"] == {"balance_transaction": None}


def test_the_balance_transaction_can_be_made_to_wait(asking, sandbox, page_id, clock):
    sandbox.switch(settle_after=60)
    sandbox.pay(page_id)
    assert asking.v1.checkout.sessions.retrieve(page_id, DEEP).payment_intent.latest_charge.balance_transaction is None
    assert "charge.updated" not in kinds(sandbox)
    clock.push(seconds=60)
    assert (
        asking.v1.checkout.sessions.retrieve(page_id, DEEP).payment_intent.latest_charge.balance_transaction.net == 4825
    )
    assert kinds(sandbox)[-1] == "charge.updated"


def test_the_balance_becomes_available(asking, sandbox, page_id, clock):
    sandbox.pay(page_id)
    moved = asking.v1.balance_transactions.list().data[0]
    assert moved.status == "pending"
    clock.push(days=2)
    assert asking.v1.balance_transactions.retrieve(moved.id).status == "available"
    assert moved.available_on <= int(clock().timestamp())


@pytest.mark.parametrize(
    ("card", "code", "reason"),
    [
        ("4000000000000002", "card_declined", "generic_decline"),
        ("4000000000009995", "card_declined", "insufficient_funds"),
        ("4000000000000069", "expired_card", "expired_card"),
        ("4000000000000127", "incorrect_cvc", "incorrect_cvc"),
        ("4000000000000119", "processing_error", "processing_error"),
        ("4111111111111111", "card_declined", "test_mode_live_card"),
    ],
)
def test_a_declined_card_leaves_the_session_open(asking, sandbox, page_id, card, code, reason):
    session = sandbox.pay(page_id, card)
    assert (session["status"], session["payment_status"]) == ("open", "unpaid")
    intent = asking.v1.payment_intents.retrieve(session["payment_intent"], {"expand": ["latest_charge"]})
    assert (intent.status, intent.amount_received, intent.payment_method) == ("requires_payment_method", 0, None)
    error = intent.last_payment_error
    assert (error.code, error.decline_code, error.type, error.charge) == (
        code,
        reason,
        "card_error",
        intent.latest_charge.id,
    )
    charge = intent.latest_charge
    assert (charge.status, charge.paid, charge.captured, charge.balance_transaction) == ("failed", False, False, None)
    assert (charge.failure_code, charge.outcome.reason, charge.outcome.type) == (code, reason, "issuer_declined")
    assert kinds(sandbox) == ["payment_intent.created", "charge.failed", "payment_intent.payment_failed"]
    assert asking.v1.balance_transactions.list().data == []


def test_after_a_decline_another_card_pays_the_same_intent(asking, sandbox, page_id):
    tried = sandbox.pay(page_id, "4000000000000002")["payment_intent"]
    assert sandbox.pay(page_id)["payment_intent"] == tried
    intent = asking.v1.payment_intents.retrieve(tried)
    assert (intent.status, intent.last_payment_error) == ("succeeded", None)
    charges = asking.v1.charges.list({"payment_intent": tried}).data
    assert [charge.status for charge in charges] == ["succeeded", "failed"]
    assert kinds(sandbox).count("payment_intent.created") == 1


def test_the_bank_asks_and_is_answered(asking, sandbox, page_id):
    sandbox.pay(page_id, "4000002500003155")
    intent = asking.v1.payment_intents.retrieve(sandbox.get(page_id)["payment_intent"], {"expand": ["latest_charge"]})
    assert (intent.status, intent.next_action) == ("succeeded", None)
    assert intent.latest_charge.payment_method_details.card.three_d_secure.result == "authenticated"
    assert kinds(sandbox)[:3] == ["payment_intent.created", "payment_intent.requires_action", "charge.succeeded"]


def test_while_the_bank_asks_the_intent_waits(asking, sandbox, page_id):
    outcome = paying.pay(sandbox.account, page_id, known("4000002500003155"), name="Бермет", email="bermet@example.org")
    intent = asking.v1.payment_intents.retrieve(sandbox.get(page_id)["payment_intent"])
    assert (outcome.step, intent.status, intent.latest_charge) == ("asked", "requires_action", None)
    assert intent.next_action.redirect_to_url.url == f"{sandbox.base_url}/pay/{page_id}/confirm"


def test_the_giver_may_not_confirm(asking, sandbox, page_id):
    session = sandbox.pay(page_id, "4000002500003155", approve=False)
    intent = asking.v1.payment_intents.retrieve(session["payment_intent"])
    assert (session["status"], intent.status, intent.latest_charge) == ("open", "requires_payment_method", None)
    assert intent.last_payment_error.code == "payment_intent_authentication_failure"
    assert kinds(sandbox) == [
        "payment_intent.created",
        "payment_intent.requires_action",
        "payment_intent.payment_failed",
    ]
    assert sandbox.pay(page_id)["payment_status"] == "paid"


def test_answering_the_bank_after_paying_changes_nothing(sandbox, page_id):
    sandbox.pay(page_id, "4000002500003155")
    before = sandbox.events()
    assert paying.authenticate(sandbox.account, page_id, approved=False).step == "paid"
    assert sandbox.events() == before


def test_answering_a_bank_that_asked_nothing_changes_nothing(sandbox, page_id):
    assert paying.authenticate(sandbox.account, page_id, approved=True).step == "declined"
    assert sandbox.events() == []


def test_paying_twice_pays_once(asking, sandbox, page_id):
    first = sandbox.pay(page_id)
    assert sandbox.pay(page_id) == first
    assert len(asking.v1.charges.list().data) == 1


def test_many_at_once_pay_once(asking, sandbox, page_id):
    started = threading.Barrier(8)

    def pay():
        started.wait()
        sandbox.pay(page_id)

    hands = [threading.Thread(target=pay) for _ in range(8)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert len(asking.v1.charges.list().data) == 1
    assert len(asking.v1.balance_transactions.list().data) == 1
    assert kinds(sandbox).count("checkout.session.completed") == 1


def test_an_expired_session_cannot_be_paid(asking, sandbox, page_id):
    asking.v1.checkout.sessions.expire(page_id)
    assert sandbox.pay(page_id)["payment_status"] == "unpaid"
    assert asking.v1.charges.list().data == []


def test_the_dispute_card_is_disputed_after_it_settled(asking, sandbox, page_id):
    sandbox.pay(page_id, "4000000000000259")
    assert kinds(sandbox)[-3:] == ["charge.updated", "charge.dispute.created", "charge.dispute.funds_withdrawn"]
    assert asking.v1.disputes.list().data[0].reason == "fraudulent"


def test_the_settlement_currency_is_an_option(clock):
    with Sandbox(clock=clock, settlement="eur") as european:
        page_id = sessions.create(european.account, SESSION)
        european.pay(page_id["id"])
        moved = european.account.store.find("balance_transaction")[0]
    assert (moved["amount"], moved["fee"], moved["net"], moved["currency"]) == (4610, 162, 4448, "eur")
    assert moved["exchange_rate"] == 0.921913893
