"""Idempotency keys: the first answer is the only answer, for a day."""

import json
import threading

import pytest
import stripe

from ashar.payments.sandbox import api
from ashar.payments.sandbox.faults import Fault
from ashar.payments.sandbox.http import Request
from ashar.payments.sandbox.idempotency import Keys
from tests.ashar.payments.sandbox.talking import SESSION, plain

KEY = "ashar:checkout:7f1c0a52"
FORM = "application/x-www-form-urlencoded"


def customer(sandbox, key, body=b"name=x"):
    return plain(sandbox.base_url, "POST", "/v1/customers", body=body, idempotency_key=key)


def test_the_same_request_gets_the_same_answer(sandbox):
    first, again = customer(sandbox, KEY), customer(sandbox, KEY)
    assert (again.status, again.text) == (200, first.text)
    assert "idempotent-replayed" not in first.headers
    assert again.headers["idempotent-replayed"] == "true"
    assert again.headers["original-request"] == first.headers["request-id"]
    assert again.headers["idempotency-key"] == KEY
    assert len(plain(sandbox.base_url, "GET", "/v1/customers").json["data"]) == 1


def test_another_key_is_another_request(sandbox):
    assert customer(sandbox, "one").json["id"] != customer(sandbox, "two").json["id"]


def test_without_a_key_every_request_counts(sandbox):
    ids = {plain(sandbox.base_url, "POST", "/v1/customers", body=b"name=x").json["id"] for _ in range(2)}
    assert len(ids) == 2


def test_the_order_of_parameters_does_not_matter(sandbox):
    assert customer(sandbox, KEY, b"name=x&phone=1").text == customer(sandbox, KEY, b"phone=1&name=x").text


@pytest.mark.parametrize("body", [b"name=y", b"name=x&phone=1", b""])
def test_another_body_under_the_same_key_is_refused(sandbox, body):
    customer(sandbox, KEY)
    got = customer(sandbox, KEY, body)
    assert (got.status, got.error["type"]) == (400, "idempotency_error")
    assert "same parameters" in got.error["message"]


def test_another_endpoint_under_the_same_key_is_refused(sandbox):
    customer(sandbox, KEY)
    got = plain(sandbox.base_url, "POST", "/v1/refunds", body=b"payment_intent=pi_1", idempotency_key=KEY)
    assert (got.status, got.error["type"]) == (400, "idempotency_error")
    assert "same endpoint" in got.error["message"]


def test_the_sdk_knows_the_refusal(asking):
    asking.v1.customers.create({"name": "x"}, {"idempotency_key": KEY})
    with pytest.raises(stripe.IdempotencyError):
        asking.v1.customers.create({"name": "y"}, {"idempotency_key": KEY})


def test_a_refusal_is_remembered_too(asking, sandbox):
    intent = sandbox.pay(asking.v1.checkout.sessions.create(SESSION).id)["payment_intent"]
    body = f"payment_intent={intent}&amount=9999".encode()
    first = plain(sandbox.base_url, "POST", "/v1/refunds", body=body, idempotency_key=KEY)
    again = plain(sandbox.base_url, "POST", "/v1/refunds", body=body, idempotency_key=KEY)
    assert (first.status, again.status, again.text) == (400, 400, first.text)
    assert again.headers["idempotent-replayed"] == "true"


@pytest.mark.parametrize("body", [b"email=wrong", b"colour=red"])
def test_what_was_never_begun_is_not_remembered(sandbox, body):
    assert customer(sandbox, KEY, body).status == 400
    assert customer(sandbox, KEY).status == 200


def test_keys_are_short(sandbox):
    assert customer(sandbox, "k" * 255).status == 200
    got = customer(sandbox, "k" * 256)
    assert (got.status, got.error["type"]) == (400, "idempotency_error")


def test_a_key_is_forgotten_after_a_day(sandbox, clock):
    first = customer(sandbox, KEY).json["id"]
    clock.push(hours=23, minutes=59)
    assert customer(sandbox, KEY).json["id"] == first
    clock.push(minutes=1)
    assert customer(sandbox, KEY, b"name=y").json["id"] != first


def test_reading_takes_no_key(sandbox):
    customer(sandbox, KEY)
    got = plain(sandbox.base_url, "GET", "/v1/events", idempotency_key=KEY)
    assert (got.status, "idempotent-replayed" in got.headers) == (200, False)


def test_a_key_in_use_is_a_conflict(sandbox):
    keys, begun, may_end = Keys(), threading.Event(), threading.Event()

    def once(work):
        return keys.once(sandbox.account, KEY, place="POST /v1/x", params={}, request_id="req_1", work=work)

    def slow():
        begun.set()
        may_end.wait(10)
        return {"done": 1}

    answers = []
    first = threading.Thread(target=lambda: answers.append(once(slow)))
    first.start()
    begun.wait(10)
    with pytest.raises(Fault) as refusal:
        once(dict)
    may_end.set()
    first.join()
    assert (refusal.value.status, refusal.value.kind, refusal.value.kept) == (409, "idempotency_error", False)
    assert (answers[0].body, once(dict).body) == ({"done": 1}, {"done": 1})


def test_whoever_asks_with_a_key_in_use_is_told_to_come_again(sandbox):
    keys, told = Keys(), []
    headers = {"authorization": "Bearer sk_test_sandbox", "idempotency-key": KEY, "content-type": FORM}
    request = Request("POST", "/v1/customers", b"", headers, b"name=x", "127.0.0.1")

    def ask_again():
        told.append(api.answer(sandbox.account, keys, request))
        return {}

    keys.once(sandbox.account, KEY, place="POST /v1/x", params={}, request_id="req_1", work=ask_again)
    assert [(got.status, got.headers["Stripe-Should-Retry"]) for got in told] == [(409, "true")]
    assert json.loads(told[0].body)["error"]["code"] == "idempotency_key_in_use"


def test_many_at_once_with_one_key_make_one_thing(sandbox):
    started, answers = threading.Barrier(10), []

    def ask():
        started.wait()
        answers.append(customer(sandbox, KEY))

    hands = [threading.Thread(target=ask) for _ in range(10)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert {got.status for got in answers} <= {200, 409}
    assert len({got.json["id"] for got in answers if got.status == 200}) == 1
    assert {got.headers["stripe-should-retry"] for got in answers if got.status == 409} <= {"true"}
    assert len(plain(sandbox.base_url, "GET", "/v1/customers").json["data"]) == 1


def test_a_replay_tells_nobody_again(asking, sandbox):
    page = asking.v1.checkout.sessions.create(SESSION)
    for _ in range(3):
        asking.v1.checkout.sessions.expire(page.id, {}, {"idempotency_key": KEY})
    assert len(sandbox.events()) == 1


def test_a_crash_in_the_work_leaves_neither_effect_nor_answer(sandbox):
    def broken():
        sandbox.account.store.remember("half", "done")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        Keys().once(sandbox.account, KEY, place="POST /v1/x", params={}, request_id="req_1", work=broken)
    assert sandbox.account.store.recall("half") is None
    assert customer(sandbox, KEY).status == 200
