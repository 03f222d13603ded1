"""Taking in what the card service says: one statement, once, and nothing of what is forged or no event."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import stripe
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ashar.payments import gateway, inbox
from ashar.payments.models import WebhookEvent
from tests.ashar.payments.stage import event

WRONG_BODIES = {
    "nothing": b"",
    "no JSON": b"<html>",
    "cut off": b'{"id": "evt_1"',
    "two values": b"{}{}",
    "a list": b"[]",
    "a word": b'"event"',
    "a number": b"1e400",
    "not a number": b"NaN",
    "a huge number": b"9" * 5000,
    "nested without end": b"[" * 200_000,
    "UTF-16": json.dumps(event()).encode("utf-16"),
    "not UTF-8": b"\xff\xfe" + json.dumps(event()).encode(),
    "a lone surrogate in bytes": b'{"id": "\xed\xa0\x80"}',
    "too large": json.dumps(event(padding="x" * inbox.LARGEST)).encode(),
    "a thin event": event(object="v2.core.event"),
    "another object": event(object="charge"),
    "no id": event(id=None),
    "a number for an id": event(id=7),
    "an id of nothing": event(id="evt_"),
    "another kind of id": event(id="ch_1"),
    "an id with a line break": event(id="evt_1\n"),
    "an id with a lone surrogate": event(id="evt_\ud800"),
    "an id with NUL": event(id="evt_\x00"),
    "an id too long": event(id="evt_" + "a" * 251),
    "no type": event(type=None),
    "a type that shouts": event(type="CHARGE.REFUNDED"),
    "a type with a quote": event(type="charge'--"),
    "a type too long": event(type="a" * 101),
    "no mode": event(livemode=None),
    "a mode in words": event(livemode="false"),
    "a mode in numbers": event(livemode=0),
    "no moment": event(created=None),
    "a moment in words": event(created="now"),
    "half a moment": event(created=1.5),
    "a truth for a moment": event(created=True),
    "a moment before time": event(created=-1),
    "a moment after time": event(created=2**32),
    "an account in an object": event(account={"id": "acct_1"}),
    "a truth for an account": event(account=True),
    "no data": event(data=None),
    "data in a list": event(data=[]),
    "no object": event(data={}),
    "a null object": event(data={"object": None}),
    "an object in words": event(data={"object": "cs_1"}),
}


def statements(act) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        act()
    return [query["sql"].split()[0] for query in captured]


def test_an_event_is_kept_with_what_it_says_about_itself(receive, clock):
    assert receive(event()) is True
    row = WebhookEvent.objects.get()
    assert json.loads(row.payload) == event()
    assert (row.event_id, row.type, row.api_version, row.livemode, row.object_id) == (
        "evt_1",
        "checkout.session.completed",
        "2026-08-26.dahlia",
        False,
        "cs_1",
    )
    assert row.created_at == datetime.fromtimestamp(1_795_154_400, tz=UTC)
    assert (row.received_at, row.due_at, row.state, row.reason, row.attempts) == (clock(), clock(), "received", "", 0)


def test_the_giver_in_an_event_is_not_kept(receive):
    giver = {"customer_email": "canary@example.org", "customer_details": {"name": "Canary Kenje"}}
    receive(event(data={"object": event()["data"]["object"] | giver}, request={"idempotency_key": "canary"}))
    assert json.loads(WebhookEvent.objects.get().payload) == event()


def test_an_event_of_another_account_still_says_so(receive, clock):
    receive(event(account="acct_1"))
    inbox.work_through(at=clock())
    row = WebhookEvent.objects.get()
    assert (json.loads(row.payload)["account"], row.state, row.reason) == ("acct_1", "quarantined", "foreign_account")


def test_taking_in_is_one_statement_and_so_is_a_duplicate(receive):
    assert statements(lambda: receive(event())) == ["INSERT"]
    assert statements(lambda: receive(event())) == ["INSERT"]
    assert WebhookEvent.objects.count() == 1


def test_a_duplicate_is_told_from_a_new_one_and_changes_nothing(receive, clock):
    receive(event())
    before = WebhookEvent.objects.values().get()
    assert receive(event(), at=clock() + timedelta(seconds=60)) is False
    assert WebhookEvent.objects.values().get() == before


def test_one_id_is_one_event_even_with_another_body(receive):
    receive(event())
    assert receive(event(type="charge.refunded")) is False
    assert WebhookEvent.objects.get().type == "checkout.session.completed"


def test_a_forgery_costs_no_statement(db, clock):
    body = json.dumps(event()).encode()
    forged = stripe.WebhookSignature.generate_signature_header(body.decode(), "whsec_other")

    def bring() -> None:
        with pytest.raises(gateway.SignatureRefused):
            inbox.receive(body, forged, at=clock())

    assert statements(bring) == []


@pytest.mark.parametrize("late", [-301, 301])
def test_a_body_signed_long_ago_or_ahead_of_time_is_refused(receive, clock, late):
    with pytest.raises(gateway.SignatureRefused):
        receive(event(), at=clock() + timedelta(seconds=late))
    assert WebhookEvent.objects.count() == 0


@pytest.mark.parametrize("body", WRONG_BODIES.values(), ids=WRONG_BODIES)
def test_what_is_no_event_leaves_no_row(receive, body):
    with pytest.raises((inbox.NotAnEvent, gateway.SignatureRefused)):
        receive(body)
    assert WebhookEvent.objects.count() == 0


def test_an_event_of_exactly_the_largest_size_is_taken(receive):
    empty = len(json.dumps(event(padding="")).encode())
    assert receive(event(padding="x" * (inbox.LARGEST - empty))) is True


@pytest.mark.parametrize("site_is_live", [True, False])
def test_the_other_mode_leaves_no_row(receive, settings, site_is_live):
    settings.STRIPE_LIVEMODE = site_is_live
    with pytest.raises(inbox.OtherMode):
        receive(event(livemode=not site_is_live))
    assert WebhookEvent.objects.count() == 0
    assert receive(event(livemode=site_is_live)) is True


def test_what_the_database_could_not_hold_is_shortened(receive):
    receive(event(api_version="v" * 500, data={"object": {"id": "c" * 500}}))
    row = WebhookEvent.objects.get()
    assert (row.api_version, row.object_id) == ("v" * 60, "c" * 255)


def test_an_event_of_another_version_or_without_one_is_kept_all_the_same(receive):
    assert receive(event(api_version=None)) is True
    assert receive(event(id="evt_2", api_version="2017-08-15", data={"object": {}})) is True
