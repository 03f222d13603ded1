"""Outages on demand, and that the SDK with one key survives each of them with one effect."""

import pytest
import stripe

from tests.ashar.payments.sandbox import talking
from tests.ashar.payments.sandbox.talking import SESSION, plain


@pytest.fixture
def patient(sandbox):
    """The SDK's client with two retries, as the site uses it."""
    return talking.client(sandbox.base_url, "sk_test_1", sandbox.account.api_version, [], retries=2)


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    """Let the SDK retry at once."""
    monkeypatch.setattr(stripe.RequestsClient, "MAX_DELAY", 0.01)
    monkeypatch.setattr(stripe.RequestsClient, "INITIAL_DELAY", 0.01)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("status", [0, 500, 503])
def test_a_retry_with_the_same_key_makes_one_session(sandbox, patient, status, when):
    sandbox.switch(fail_requests=[{"status": status, "when": when}] * 2)
    page = patient.v1.checkout.sessions.create(SESSION, {"idempotency_key": "k"})
    assert [row.id for row in patient.v1.checkout.sessions.list().data] == [page.id]
    assert sandbox.account.switch("fail_requests") == []


@pytest.mark.parametrize(("status", "error"), [(0, stripe.APIConnectionError), (500, stripe.APIError)])
def test_three_failures_are_too_many(sandbox, patient, status, error):
    sandbox.switch(fail_requests=[{"status": status}] * 3)
    with pytest.raises(error):
        patient.v1.checkout.sessions.create(SESSION, {"idempotency_key": "k"})
    assert patient.v1.checkout.sessions.list().data == []


def test_after_the_effect_nobody_was_told_but_the_key_remembers(sandbox, patient):
    sandbox.switch(fail_requests=[{"status": 0, "when": "after"}] * 3)
    with pytest.raises(stripe.APIConnectionError):
        patient.v1.checkout.sessions.create(SESSION, {"idempotency_key": "k"})
    (made,) = patient.v1.checkout.sessions.list().data
    assert patient.v1.checkout.sessions.create(SESSION, {"idempotency_key": "k"}).id == made.id


def test_too_many_requests(sandbox, patient):
    sandbox.switch(fail_requests=[{"status": 429}])
    with pytest.raises(stripe.RateLimitError):
        patient.v1.events.list()
    assert patient.v1.events.list().data == []


def test_an_outage_can_wait_for_its_path(sandbox):
    sandbox.switch(fail_requests=[{"status": 500, "path": "/v1/refunds"}])
    assert plain(sandbox.base_url, "GET", "/v1/events").status == 200
    assert plain(sandbox.base_url, "GET", "/v1/refunds").status == 500
    assert plain(sandbox.base_url, "GET", "/v1/refunds").status == 200


def test_the_pay_pages_and_controls_are_spared(sandbox):
    sandbox.switch(fail_requests=[{"status": 500}])
    assert plain(sandbox.base_url, "GET", "/_sandbox/").status == 200
    assert plain(sandbox.base_url, "GET", "/pay/checkout.css").status == 200
    assert plain(sandbox.base_url, "GET", "/v1/events").status == 500
