"""Dispute: the money leaves with a fee, and comes back when we win."""

import pytest
import stripe

from ashar.payments.sandbox.checkout import paying
from ashar.payments.sandbox.faults import Fault
from ashar.payments.sandbox.objects import refunds
from tests.ashar.payments.sandbox.talking import SESSION, priced


@pytest.fixture
def charge(asking, sandbox):
    page = asking.v1.checkout.sessions.create(SESSION).id
    intent = sandbox.pay(page)["payment_intent"]
    return asking.v1.payment_intents.retrieve(intent).latest_charge


def kinds(sandbox):
    return [event["type"] for event in sandbox.events() if event["type"].startswith("charge.dispute")]


def test_the_money_and_fifteen_dollars_leave(asking, sandbox, charge, clock):
    dispute = asking.v1.disputes.retrieve(sandbox.dispute(charge)["id"])
    assert (dispute.status, dispute.reason, dispute.amount, dispute.currency) == (
        "needs_response",
        "fraudulent",
        5000,
        "usd",
    )
    assert (dispute.charge, dispute.is_charge_refundable) == (charge, False)
    assert dispute.evidence_details.due_by == int(clock().timestamp()) + 7 * 86_400
    (out,) = dispute.balance_transactions
    assert (out.amount, out.fee, out.net) == (-5000, 1500, -6500)
    assert (out.type, out.reporting_category, out.source) == ("adjustment", "dispute", dispute.id)
    assert asking.v1.charges.retrieve(charge).disputed is True
    assert kinds(sandbox) == ["charge.dispute.created", "charge.dispute.funds_withdrawn"]


def test_the_first_event_has_no_movement_yet_and_the_second_has(sandbox, charge):
    sandbox.dispute(charge)
    created, withdrawn = (event["data"]["object"] for event in sandbox.events() if "dispute" in event["type"])
    assert (len(created["balance_transactions"]), len(withdrawn["balance_transactions"])) == (0, 1)


def test_won_the_money_comes_back_and_the_fee_stays(asking, sandbox, charge):
    dispute_id = sandbox.dispute(charge)["id"]
    sandbox.close_dispute(dispute_id, won=True)
    dispute = asking.v1.disputes.retrieve(dispute_id)
    assert dispute.status == "won"
    assert [(move.amount, move.fee, move.net) for move in dispute.balance_transactions] == [
        (-5000, 1500, -6500),
        (5000, 0, 5000),
    ]
    assert dispute.balance_transactions[1].reporting_category == "dispute_reversal"
    assert kinds(sandbox)[2:] == ["charge.dispute.funds_reinstated", "charge.dispute.closed"]


def test_lost_nothing_comes_back(asking, sandbox, charge):
    dispute_id = sandbox.dispute(charge)["id"]
    sandbox.close_dispute(dispute_id, won=False)
    dispute = asking.v1.disputes.retrieve(dispute_id)
    assert (dispute.status, len(dispute.balance_transactions)) == ("lost", 1)
    assert kinds(sandbox)[2:] == ["charge.dispute.closed"]


def test_closing_through_the_api_gives_in(asking, sandbox, charge):
    assert asking.v1.disputes.close(sandbox.dispute(charge)["id"]).status == "lost"


def test_a_closed_dispute_stays_closed(asking, sandbox, charge):
    dispute_id = sandbox.dispute(charge)["id"]
    sandbox.close_dispute(dispute_id, won=True)
    with pytest.raises(stripe.InvalidRequestError, match="already closed"):
        asking.v1.disputes.close(dispute_id)
    with pytest.raises(Fault, match="already closed"):
        sandbox.close_dispute(dispute_id, won=False)


@pytest.mark.parametrize(
    ("text", "status"), [("winning_evidence", "won"), ("losing_evidence", "lost"), ("We built it.", "under_review")]
)
def test_evidence_decides(asking, sandbox, charge, text, status):
    dispute_id = sandbox.dispute(charge)["id"]
    answered = asking.v1.disputes.update(dispute_id, {"evidence": {"uncategorized_text": text}})
    assert (answered.status, answered.evidence.uncategorized_text) == (status, text)
    assert (answered.evidence_details.has_evidence, answered.evidence_details.submission_count) == (True, 1)


