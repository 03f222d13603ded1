"""Event: listed, filtered, paged, and as it was when it happened."""

import pytest
import stripe
from django.conf import settings

from tests.ashar.payments.sandbox.talking import SESSION, plain


@pytest.fixture
def spread(asking, sandbox, clock):
    """Three sessions closed an hour apart; returns the events oldest first."""
    for _ in range(3):
        asking.v1.checkout.sessions.expire(asking.v1.checkout.sessions.create(SESSION).id)
        clock.push(hours=1)
    return sandbox.events()


def ids(listed):
    return [row.id for row in listed.data]


def test_newest_first(asking, spread):
    assert ids(asking.v1.events.list()) == [event["id"] for event in reversed(spread)]


def test_an_event_says_what_when_and_in_which_version(asking, spread, clock):
    event = asking.v1.events.retrieve(spread[0]["id"])
    assert (event.type, event.api_version, event.livemode) == (
        "checkout.session.expired",
        settings.STRIPE_API_VERSION,
        False,
    )
    assert event.created == int(clock().timestamp()) - 3 * 3600
    assert event.pending_webhooks == 0


def test_an_event_names_the_request_that_caused_it(asking, sandbox):
    page = asking.v1.checkout.sessions.create(SESSION)
    asking.v1.checkout.sessions.expire(page.id, {}, {"idempotency_key": "close-1"})
    (event,) = sandbox.events()
    assert event["request"]["idempotency_key"] == "close-1"
    assert event["request"]["id"].startswith("req_")


def test_what_happens_by_itself_names_no_request(asking, sandbox, clock):
    asking.v1.checkout.sessions.create(SESSION)
    clock.push(days=1)
    asking.v1.events.list()
    assert sandbox.events()[0]["request"] == {"id": None, "idempotency_key": None}


@pytest.mark.parametrize(("sign", "expected"), [("gt", [2]), ("gte", [2, 1]), ("lt", [0]), ("lte", [1, 0])])
def test_filtered_by_time(asking, spread, sign, expected):
    middle = spread[1]["created"]
    assert ids(asking.v1.events.list({"created": {sign: middle}})) == [spread[place]["id"] for place in expected]


def test_filtered_by_a_moment_and_a_range(asking, spread):
    assert ids(asking.v1.events.list({"created": spread[1]["created"]})) == [spread[1]["id"]]
    between = {"gt": spread[0]["created"], "lt": spread[2]["created"]}
    assert ids(asking.v1.events.list({"created": between})) == [spread[1]["id"]]


def test_filtered_by_type(asking, sandbox, spread):
    sandbox.pay(asking.v1.checkout.sessions.create(SESSION).id)
    assert len(asking.v1.events.list({"type": "checkout.session.expired"}).data) == 3
    kinds = asking.v1.events.list({"types": ["charge.succeeded", "payment_intent.succeeded"]}).data
    assert [event.type for event in kinds] == ["payment_intent.succeeded", "charge.succeeded"]


def test_paged_forth_and_back(asking, spread):
    oldest, middle, newest = (event["id"] for event in spread)
    first = asking.v1.events.list({"limit": 2})
    assert (ids(first), first.has_more) == ([newest, middle], True)
    rest = asking.v1.events.list({"limit": 2, "starting_after": middle})
    assert (ids(rest), rest.has_more) == ([oldest], False)
    back = asking.v1.events.list({"limit": 1, "ending_before": oldest})
    assert (ids(back), back.has_more) == ([middle], True)
    assert ids(asking.v1.events.list({"ending_before": middle})) == [newest]


def test_the_sdk_walks_all_pages(asking, spread):
    assert [event.id for event in asking.v1.events.list({"limit": 1}).auto_paging_iter()] == [
        e["id"] for e in reversed(spread)
    ]


def test_both_ways_at_once_is_refused(sandbox, spread):
    query = f"starting_after={spread[0]['id']}&ending_before={spread[1]['id']}"
    assert plain(sandbox.base_url, "GET", f"/v1/events?{query}").status == 400


def test_a_page_from_an_unknown_event_is_refused(asking):
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        asking.v1.events.list({"starting_after": "evt_none"})
    assert (refusal.value.code, refusal.value.http_status) == ("resource_missing", 400)


def test_the_event_stays_as_the_object_was(asking, sandbox):
    intent = sandbox.pay(asking.v1.checkout.sessions.create(SESSION).id)["payment_intent"]
    asking.v1.refunds.create({"payment_intent": intent})
    (told,) = sandbox.events("charge.succeeded")
    assert told["data"]["object"]["amount_refunded"] == 0
    assert asking.v1.events.retrieve(told["id"]).data.object.amount_refunded == 0


def test_ten_is_a_page(asking):
    for _ in range(11):
        asking.v1.customers.create({})
    page = asking.v1.customers.list()
    assert (len(page.data), page.has_more, page.url) == (10, True, "/v1/customers")


def test_customers_by_address(asking):
    mine = asking.v1.customers.create({"email": "a@example.org", "name": "Бермет", "preferred_locales": ["ru"]})
    asking.v1.customers.create({"email": "b@example.org"})
    assert ids(asking.v1.customers.list({"email": "a@example.org"})) == [mine.id]
    assert asking.v1.customers.retrieve(mine.id).to_dict() == mine.to_dict()


def test_balance_transactions_by_what_moved(asking, sandbox):
    intent = sandbox.pay(asking.v1.checkout.sessions.create(SESSION).id)["payment_intent"]
    refund = asking.v1.refunds.create({"payment_intent": intent, "amount": 100})
    assert ids(asking.v1.balance_transactions.list({"source": refund.id})) == [refund.balance_transaction]
    assert [row.type for row in asking.v1.balance_transactions.list({"type": "charge"}).data] == ["charge"]
    assert asking.v1.balance_transactions.list({"currency": "eur"}).data == []
