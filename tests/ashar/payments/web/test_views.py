"""The one address the provider calls."""

import io
import json
import time

import pytest
import stripe
from django.conf import settings as configured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ashar.payments import inbox, tasks
from ashar.payments.models import WebhookEvent
from ashar.payments.web import views

ADDRESS = "/webhooks/stripe/"
EVENT = {
    "id": "evt_1",
    "object": "event",
    "created": 1_795_154_400,
    "livemode": False,
    "type": "charge.updated",
    "data": {"object": {"id": "ch_1", "object": "charge"}},
}


def signed(body: bytes | str, *, secret: str = configured.STRIPE_WEBHOOK_SECRETS[0], seconds: int = 0) -> str:
    text = body.decode(errors="replace") if isinstance(body, bytes) else body
    return stripe.WebhookSignature.generate_signature_header(text, secret, timestamp=int(time.time()) + seconds)


@pytest.fixture
def post(db):
    """Post as the provider does; the browser's protections are on."""
    client = Client(enforce_csrf_checks=True)

    def send(body: bytes | dict, *, signature: str | None = None, address: str = ADDRESS, **how):
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        how = {"content_type": "application/json; charset=utf-8"} | how
        return client.post(
            address, raw, headers={"Stripe-Signature": signed(raw) if signature is None else signature}, **how
        )

    return send


def rows() -> int:
    return WebhookEvent.objects.count()


def test_an_event_is_kept_and_answered(post):
    answer = post(EVENT)
    assert (answer.status_code, answer.content, rows()) == (200, b"", 1)


def test_a_duplicate_is_answered_just_the_same(post):
    assert [post(EVENT).status_code for _ in range(3)] == [200, 200, 200]
    assert rows() == 1


@pytest.mark.parametrize(("times", "statements"), [(1, 1), (2, 1)])
def test_the_whole_request_is_one_statement(post, times, statements):
    for _ in range(times - 1):
        post(EVENT)
    with CaptureQueriesContext(connection) as captured:
        post(EVENT)
    assert len(captured) == statements


def test_a_forgery_is_no_statement_at_all(post):
    with CaptureQueriesContext(connection) as captured:
        assert post(EVENT, signature=signed(json.dumps(EVENT), secret="whsec_forged")).status_code == 400
    assert len(captured) == 0


def test_no_redirect_without_the_slash(post):
    assert post(EVENT, address="/webhooks/stripe").status_code == 200


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete", "head", "options"])
def test_only_post_is_answered(db, client, method):
    assert getattr(client, method)(ADDRESS).status_code == 405


BAD = {
    "no signature": {"signature": ""},
    "another secret": {"signature": signed(json.dumps(EVENT), secret="whsec_forged")},
    "another body's signature": {"signature": signed("{}")},
    "a stale signature": {"signature": signed(json.dumps(EVENT), seconds=-301)},
    "a signature from tomorrow": {"signature": signed(json.dumps(EVENT), seconds=86_400)},
    "a signature in letters": {"signature": "Ашар"},
    "a form": {"content_type": "application/x-www-form-urlencoded"},
    "plain text": {"content_type": "text/plain"},
    "no type": {"content_type": ""},
}


@pytest.mark.parametrize("how", BAD.values(), ids=BAD)
def test_what_is_not_from_the_provider_is_400_without_a_row(post, how):
    assert post(EVENT, **how).status_code == 400
    assert rows() == 0


BODIES = {
    "empty": b"",
    "not UTF-8": b"\xff\xfe{}",
    "no event": b"{}",
    "the other mode": EVENT | {"livemode": True},
    "oversized": json.dumps(EVENT | {"padding": "x" * inbox.LARGEST}).encode(),
    "over what Django reads": b"x" * (configured.DATA_UPLOAD_MAX_MEMORY_SIZE + 1),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_what_is_no_event_of_this_site_is_400_without_a_row(post, body):
    assert post(body).status_code == 400
    assert rows() == 0


@pytest.mark.parametrize("length", ["many", "-1", "1e3", "", "9" * 5000, "１００"])
def test_a_length_that_is_no_number_is_400_without_a_row(post, length):
    assert post(EVENT, CONTENT_LENGTH=length).status_code == 400
    assert rows() == 0


def test_a_length_that_says_too_much_is_refused_before_it_is_read(post):
    assert post(EVENT, CONTENT_LENGTH=str(inbox.LARGEST + 1)).status_code == 400
    assert rows() == 0


class Broken(io.BytesIO):
    """A connection that breaks off while it is read."""

    def read(self, *_):
        raise OSError("gone")


def test_a_connection_that_breaks_off_is_400_without_a_row(db, rf):
    request = rf.post(ADDRESS, b"{}", content_type="application/json")

    request._stream = Broken()
    assert views.stripe_webhook(request).status_code == 400
    assert rows() == 0


def test_a_broker_that_is_down_does_not_lose_the_event(post, monkeypatch):
    def gone(**_):
        raise OSError("No broker")

    monkeypatch.setattr(tasks.current_app, "connection_for_write", gone)
    assert (post(EVENT).status_code, rows()) == (200, 1)


def test_a_new_event_nudges_a_worker_and_a_duplicate_does_not(post):
    folder = configured.VAR / "queue" / "messages"
    before = len(list(folder.glob("*.msg")))
    post(EVENT)
    post(EVENT)
    assert len(list(folder.glob("*.msg"))) == before + 1
