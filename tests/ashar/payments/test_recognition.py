"""Which payment an event speaks of: by our mark, by the provider's names, and never by somebody else's."""

import json
import uuid
from dataclasses import replace

import pytest

from ashar.money import Money
from ashar.payments import checkout, gateway, inbox, recognition, settlement
from ashar.payments.models import Movement, Payment, WebhookEvent


@pytest.fixture
def told(db, clock):
    """Have the inbox work on an event about `hint`, and return how it ended."""
    numbers = iter(range(1, 1000))

    def end(kind: str, hint: dict, **envelope) -> tuple[str, str]:
        number = next(numbers)
        body = {"account": None} | envelope | {"data": {"object": hint}}
        row = WebhookEvent.objects.create(
            event_id=f"evt_{number}",
            type=kind,
            livemode=False,
            payload=json.dumps(body),
            created_at=clock(),
            received_at=clock(),
            due_at=clock(),
        )
        inbox.process(row, at=clock())
        row.refresh_from_db()
        return row.state, row.reason

    return end


@pytest.fixture
def paid(open_payment, sandbox, fresh_rates) -> Payment:
    """Paid at the provider; we have not heard of it."""
    sandbox.pay(open_payment.session_id)
    return open_payment


@pytest.fixture
def charge(paid, sandbox) -> dict:
    intent = sandbox.get(sandbox.get(paid.session_id)["payment_intent"])
    return sandbox.get(intent["latest_charge"])


def test_every_event_of_a_gift_is_followed_or_known_to_say_nothing(paid, charge, sandbox):
    refund = gateway.refund(charge["payment_intent"], amount=Money(10_00, "USD"), refund_id="", key="k")
    sandbox.fail_refund(refund.id)
    dispute = sandbox.dispute(charge["id"])
    sandbox.close_dispute(dispute["id"], won=True)
    silent = {made["type"] for made in sandbox.events()} - recognition.FOLLOWED
    assert silent == {"payment_intent.created"}


def test_a_session_says_it_by_its_reference(paid, told, sandbox):
    assert told("checkout.session.completed", sandbox.get(paid.session_id)) == ("done", "")
    assert Movement.objects.count() == 1


def test_an_intent_says_it_by_its_mark(paid, told, charge, sandbox):
    assert told("payment_intent.succeeded", sandbox.get(charge["payment_intent"])) == ("done", "")


def test_a_charge_without_a_mark_is_asked_after_at_the_provider(paid, told, charge):
    assert told("charge.succeeded", charge | {"metadata": {}}) == ("done", "")
    assert Movement.objects.count() == 1


def test_a_known_intent_needs_no_mark(paid, told, charge, clock):
    settlement.follow(paid, at=clock())
    assert told("charge.updated", charge | {"metadata": None}) == ("done", "")


def test_an_object_in_place_of_a_name_is_read_too(paid, told, charge):
    unfolded = charge | {"metadata": {}, "payment_intent": {"id": charge["payment_intent"], "object": "payment_intent"}}
    assert told("charge.succeeded", unfolded) == ("done", "")


def test_a_dispute_is_traced_through_its_intent(paid, told, charge, sandbox):
    dispute = sandbox.dispute(charge["id"])
    assert told("charge.dispute.created", sandbox.get(dispute["id"])) == ("done", "")
    assert list(Movement.objects.order_by("sequence").values_list("kind", flat=True)) == ["charge", "dispute_withdrawn"]


NAMES_NOTHING_OF_OURS = [
    {},
    {"metadata": {}},
    {"metadata": {"payment": "not-a-uuid"}},
    {"metadata": {"payment": 7}},
    {"metadata": "text"},
    {"metadata": {"payment": "00000000-0000-4000-8000-000000000000"}},
    {"client_reference_id": "somebody else's"},
    {"client_reference_id": "\u0000"},
    {"object": "payment_intent", "id": 7},
    {"payment_intent": []},
    {"payment_intent": {"id": None}},
    {"payment_intent": None},
    {"object": "charge", "id": "ch_foreign", "payment_intent": None, "metadata": {}},
    {"object": "dispute", "id": "dp_foreign", "charge": "ch_foreign", "payment_intent": ""},
]


@pytest.mark.parametrize("hint", NAMES_NOTHING_OF_OURS)
def test_what_names_no_payment_of_ours_is_quarantined(told, sandbox, hint):
    assert told("charge.succeeded", hint) == ("quarantined", "unknown_object")


@pytest.mark.parametrize("hint", NAMES_NOTHING_OF_OURS)
def test_nor_is_it_taken_for_a_payment_that_nobody_has_paid_yet(open_payment, told, hint):
    assert open_payment.intent_id is None
    assert told("charge.succeeded", hint) == ("quarantined", "unknown_object")
    open_payment.refresh_from_db()
    assert open_payment.looked_at is None


def test_a_charge_with_our_mark_and_no_intent_is_not_the_payment_it_names(open_payment, told):
    hint = {"object": "charge", "id": "ch_copied", "metadata": {"payment": str(open_payment.pk)}}
    assert told("charge.succeeded", hint) == ("quarantined", "other_payment")


def test_an_intent_the_provider_does_not_know_is_quarantined(told, sandbox):
    assert told("charge.succeeded", {"payment_intent": "pi_unknown"}) == ("quarantined", "unknown_object")


def test_an_intent_with_the_mark_of_another_site_is_quarantined(open_payment, told, sandbox):
    order = replace(checkout._order(open_payment), payment_id=uuid.uuid4())
    foreign = gateway.open_session(order, key="ashar:foreign")
    sandbox.pay(foreign.id)
    intent = sandbox.get(foreign.id)["payment_intent"]
    assert told("charge.succeeded", {"payment_intent": intent}) == ("quarantined", "unknown_object")


def test_an_account_we_do_not_know_is_quarantined(paid, told, sandbox):
    session = sandbox.get(paid.session_id)
    assert told("checkout.session.completed", session, account="acct_1") == ("quarantined", "foreign_account")
    assert Movement.objects.count() == 0


def test_a_second_session_with_our_mark_is_not_our_money(paid, told, sandbox, school_fund):
    second = gateway.open_session(checkout._order(paid), key="ashar:second")
    sandbox.pay(second.id)
    assert told("checkout.session.completed", sandbox.get(second.id)) == ("quarantined", "other_payment")
    intent = sandbox.get(sandbox.get(second.id)["payment_intent"])
    assert told("payment_intent.succeeded", intent) == ("quarantined", "other_payment")
    assert Movement.objects.count() == 1


def test_a_refusal_of_the_provider_that_is_our_fault_is_tried_again(paid, told, sandbox, settings):
    session = sandbox.get(paid.session_id)
    settings.STRIPE_SECRET_KEY = "pk_not_a_secret_key"
    gateway.close()
    assert told("checkout.session.completed", session) == ("received", "ProviderRefused")
