"""`expand[]`: ids unless asked, objects when asked, and no further than Stripe goes."""

import pytest
import stripe

from tests.ashar.payments.sandbox.talking import SESSION


@pytest.fixture
def page_id(asking, sandbox):
    return sandbox.pay(asking.v1.checkout.sessions.create(SESSION).id)["id"]


def retrieved(asking, page_id, *paths):
    return asking.v1.checkout.sessions.retrieve(page_id, {"expand": list(paths)} if paths else {})


def test_without_asking_there_are_ids(asking, page_id):
    session = retrieved(asking, page_id)
    assert session.payment_intent.startswith("pi_3")
    assert "line_items" not in session
    intent = asking.v1.payment_intents.retrieve(session.payment_intent)
    assert intent.latest_charge.startswith("ch_3")
    assert asking.v1.charges.retrieve(intent.latest_charge).balance_transaction.startswith("txn_3")


def test_every_level_is_unfolded(asking, page_id):
    session = retrieved(asking, page_id, "payment_intent.latest_charge.balance_transaction.source")
    charge = session.payment_intent.latest_charge
    assert charge.balance_transaction.source.id == charge.id
    assert charge.balance_transaction.source.balance_transaction == charge.balance_transaction.id


def test_several_paths_share_their_beginning(asking, page_id):
    session = retrieved(asking, page_id, "payment_intent.payment_method", "payment_intent.latest_charge", "line_items")
    assert session.payment_intent.payment_method.card.last4 == "4242"
    assert session.payment_intent.latest_charge.amount == 5000
    assert [item.amount_total for item in session.line_items.data] == [5000]


def test_nothing_stays_nothing(asking):
    open_page = asking.v1.checkout.sessions.create(SESSION | {"expand": ["payment_intent.latest_charge", "customer"]})
    assert (open_page.payment_intent, open_page.customer) == (None, None)


def test_lists_unfold_each_row(asking, page_id):
    listed = asking.v1.checkout.sessions.list({"expand": ["data.payment_intent", "data.line_items"]})
    assert listed.data[0].payment_intent.status == "succeeded"
    assert listed.data[0].line_items.url == f"/v1/checkout/sessions/{page_id}/line_items"


def test_the_kept_object_is_not_touched(asking, sandbox, page_id):
    retrieved(asking, page_id, "payment_intent")
    assert sandbox.get(page_id)["payment_intent"].startswith("pi_3")


def test_a_dispute_unfolds_its_movements(asking, sandbox, page_id):
    charge = retrieved(asking, page_id, "payment_intent").payment_intent.latest_charge
    dispute = asking.v1.disputes.retrieve(
        sandbox.dispute(charge)["id"], {"expand": ["charge", "balance_transactions.source"]}
    )
    assert (dispute.charge.id, dispute.balance_transactions[0].source.id) == (charge, dispute.id)


@pytest.mark.parametrize(
    "path",
    [
        "colour",
        "amount_total",
        "payment_intent.colour",
        "payment_intent.amount",
        "line_items.colour",
        "data",
        "metadata.x",
        "",
    ],
)
def test_a_path_that_leads_nowhere_is_refused(asking, page_id, path):
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        retrieved(asking, page_id, path)
    assert refusal.value.http_status == 400


def test_five_levels_are_too_many(asking, page_id):
    with pytest.raises(stripe.InvalidRequestError, match="more than 4 levels"):
        retrieved(asking, page_id, "payment_intent.latest_charge.payment_intent.latest_charge.payment_intent")


def test_a_refused_expansion_undoes_the_request(asking, sandbox):
    with pytest.raises(stripe.InvalidRequestError):
        asking.v1.checkout.sessions.create(SESSION | {"expand": ["colour"]}, {"idempotency_key": "k"})
    assert asking.v1.checkout.sessions.list().data == []
    assert asking.v1.checkout.sessions.create(SESSION, {"idempotency_key": "k"}).status == "open"
