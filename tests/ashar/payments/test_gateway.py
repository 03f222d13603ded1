"""The only door to the SDK: what goes out, what comes in, and the two ways it fails."""

import socket
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as configured

from ashar.money import Money
from ashar.payments import facts, gateway

ROOM = Path(gateway.__file__).parent


@pytest.fixture
def order(clock) -> facts.Order:
    return facts.Order(
        payment_id="5f0c8c1e-2b7d-4a5e-9d53-0c9a5f1f7b11",
        amount=Money(50_00, "USD"),
        subject="Көк-Булак мектеби",
        email="giver@example.org",
        language="ky",
        success_url="http://localhost:8000/ky/thanks/",
        cancel_url="http://localhost:8000/ky/give/",
        expires_at=clock() + timedelta(hours=1),
    )


@pytest.fixture
def paid_session(order, sandbox) -> facts.Session:
    session = gateway.open_session(order, key="ashar:test:1")
    sandbox.pay(session.id)
    return gateway.session(session.id)


def test_the_hosted_page_carries_our_marks_our_sum_and_our_words(order, sandbox):
    session = gateway.open_session(order, key="ashar:test:1")
    made = sandbox.get(session.id)
    marks = {"payment": str(order.payment_id), "language": "ky"}
    assert made["metadata"] == marks
    assert made["client_reference_id"] == str(order.payment_id)
    assert (made["mode"], made["submit_type"], made["currency"], made["amount_total"]) == (
        "payment",
        "donate",
        "usd",
        50_00,
    )
    assert made["expires_at"] == int(order.expires_at.timestamp())
    assert (made["success_url"], made["cancel_url"]) == (order.success_url, order.cancel_url)
    assert made["customer_email"] == "giver@example.org"
    assert session == facts.Session(
        id=made["id"],
        url=made["url"],
        status="open",
        payment_id=str(order.payment_id),
        intent_id="",
        amount=order.amount,
        livemode=False,
    )


@pytest.mark.parametrize(("language", "locale"), [("ky", "auto"), ("ru", "ru"), ("en", "en")])
def test_the_page_speaks_our_language_where_it_can(order, sandbox, language, locale):
    session = gateway.open_session(replace(order, language=language), key="ashar:test:1")
    assert sandbox.get(session.id)["locale"] == locale


def test_without_an_address_the_page_asks_for_one(order, sandbox):
    session = gateway.open_session(replace(order, email=""), key="ashar:test:1")
    assert sandbox.get(session.id)["customer_email"] is None


def test_a_currency_without_decimals_is_sent_whole(order, sandbox):
    session = gateway.open_session(replace(order, amount=Money(70_000, "KRW")), key="ashar:test:1")
    assert sandbox.get(session.id)["amount_total"] == 70_000
    assert session.amount == Money(70_000, "KRW")


def test_one_key_is_one_page(order, sandbox):
    first = gateway.open_session(order, key="ashar:test:1")
    assert gateway.open_session(order, key="ashar:test:1") == first
    assert gateway.open_session(order, key="ashar:test:2").id != first.id


def test_one_key_with_two_orders_is_refused(order, sandbox):
    gateway.open_session(order, key="ashar:test:1")
    with pytest.raises(gateway.ProviderRefused) as refusal:
        gateway.open_session(replace(order, subject="Other"), key="ashar:test:1")
    assert refusal.value.facts == {"reason": "IdempotencyError", "status": 400}


def test_the_marks_are_on_the_intent_too(paid_session, order, sandbox):
    intent = sandbox.get(paid_session.intent_id)
    assert intent["metadata"] == {"payment": str(order.payment_id), "language": "ky"}
    assert intent["description"] == order.subject


def test_a_paid_intent_comes_with_its_charge_and_the_fee(paid_session, order, clock):
    intent = gateway.intent(paid_session.intent_id)
    assert (paid_session.status, intent.id, intent.payment_id) == ("complete", paid_session.intent_id, order.payment_id)
    assert (intent.amount, intent.livemode, intent.refunds, intent.disputes) == (order.amount, False, (), ())
    charge = intent.charge
    assert (charge.kind, charge.gross, charge.created_at) == ("charge", Money(50_00, "USD"), clock())
    assert (charge.settled_gross.minor, charge.fee.minor, charge.net.minor) == (50_00, 1_75, 48_25)
    assert intent.transactions() == [charge]


