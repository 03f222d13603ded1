"""Checkout Session: made, found, listed, closed by hand or by time."""

import json

import pytest
import stripe

from tests.ashar.payments.sandbox.talking import SESSION, plain, priced


def test_a_new_session_is_open_and_says_what_was_asked(asking, sandbox, clock):
    page = asking.v1.checkout.sessions.create(SESSION)
    now = int(clock().timestamp())
    assert page.id.startswith("cs_test_a1")
    assert page.url == f"{sandbox.base_url}/pay/{page.id}"
    assert (page.status, page.payment_status, page.mode, page.ui_mode) == ("open", "unpaid", "payment", "hosted_page")
    assert (page.amount_total, page.amount_subtotal, page.currency) == (5000, 5000, "usd")
    assert (page.created, page.expires_at) == (now, now + 24 * 3600)
    assert (page.client_reference_id, page.customer_email) == (SESSION["client_reference_id"], "giver@example.org")
    assert page.metadata.to_dict() == SESSION["metadata"]
    assert (page.success_url, page.cancel_url) == (SESSION["success_url"], SESSION["cancel_url"])
    assert (page.locale, page.submit_type, page.livemode) == ("ru", "donate", False)
    assert (page.payment_intent, page.customer, page.customer_details) == (None, None, None)


def test_a_session_is_found_again_the_same(asking):
    made = asking.v1.checkout.sessions.create(SESSION)
    assert asking.v1.checkout.sessions.retrieve(made.id).to_dict() == made.to_dict()


def test_an_open_session_has_told_nobody(asking, sandbox):
    asking.v1.checkout.sessions.create(SESSION)
    assert sandbox.events() == []


def test_items_add_up(asking):
    def item(minor, quantity):
        price = {"currency": "eur", "unit_amount": minor, "product_data": {"name": "Кирпич"}}
        return {"quantity": quantity, "price_data": price}

    page = asking.v1.checkout.sessions.create(SESSION | {"line_items": [item(1050, 3), item(999, 1)]}, {})
    listed = asking.v1.checkout.sessions.line_items.list(page.id)
    assert page.amount_total == 4149
    assert [(row.description, row.quantity, row.amount_total) for row in listed.data] == [
        ("Кирпич", 3, 3150),
        ("Кирпич", 1, 999),
    ]
    assert asking.v1.checkout.sessions.line_items.list(page.id, {"limit": 1}).has_more is True


def test_won_have_no_decimals(asking):
    page = asking.v1.checkout.sessions.create(priced(70_000, "krw"))
    assert (page.amount_total, page.currency) == (70_000, "krw")


def test_the_currency_is_read_in_either_case(asking):
    assert asking.v1.checkout.sessions.create(priced(5000, "USD")).currency == "usd"


@pytest.mark.parametrize(("minor", "currency"), [(49, "usd"), (46, "eur"), (720, "krw"), (0, "usd")])
def test_too_small_a_sum_is_refused(asking, minor, currency):
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        asking.v1.checkout.sessions.create(priced(minor, currency))
    assert refusal.value.code == "amount_too_small"


@pytest.mark.parametrize(("minor", "currency"), [(50, "usd"), (47, "eur"), (721, "krw"), (99_999_999, "usd")])
def test_the_least_and_the_most_are_taken(asking, minor, currency):
    assert asking.v1.checkout.sessions.create(priced(minor, currency)).amount_total == minor


def test_too_large_a_sum_is_refused(asking):
    twice = [dict(priced(99_999_999, "usd")["line_items"][0], quantity=2)]
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        asking.v1.checkout.sessions.create(SESSION | {"line_items": twice})
    assert refusal.value.code == "amount_too_large"


def test_two_currencies_are_refused(asking):
    mixed = [*priced(5000, "usd")["line_items"], *priced(5000, "eur")["line_items"]]
    with pytest.raises(stripe.InvalidRequestError, match="same currency"):
        asking.v1.checkout.sessions.create(SESSION | {"line_items": mixed})


@pytest.mark.parametrize("ahead", [30 * 60, 3600, 24 * 3600])
def test_an_expiry_within_the_window_is_kept(asking, clock, ahead):
    moment = int(clock().timestamp()) + ahead
    assert asking.v1.checkout.sessions.create(SESSION | {"expires_at": moment}).expires_at == moment


@pytest.mark.parametrize("ahead", [-1, 0, 30 * 60 - 1, 24 * 3600 + 1])
def test_an_expiry_outside_the_window_is_refused(asking, clock, ahead):
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        asking.v1.checkout.sessions.create(SESSION | {"expires_at": int(clock().timestamp()) + ahead})
    assert refusal.value.param == "expires_at"


def test_closed_by_hand(asking, sandbox):
    page = asking.v1.checkout.sessions.create(SESSION)
    closed = asking.v1.checkout.sessions.expire(page.id)
    assert (closed.status, closed.payment_status, closed.url) == ("expired", "unpaid", None)
    assert [event["type"] for event in sandbox.events()] == ["checkout.session.expired"]
    assert sandbox.events()[0]["data"]["object"] == closed.to_dict()


