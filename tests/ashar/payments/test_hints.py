"""What is kept of an event: the names in it, and never the person."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ashar.payments import hints

PAYMENT = "6f2b1c1e-52f4-4a40-9c4f-1f1f6c1d2a3b"
SESSION = {
    "id": "cs_test_1",
    "object": "checkout.session",
    "client_reference_id": PAYMENT,
    "payment_intent": "pi_1",
    "metadata": {"payment": PAYMENT, "language": "ky"},
}
WITH_THE_GIVER = {
    "amount_total": 50_00,
    "customer_email": "canary@example.org",
    "customer_details": {"name": "Canary Kenje", "email": "canary@example.org", "address": {"city": "Berlin"}},
    "payment_method_details": {"card": {"last4": "4242"}},
    "shipping": {"phone": "+996 555 123456"},
    "charges": [{"billing_details": {"name": "Canary Kenje"}}],
}
SESSION_KEPT = SESSION | {"metadata": {"payment": PAYMENT}}


def event(hint: dict, **differs) -> dict:
    return {
        "id": "evt_1",
        "object": "event",
        "type": "checkout.session.completed",
        "created": 1_795_154_400,
        "livemode": False,
        "data": {"object": hint},
    } | differs


def kept(hint: dict) -> dict:
    return hints.kept(event(hint))["data"]["object"]


def test_an_event_keeps_its_shape():
    told = event(SESSION, api_version="2026-08-26.dahlia", account="acct_1")
    assert hints.kept(told) == told | {"data": {"object": SESSION_KEPT}}


def test_what_the_giver_typed_goes():
    told = event(SESSION | WITH_THE_GIVER, request={"idempotency_key": "canary@example.org"})
    told["data"]["previous_attributes"] = {"customer_email": "canary@example.org"}
    assert hints.kept(told) == event(SESSION_KEPT)


def test_what_was_kept_is_kept_again_the_same():
    once = hints.kept(event(SESSION | WITH_THE_GIVER, account="acct_1"))
    assert hints.kept(once) == once


@pytest.mark.parametrize("nothing", [None, ""])
def test_what_is_not_said_is_not_written_down(nothing):
    assert hints.kept(event({}, api_version=nothing, account=nothing)) == event({})


def test_a_strange_account_still_says_that_the_event_is_not_ours():
    assert hints.kept(event({}, account="not a name" * 50))["account"] == ("not a name" * 50)[:255]


@pytest.mark.parametrize("field", ["id", "object", "payment_intent", "charge"])
@pytest.mark.parametrize(
    "value", ["canary@example.org", "Canary Kenje", "Канарейка", "pi_1\n", "\x00", 7, True, [], {}]
)
def test_what_is_no_name_of_the_provider_is_nothing(field, value):
    assert kept({field: value}) == {}


@pytest.mark.parametrize("field", ["payment_intent", "charge"])
def test_an_object_in_place_of_a_name_is_its_name(field):
    assert kept({field: {"id": "pi_1", "object": "payment_intent", "receipt_email": "canary@example.org"}}) == {
        field: "pi_1"
    }


def test_a_name_too_long_is_cut():
    assert kept({"id": "c" * 500}) == {"id": "c" * 255}
    assert hints.kept(event({}, api_version="v" * 500))["api_version"] == "v" * 60


@pytest.mark.parametrize(
    "mark", ["canary@example.org", "somebody else's", "", "\x00", 7, None, [PAYMENT], {"id": PAYMENT}]
)
def test_a_mark_that_is_not_ours_is_not_kept(mark):
    assert kept({"client_reference_id": mark, "metadata": {"payment": mark}}) == {}
    assert hints.mark({"client_reference_id": mark, "metadata": {"payment": mark}}) == ""


@pytest.mark.parametrize("marks", [None, "text", [], 7, {}, {"name": "Canary Kenje"}])
def test_marks_of_others_are_not_kept(marks):
    assert kept({"metadata": marks}) == {}


@pytest.mark.parametrize(
    ("hint", "mark"),
    [
        ({"client_reference_id": PAYMENT}, PAYMENT),
        ({"metadata": {"payment": PAYMENT}}, PAYMENT),
        ({"client_reference_id": "somebody else's", "metadata": {"payment": PAYMENT}}, PAYMENT),
        ({"client_reference_id": PAYMENT, "metadata": {"payment": PAYMENT[::-1]}}, PAYMENT),
        ({"client_reference_id": PAYMENT.upper()}, PAYMENT),
        ({}, ""),
    ],
)
def test_the_mark_is_our_key_wherever_it_stands(hint, mark):
    assert hints.mark(hint) == mark
    assert hints.mark(kept(hint)) == mark


@pytest.mark.parametrize(
    ("hint", "intent"),
    [
        ({"object": "payment_intent", "id": "pi_1"}, "pi_1"),
        ({"object": "charge", "id": "ch_1", "payment_intent": "pi_1"}, "pi_1"),
        ({"object": "charge", "id": "ch_1", "payment_intent": {"id": "pi_1"}}, "pi_1"),
        ({"object": "charge", "id": "ch_1", "payment_intent": None}, ""),
        ({"object": "charge", "id": "ch_1"}, ""),
        ({}, ""),
    ],
)
def test_the_intent_is_the_object_or_what_it_belongs_to(hint, intent):
    assert hints.intent_id(hint) == intent
    assert hints.intent_id(kept(hint)) == intent


WORDS = st.sampled_from(["canary@example.org", "Canary Kenje", "Канарейка", 7, True, None])
DEEPER = ["id", "object", "payment", "name", "email"]
ANYTHING = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(DEEPER), inner)
)
FIELDS = st.sampled_from([*SESSION, *WITH_THE_GIVER, "charge"])


@given(hint=st.dictionaries(FIELDS, ANYTHING))
def test_nothing_a_person_typed_comes_through_anywhere(hint):
    assert kept(hint) == {}
    assert "anary" not in json.dumps(hints.kept(event(hint)))