def test_evidence_can_wait(asking, sandbox, charge):
    kept = {"evidence": {"uncategorized_text": "winning_evidence"}, "submit": False, "metadata": {"by": "finance"}}
    dispute = asking.v1.disputes.update(sandbox.dispute(charge)["id"], kept)
    assert (dispute.status, dispute.evidence_details.submission_count, dispute.metadata.to_dict()) == (
        "needs_response", 0, {"by": "finance"},
    )  # fmt: skip


def test_what_was_refunded_is_not_disputed(asking, sandbox, charge):
    asking.v1.refunds.create({"charge": charge, "amount": 2000})
    assert sandbox.dispute(charge)["amount"] == 3000


def test_a_part_can_be_disputed(sandbox, charge):
    assert sandbox.dispute(charge, amount=700)["balance_transactions"][0]["net"] == -2200


@pytest.mark.parametrize("amount", [0, -1, 5001])
def test_an_impossible_part_cannot(sandbox, charge, amount):
    with pytest.raises(Fault, match="cannot be disputed"):
        sandbox.dispute(charge, amount=amount)


def test_a_charge_is_disputed_once(sandbox, charge):
    sandbox.dispute(charge)
    with pytest.raises(Fault, match="cannot be disputed"):
        sandbox.dispute(charge)


def test_a_failed_charge_is_not_disputed(asking, sandbox):
    page = asking.v1.checkout.sessions.create(SESSION).id
    sandbox.pay(page, "4000000000000002")
    with pytest.raises(Fault, match="cannot be disputed"):
        sandbox.dispute(asking.v1.charges.list().data[0].id)


def test_an_unknown_charge_is_missing(sandbox):
    with pytest.raises(Fault, match="No such charge"):
        sandbox.dispute("ch_none")


def test_a_dispute_in_won_moves_dollars(asking, sandbox):
    intent = sandbox.pay(asking.v1.checkout.sessions.create(priced(70_000, "krw")).id)["payment_intent"]
    dispute = sandbox.dispute(asking.v1.payment_intents.retrieve(intent).latest_charge)
    out = dispute["balance_transactions"][0]
    assert (dispute["amount"], dispute["currency"], out["amount"], out["net"], out["currency"]) == (
        70_000,
        "krw",
        -4858,
        -6358,
        "usd",
    )


def test_disputes_are_listed(asking, sandbox, charge):
    dispute = sandbox.dispute(charge)
    assert [row.id for row in asking.v1.disputes.list({"charge": charge}).data] == [dispute["id"]]
    assert [row.id for row in asking.v1.disputes.list({"payment_intent": dispute["payment_intent"]}).data] == [
        dispute["id"]
    ]
    assert asking.v1.disputes.list({"charge": "ch_none"}).data == []


def test_a_dispute_before_the_charge_settled_settles_it_first(asking, sandbox):
    sandbox.switch(settle_after=60)
    page = asking.v1.checkout.sessions.create(SESSION).id
    intent = sandbox.pay(page, "4000000000000259")["payment_intent"]
    assert asking.v1.disputes.list({"payment_intent": intent}).data[0].status == "needs_response"
    assert [move.type for move in asking.v1.balance_transactions.list().data] == ["adjustment", "charge"]


def test_a_refund_that_comes_first_leaves_the_dispute_card_nothing(asking, sandbox):
    page = asking.v1.checkout.sessions.create(SESSION).id
    with sandbox.account.store.transaction():
        intent = paying.pay_at_once(sandbox.account, page, "4000000000000259", approve=True)["payment_intent"]
        refunds.create(sandbox.account, {"payment_intent": intent})
    assert asking.v1.disputes.list().data == []
    assert [move.type for move in asking.v1.balance_transactions.list().data] == ["refund", "charge"]