def test_a_declined_intent_has_no_movement(order, sandbox):
    session = gateway.open_session(order, key="ashar:test:1")
    sandbox.pay(session.id, card="4000000000000002")
    intent = gateway.intent(gateway.session(session.id).intent_id)
    assert (intent.charge, intent.transactions()) == (None, [])


def test_refunds_and_disputes_come_in_the_order_they_happened(paid_session, sandbox, clock):
    charge_id = sandbox.get(paid_session.intent_id)["latest_charge"]
    clock.forward(seconds=1)
    refund = gateway.refund(paid_session.intent_id, amount=Money(20_00, "USD"), refund_id="r-1", key="ashar:refund:1")
    clock.forward(seconds=1)
    sandbox.fail_refund(refund.id)
    clock.forward(seconds=1)
    dispute = sandbox.dispute(charge_id)
    clock.forward(seconds=1)
    sandbox.close_dispute(dispute["id"], won=True)
    intent = gateway.intent(paid_session.intent_id)
    assert [(part.kind, part.gross.minor) for part in intent.transactions()] == [
        ("charge", 50_00),
        ("refund", -20_00),
        ("refund_failed", 20_00),
        ("dispute_withdrawn", -50_00),
        ("dispute_reinstated", 50_00),
    ]
    [seen] = intent.refunds
    assert (seen.id, seen.refund_id, seen.status, seen.failure) == (
        refund.id,
        "r-1",
        "failed",
        "expired_or_canceled_card",
    )
    [bank] = intent.disputes
    assert (bank.id, bank.status, bank.amount) == (dispute["id"], "won", Money(50_00, "USD"))
    assert [part.fee.minor for part in bank.transactions] == [15_00, 0]


def test_within_one_second_money_comes_before_it_goes_and_goes_before_it_returns(paid_session, sandbox):
    refund = gateway.refund(paid_session.intent_id, amount=Money(50_00, "USD"), refund_id="r-1", key="ashar:refund:1")
    sandbox.fail_refund(refund.id)
    kinds = [part.kind for part in gateway.intent(paid_session.intent_id).transactions()]
    assert kinds == ["charge", "refund", "refund_failed"]


def test_a_refund_made_by_hand_carries_no_mark_of_ours(paid_session):
    gateway._client().v1.refunds.create({"payment_intent": paid_session.intent_id, "amount": 1_00})
    [seen] = gateway.refunds_of(paid_session.intent_id)
    assert (seen.refund_id, seen.amount) == ("", Money(1_00, "USD"))


def test_sessions_are_found_by_our_mark(order, sandbox, clock):
    mine = gateway.open_session(order, key="ashar:test:1")
    gateway.open_session(replace(order, payment_id="somebody-else"), key="ashar:test:2")
    assert gateway.sessions_of(order.payment_id, asked_at=clock()) == [mine]
    assert gateway.sessions_of(order.payment_id, asked_at=clock() + timedelta(days=1)) == []
    assert gateway.sessions_of(order.payment_id, asked_at=clock() - timedelta(days=1)) == []


def test_events_come_back_as_the_webhook_would_bring_them(paid_session, sandbox, clock):
    bodies = list(gateway.events_since(clock()))
    assert len(bodies) == len(sandbox.events())
    assert all(body.startswith("{") for body in bodies)
    assert list(gateway.events_since(clock() + timedelta(seconds=1))) == []


def test_an_unknown_object_is_refused_as_missing(sandbox):
    with pytest.raises(gateway.ProviderRefused) as refusal:
        gateway.session("cs_test_unknown")
    assert refusal.value.is_missing
    assert refusal.value.facts["reason"] == "resource_missing"
    assert str(refusal.value).endswith("(resource_missing).")


def test_a_refused_order_is_not_missing(order, sandbox, clock):
    with pytest.raises(gateway.ProviderRefused) as refusal:
        gateway.open_session(replace(order, expires_at=clock()), key="ashar:test:1")
    assert not refusal.value.is_missing