@pytest.mark.parametrize(("finish", "state"), [("pay", "complete"), ("expire", "expired")])
def test_a_finished_session_cannot_be_closed(asking, sandbox, finish, state):
    page = asking.v1.checkout.sessions.create(SESSION)
    if finish == "pay":
        sandbox.pay(page.id)
    else:
        asking.v1.checkout.sessions.expire(page.id)
    with pytest.raises(stripe.InvalidRequestError, match=f"status of `{state}`"):
        asking.v1.checkout.sessions.expire(page.id)


def test_closed_by_time(asking, sandbox, clock):
    page = asking.v1.checkout.sessions.create(SESSION)
    clock.push(hours=23, minutes=59, seconds=59)
    assert asking.v1.checkout.sessions.retrieve(page.id).status == "open"
    clock.push(seconds=1)
    assert asking.v1.checkout.sessions.retrieve(page.id).status == "expired"
    assert [event["type"] for event in sandbox.events()] == ["checkout.session.expired"]


def test_time_leaves_a_paid_session_alone(asking, sandbox, clock):
    page = asking.v1.checkout.sessions.create(SESSION)
    sandbox.pay(page.id)
    clock.push(days=2)
    assert asking.v1.checkout.sessions.retrieve(page.id).status == "complete"
    assert sandbox.events("checkout.session.expired") == []


def test_an_expired_session_takes_its_tried_intent_with_it(asking, sandbox):
    page = asking.v1.checkout.sessions.create(SESSION)
    sandbox.pay(page.id, "4000000000000002")
    asking.v1.checkout.sessions.expire(page.id)
    intent = asking.v1.payment_intents.retrieve(sandbox.get(page.id)["payment_intent"])
    assert (intent.status, intent.cancellation_reason) == ("canceled", "expired")
    assert [event["type"] for event in sandbox.events()][-2:] == ["payment_intent.canceled", "checkout.session.expired"]


def test_a_customer_and_an_email_do_not_go_together(asking):
    customer = asking.v1.customers.create({"email": "bermet@example.org"})
    with pytest.raises(stripe.InvalidRequestError, match="customer_email"):
        asking.v1.checkout.sessions.create(SESSION | {"customer": customer.id})


def test_a_session_for_a_customer(asking, sandbox):
    customer = asking.v1.customers.create({"email": "bermet@example.org"})
    params = {name: value for name, value in SESSION.items() if name != "customer_email"}
    page = asking.v1.checkout.sessions.create(params | {"customer": customer.id})
    sandbox.pay(page.id)
    paid = asking.v1.checkout.sessions.retrieve(page.id, {"expand": ["customer", "payment_intent"]})
    assert (paid.customer.email, paid.payment_intent.customer) == ("bermet@example.org", customer.id)


def test_an_unknown_customer_is_refused(asking):
    params = {name: value for name, value in SESSION.items() if name != "customer_email"}
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        asking.v1.checkout.sessions.create(params | {"customer": "cus_none"})
    assert (refusal.value.code, refusal.value.http_status) == ("resource_missing", 400)


def test_a_customer_can_be_made_while_paying(asking, sandbox):
    page = asking.v1.checkout.sessions.create(SESSION | {"customer_creation": "always"})
    customer = asking.v1.customers.retrieve(sandbox.pay(page.id)["customer"])
    assert (customer.name, customer.email) == ("Айжан Осмонова", "aizhan@example.org")


def test_sessions_are_listed_newest_first_and_filtered(asking, sandbox):
    first, second, third = (asking.v1.checkout.sessions.create(SESSION).id for _ in range(3))
    sandbox.pay(second)
    asking.v1.checkout.sessions.expire(first)

    def listed(**filters):
        return [page.id for page in asking.v1.checkout.sessions.list(filters).data]

    assert listed() == [third, second, first]
    assert listed(status="open") == [third]
    assert listed(status="complete") == [second]
    assert listed(status="expired") == [first]
    assert listed(payment_intent=sandbox.get(second)["payment_intent"]) == [second]
    assert listed(payment_intent="pi_none") == []


def test_metadata_with_an_empty_value_is_left_out(sandbox):
    body = b"name=x&metadata[a]=1&metadata[b]="
    assert plain(sandbox.base_url, "POST", "/v1/customers", body=body).json["metadata"] == {"a": "1"}


def test_a_session_in_the_event_is_the_session_as_it_was(asking, sandbox):
    page = asking.v1.checkout.sessions.create(SESSION)
    paid = sandbox.pay(page.id)
    told = sandbox.events("checkout.session.completed")[0]["data"]["object"]
    assert json.dumps(told, sort_keys=True) == json.dumps(paid, sort_keys=True)


def test_a_customer_and_the_wish_for_one_do_not_go_together(asking):
    customer = asking.v1.customers.create({"email": "bermet@example.org"})
    params = {name: value for name, value in SESSION.items() if name != "customer_email"}
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        asking.v1.checkout.sessions.create(params | {"customer": customer.id, "customer_creation": "always"})
    assert refusal.value.param == "customer_creation"


def test_the_statement_text_goes_to_the_charge(asking, sandbox):
    data = {"statement_descriptor_suffix": "ASHAR 2026"}
    sandbox.pay(asking.v1.checkout.sessions.create(SESSION | {"payment_intent_data": data}).id)
    assert asking.v1.charges.list().data[0].statement_descriptor_suffix == "ASHAR 2026"
