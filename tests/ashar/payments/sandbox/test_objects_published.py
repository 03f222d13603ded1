"""Every object the sandbox shows is one that Stripe could have shown."""

import pytest
from django.conf import settings

from tests.ashar.payments.sandbox.talking import SESSION, plain, priced

EXPANDED = [
    "payment_intent.latest_charge.balance_transaction",
    "payment_intent.payment_method",
    "line_items",
    "customer",
]


def walked(node):
    """Yield every object in an answer, however deep."""
    if isinstance(node, list):
        for part in node:
            yield from walked(part)
    elif isinstance(node, dict):
        if isinstance(node.get("object"), str) and node["object"] != "list":
            yield node
        for part in node.values():
            yield from walked(part)


def test_our_api_version_is_the_published_one(published_description):
    assert published_description.version == settings.STRIPE_API_VERSION


@pytest.fixture
def everything(asking, sandbox):
    """Live through all that can happen and return every object as the API shows it, expanded and not."""
    api = asking.v1
    for card in ("4242424242424242", "4000002500003155", "4000000000000002", "4000000000000259", "4000000000005126",
                 "4000000000007726"):  # fmt: skip
        page = api.checkout.sessions.create(priced(70_000, "krw", customer_creation="always"))
        sandbox.pay(page.id, card)
        intent = sandbox.get(page.id)["payment_intent"]
        if card in {"4242424242424242", "4000000000005126", "4000000000007726"}:
            api.refunds.create({"payment_intent": intent, "amount": 20_000, "reason": "requested_by_customer"})
    api.checkout.sessions.expire(api.checkout.sessions.create(SESSION).id)
    sandbox.close_dispute(sandbox.events("charge.dispute.created")[0]["data"]["object"]["id"])
    waiting = api.checkout.sessions.create(SESSION)
    answers = [row.to_dict(for_json=True) for row in api.events.list({"limit": 100}).auto_paging_iter()]
    answers += [api.checkout.sessions.retrieve(page.id, {"expand": EXPANDED}).to_dict(for_json=True) for page in
                api.checkout.sessions.list({"limit": 100}).data]  # fmt: skip
    answers += [row.to_dict(for_json=True) for row in api.refunds.list({"expand": ["data.charge.refunds", "data.balance_transaction",
                                                                      "data.failure_balance_transaction"]}).data]  # fmt: skip
    for listed in (api.payment_intents, api.charges, api.balance_transactions, api.disputes, api.customers):
        answers += [row.to_dict(for_json=True) for row in listed.list({"limit": 100}).data]
    answers += [api.disputes.list({"expand": ["data.charge", "data.payment_intent"]}).data[0].to_dict(for_json=True)]
    answers += [api.balance_transactions.list({"limit": 100, "expand": ["data.source"]}).to_dict(for_json=True)]
    return [*answers, waiting.to_dict(for_json=True)]


def test_every_object_meets_the_published_description(everything, published_description):
    shown = list(walked(everything))
    assert [fault for one in shown for fault in published_description.faults(one)] == []
    assert {one["object"] for one in shown} == {
        "balance_transaction", "charge", "checkout.session", "customer", "dispute", "event", "item", "payment_intent",
        "payment_method", "price", "refund",
    }  # fmt: skip


def test_the_judge_refuses_a_corrupted_object(everything, published_description):
    session = next(one for one in walked(everything) if one["object"] == "checkout.session")
    assert published_description.faults(session | {"amount_total": "5000"})
    assert published_description.faults(session | {"payment_status": "perhaps"})
    assert published_description.faults(session | {"colour": "red"}) == ["colour"]


def test_the_faults_that_the_sandbox_answers_meet_the_published_description(sandbox, published_description):
    refused = plain(sandbox.base_url, "POST", "/v1/checkout/sessions", body=b"mode=payment")
    judged = refused.error | {"object": "api_errors"}
    published_description.fields["api_errors"].add("object")
    assert published_description.faults(judged) == []


def test_every_type_of_event_that_is_sent_is_a_published_one(everything, stripe_mock):
    kinds = {one["type"] for one in walked(everything) if one["object"] == "event"}
    body = "&".join(f"enabled_events[]={kind}" for kind in sorted(kinds)) + "&url=https://example.org/"
    assert plain(stripe_mock, "POST", "/v1/webhook_endpoints", body=body.encode()).status == 200
    assert (
        plain(stripe_mock, "POST", "/v1/webhook_endpoints", body=body.encode() + b"&enabled_events[]=no.such").status
        == 400
    )
    assert kinds == {
        "charge.dispute.closed", "charge.dispute.created", "charge.dispute.funds_reinstated",
        "charge.dispute.funds_withdrawn", "charge.failed", "charge.refunded", "charge.succeeded", "charge.updated",
        "checkout.session.completed", "checkout.session.expired", "payment_intent.created",
        "payment_intent.payment_failed", "payment_intent.requires_action", "payment_intent.succeeded", "refund.created",
        "refund.failed", "refund.updated",
    }  # fmt: skip