@pytest.mark.parametrize("status", [0, 409, 429, 500, 503])
def test_an_outcome_that_is_not_known_counts_as_unreachable(order, sandbox, status):
    sandbox.switch(fail_requests=[{"status": status, "when": "after"}] * 3)
    with pytest.raises(gateway.ProviderUnreachable):
        gateway.open_session(order, key="ashar:test:1")


def test_the_same_key_finds_what_an_unanswered_request_has_made(order, sandbox):
    sandbox.switch(fail_requests=[{"status": 0, "when": "after"}] * 3)
    with pytest.raises(gateway.ProviderUnreachable):
        gateway.open_session(order, key="ashar:test:1")
    gateway.open_session(order, key="ashar:test:1")
    assert len(sandbox.account.store.find("checkout.session")) == 1


def test_a_short_outage_is_survived_by_the_sdk_itself(order, sandbox):
    sandbox.switch(fail_requests=[{"status": 500, "when": "before"}] * gateway.NETWORK_RETRIES)
    assert gateway.open_session(order, key="ashar:test:1").status == "open"


def test_nobody_there_is_unreachable(order, no_provider):
    with pytest.raises(gateway.ProviderUnreachable) as reason:
        gateway.open_session(order, key="ashar:test:1")
    assert reason.value.facts == {"reason": "APIConnectionError"}


def test_a_giver_waits_no_longer_than_people_wait():
    assert max(gateway.TIMEOUT) * (gateway.NETWORK_RETRIES + 1) <= 15


def test_one_that_never_answers_is_given_up(order, settings, monkeypatch):
    monkeypatch.setattr(gateway, "TIMEOUT", (0.5, 0.2))
    gateway.close()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.STRIPE_API_BASE = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(gateway.ProviderUnreachable):
            gateway.open_session(order, key="ashar:test:1")
    gateway.close()


def test_an_answer_that_is_no_json_is_unreachable(order, settings):
    with socket.create_server(("127.0.0.1", 0)) as garbled:
        settings.STRIPE_API_BASE = f"http://127.0.0.1:{garbled.getsockname()[1]}"
        answering = threading.Thread(target=_answer_with_garbage, args=(garbled,))
        answering.start()
        with pytest.raises(gateway.ProviderUnreachable):
            gateway.open_session(order, key="ashar:test:1")
        answering.join()
    gateway.close()


def _answer_with_garbage(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\n<htm")


def test_the_client_is_the_one_our_settings_describe(settings):
    settings.STRIPE_API_BASE = ""
    gateway.close()
    client = gateway._client()
    assert client is gateway._client()
    options = client._requestor._options
    assert options.stripe_version == configured.STRIPE_API_VERSION
    assert options.max_network_retries == 2
    assert options.base_addresses["api"] == "https://api.stripe.com"
    assert client._requestor._client._timeout == (3.05, 5)
    gateway.close()


def test_only_the_gateway_touches_the_sdk():
    rooms = [path for path in ROOM.rglob("*.py") if "sandbox" not in path.parts]
    touching = {path.name for path in rooms if "import stripe" in path.read_text() or "from stripe" in path.read_text()}
    assert touching == {"gateway.py"}


class TestEndingAPage:
    def test_one_that_stands_is_expired_and_cannot_be_paid(self, order, sandbox):
        session = gateway.open_session(order, key="ashar:test:1")
        ended = gateway.end_session(session.id)
        assert ended == replace(session, status="expired", url="")
        assert sandbox.get(session.id)["status"] == "expired"

    def test_one_that_was_paid_is_told_as_it_is(self, paid_session):
        assert gateway.end_session(paid_session.id) == paid_session
        assert paid_session.status == "complete"

    def test_one_that_has_ended_is_told_as_it_is(self, order, sandbox):
        session = gateway.open_session(order, key="ashar:test:1")
        assert gateway.end_session(session.id) == gateway.end_session(session.id)

    def test_one_that_the_provider_does_not_know_is_refused(self, sandbox):
        with pytest.raises(gateway.ProviderRefused) as refusal:
            gateway.end_session("cs_test_unknown")
        assert refusal.value.is_missing

    def test_without_an_answer_nothing_is_known(self, no_provider):
        with pytest.raises(gateway.ProviderUnreachable):
            gateway.end_session("cs_test_1")
