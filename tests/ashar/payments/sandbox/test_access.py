"""Who may talk to the API, in which version, and what every answer carries."""

import base64

import pytest
import stripe
from django.conf import settings

from tests.ashar.payments.sandbox import talking
from tests.ashar.payments.sandbox.talking import plain


def basic(name):
    return "Basic " + base64.b64encode(f"{name}:".encode()).decode()


@pytest.mark.parametrize("authorization", ["Bearer sk_test_sandbox", "bearer sk_test_1", basic("sk_test_sandbox")])
def test_a_test_key_opens(sandbox, authorization):
    assert plain(sandbox.base_url, "GET", "/v1/events", authorization=authorization).status == 200


@pytest.mark.parametrize(
    "authorization",
    [
        None, "", "Bearer", "Bearer ", "Bearer sk_live_51Habc", "Bearer pk_test_51Habc", "Bearer rk_test_51Habc",
        "Bearer sk_test_", "Bearer sk_test_a b", "Digest sk_test_sandbox", basic("sk_live_1"), "Basic !!!", "Basic /w==",
    ],
)  # fmt: skip
def test_anything_else_stays_out(sandbox, authorization):
    got = plain(sandbox.base_url, "GET", "/v1/events", authorization=authorization)
    assert (got.status, got.error["type"]) == (401, "invalid_request_error")


def test_a_refused_key_is_not_repeated(sandbox):
    got = plain(sandbox.base_url, "GET", "/v1/events", authorization="Bearer sk_live_verysecretpart")
    assert "verysecretpart" not in got.text


def test_the_sdk_sees_an_authentication_error(sandbox):
    stranger = talking.client(sandbox.base_url, "sk_live_51Habc", settings.STRIPE_API_VERSION, [])
    with pytest.raises(stripe.AuthenticationError):
        stranger.v1.events.list()


def test_another_api_version_is_refused(sandbox):
    newer = talking.client(sandbox.base_url, "sk_test_sandbox", "2026-10-28.endive", [])
    with pytest.raises(stripe.InvalidRequestError, match=r"2026-10-28\.endive"):
        newer.v1.events.list()


def test_without_a_version_the_account_speaks_its_own(sandbox):
    got = plain(sandbox.base_url, "GET", "/v1/events")
    assert (got.status, got.headers["stripe-version"]) == (200, settings.STRIPE_API_VERSION)


def test_the_version_is_the_one_of_the_settings(sandbox):
    assert sandbox.account.api_version == settings.STRIPE_API_VERSION


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/"), ("GET", "/v1/nothing"), ("POST", "/v1/charges"), ("POST", "/v1/payment_intents"),
        ("DELETE", "/v1/customers/cus_1"), ("POST", "/v1/customers/cus_1"), ("GET", "/v1/events/"),
        ("GET", "/v1/events/evt_1/more"), ("GET", "/v1/events/%00"), ("PUT", "/v1/refunds"), ("POST", "/v1/refunds/re_1"),
    ],
)  # fmt: skip
def test_what_the_sandbox_does_not_play_is_unrecognised(sandbox, method, path):
    got = plain(sandbox.base_url, method, path)
    assert (got.status, got.error["type"]) == (404, "invalid_request_error")
    assert got.error["message"].startswith("Unrecognized request URL")


@pytest.mark.parametrize(
    ("path", "noun", "param"),
    [
        ("/v1/checkout/sessions/cs_test_none", "checkout.session", "session"),
        ("/v1/checkout/sessions/cs_test_none/line_items", "checkout.session", "session"),
        ("/v1/payment_intents/pi_none", "payment_intent", "intent"),
        ("/v1/charges/ch_none", "charge", "charge"),
        ("/v1/refunds/re_none", "refund", "refund"),
        ("/v1/balance_transactions/txn_none", "balance_transaction", "id"),
        ("/v1/disputes/du_none", "dispute", "dispute"),
        ("/v1/customers/cus_none", "customer", "customer"),
        ("/v1/events/evt_none", "event", "id"),
    ],
)
def test_an_unknown_id_is_missing(sandbox, path, noun, param):
    got = plain(sandbox.base_url, "GET", path)
    name = path.removesuffix("/line_items").rpartition("/")[2]
    assert got.status == 404
    assert got.error["message"] == f"No such {noun}: '{name}'"
    assert (got.error["code"], got.error["param"], got.error["type"]) == (
        "resource_missing",
        param,
        "invalid_request_error",
    )


def test_an_id_of_another_noun_is_missing_too(asking, sandbox):
    customer = asking.v1.customers.create({"name": "Бермет"})
    assert plain(sandbox.base_url, "GET", f"/v1/charges/{customer.id}").status == 404


def test_every_answer_names_its_request(sandbox):
    good, bad = plain(sandbox.base_url, "GET", "/v1/events"), plain(sandbox.base_url, "GET", "/v1/events/evt_none")
    for got in (good, bad):
        assert got.headers["request-id"].startswith("req_")
        assert got.headers["content-type"] == "application/json"
        assert got.headers["cache-control"] == "no-store"
    assert good.headers["request-id"] != bad.headers["request-id"]


def test_only_form_encoding_is_read(sandbox):
    got = plain(sandbox.base_url, "POST", "/v1/customers", body=b'{"name": "x"}', content_type="application/json")
    assert (got.status, got.error["type"]) == (400, "invalid_request_error")


def test_a_content_type_with_a_charset_is_read(sandbox):
    kind = "application/x-www-form-urlencoded; charset=utf-8"
    assert plain(sandbox.base_url, "POST", "/v1/customers", body=b"name=x", content_type=kind).status == 200


def test_a_post_with_parameters_in_its_address_is_refused(sandbox):
    assert plain(sandbox.base_url, "POST", "/v1/customers?name=x", body=b"").status == 400


def test_outside_the_api_there_is_nothing(sandbox):
    assert plain(sandbox.base_url, "GET", "/").status == 404
    assert plain(sandbox.base_url, "GET", "/v2/core/events").status == 404


def test_the_server_listens_on_this_machine_only(sandbox):
    assert sandbox.base_url.startswith("http://127.0.0.1:")
