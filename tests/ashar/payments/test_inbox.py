"""The inbox: one statement in, and every end that an event can come to."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import stripe
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ashar.audit.models import Entry
from ashar.money import Money, rates
from ashar.payments import checkout, gateway, inbox
from ashar.payments.models import Movement, WebhookEvent
from ashar.payments.states import EVENTS
from ashar.workflow import moving
from ashar.workflow.moving import UnlawfulMove

SECRET = "whsec_sandbox"


def event(**differs) -> dict:
    return {
        "id": "evt_1",
        "object": "event",
        "api_version": "2026-08-26.dahlia",
        "created": 1_795_154_400,
        "livemode": False,
        "type": "checkout.session.completed",
        "data": {"object": {"id": "cs_1", "object": "checkout.session"}},
    } | differs


@pytest.fixture
def receive(db, clock):
    """Bring a body to the inbox, signed as the provider does."""

    def signed(body: bytes | dict, *, at: datetime | None = None) -> bool:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        text = raw.decode(errors="surrogateescape").encode(errors="replace").decode()
        header = stripe.WebhookSignature.generate_signature_header(text, SECRET, timestamp=int(clock().timestamp()))
        return inbox.receive(raw, header, at=at or clock())

    return signed


@pytest.fixture
def waiting_event(receive) -> WebhookEvent:
    receive(event())
    return WebhookEvent.objects.get()


@pytest.fixture
def paid_event(open_payment, sandbox, clock) -> WebhookEvent:
    """The provider's word that the open payment was paid."""
    sandbox.pay(open_payment.session_id)
    [told] = sandbox.events("checkout.session.completed")
    sandbox.deliver(lambda body, signature: inbox.receive(body, signature, at=clock()), only=[told])
    return WebhookEvent.objects.get()


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


def test_a_paid_session_settles_its_payment(paid_event, open_payment, fresh_rates, clock):
    assert inbox.process(paid_event, at=clock()) is True
    open_payment.refresh_from_db()
    assert (paid_event.state, paid_event.reason, open_payment.state) == ("done", "", "settled")
    assert list(moving.history(paid_event, table=EVENTS).values_list("verb", "by")) == [("finish", None)]


def test_a_done_event_is_not_worked_on_again(paid_event, fresh_rates, clock):
    inbox.process(paid_event, at=clock())
    assert inbox.process(paid_event, at=clock.forward(hours=1)) is False
    assert Movement.objects.count() == 1


def test_the_inbox_is_worked_through_oldest_first(open_payment, sandbox, fresh_rates, clock):
    sandbox.pay(open_payment.session_id)
    sandbox.deliver(lambda body, signature: inbox.receive(body, signature, at=clock()), order="reversed")
    waiting = WebhookEvent.objects.count()
    assert inbox.work_through(at=clock(), most=1) == 1
    assert inbox.work_through(at=clock()) == waiting - 1
    assert inbox.work_through(at=clock()) == 0


def test_a_type_we_do_not_follow_is_ignored(receive, clock):
    receive(event(type="customer.created"))
    inbox.work_through(at=clock())
    assert WebhookEvent.objects.values_list("state", "reason").get() == ("ignored", "type_not_followed")


def test_while_one_worker_has_an_event_another_leaves_it(waiting_event, clock):
    assert inbox._claim(waiting_event, at=clock()) is True
    assert inbox.process(waiting_event, at=clock.forward(seconds=119)) is False
    assert inbox.process(waiting_event, at=clock.forward(seconds=1)) is True


def test_a_provider_that_does_not_answer_leaves_the_event_waiting(paid_event, no_provider, clock):
    inbox.process(paid_event, at=clock())
    paid_event.refresh_from_db()
    assert (paid_event.state, paid_event.reason, paid_event.attempts) == ("received", "provider_unreachable", 0)
    assert paid_event.due_at == clock() + inbox.PATIENCE


def test_a_provider_that_does_not_answer_is_not_asked_again_in_the_same_round(receive, no_provider, clock):
    for number in range(5):
        told = {"id": f"pi_{number}", "object": "payment_intent"}
        receive(event(id=f"evt_{number}", type="payment_intent.succeeded", data={"object": told}))
    assert [inbox.work_through(at=clock()) for _ in range(6)] == [1, 1, 1, 1, 1, 0]
    assert inbox.work_through(at=clock.forward(minutes=5)) == 1


def test_a_stale_rate_leaves_the_event_waiting_however_long_it_takes(paid_event, open_payment, clock):
    for _ in range(20):
        assert inbox.work_through(at=clock.forward(minutes=6)) == 1
    paid_event.refresh_from_db()
    assert (paid_event.state, paid_event.reason) == ("received", "no_rate")
    rates.import_demo(at=clock())
    inbox.work_through(at=clock.forward(minutes=6))
    paid_event.refresh_from_db()
    open_payment.refresh_from_db()
    assert (paid_event.state, paid_event.reason, open_payment.state) == ("done", "", "settled")


@pytest.fixture
def broken_event(paid_event, settings) -> WebhookEvent:
    """One whose work fails for a reason that is ours: the key is not accepted."""
    settings.STRIPE_SECRET_KEY = "pk_not_a_secret_key"
    gateway.close()
    return paid_event


def test_a_failure_is_tried_again_later_and_later(broken_event, clock):
    pauses = []
    for _ in range(3):
        inbox.process(broken_event, at=clock())
        broken_event.refresh_from_db()
        pauses.append(broken_event.due_at - clock())
        clock.moment = broken_event.due_at
    assert pauses == [timedelta(seconds=20), timedelta(seconds=40), timedelta(seconds=80)]
    assert (broken_event.state, broken_event.reason, broken_event.attempts) == ("received", "ProviderRefused", 3)


def test_after_eight_failures_it_is_given_up(broken_event, clock):
    taken_up = sum(inbox.work_through(at=clock.forward(hours=1)) for _ in range(12))
    broken_event.refresh_from_db()
    assert (taken_up, broken_event.state, broken_event.reason) == (8, "dead", "ProviderRefused")


def test_one_that_kills_its_worker_eight_times_is_given_up(waiting_event, clock):
    for _ in range(inbox.MOST_ATTEMPTS):
        assert inbox._claim(waiting_event, at=clock.forward(minutes=3)) is True
    assert inbox.process(waiting_event, at=clock.forward(minutes=3)) is False
    assert (waiting_event.state, waiting_event.reason) == ("dead", "worker_lost")


def test_a_worker_whose_lease_ran_out_does_not_undo_the_end_of_another(paid_event, fresh_rates, clock):
    slow = WebhookEvent.objects.get(pk=paid_event.pk)
    inbox.process(paid_event, at=clock())
    inbox._finish(slow, "quarantine", reason="late", at=clock())
    inbox._wait(slow, reason="late", at=clock())
    inbox._fail(slow, reason="late", at=clock())
    slow.refresh_from_db()
    assert (slow.state, slow.reason) == ("done", "")


@pytest.fixture
def quarantined_event(receive, clock, sandbox) -> WebhookEvent:
    receive(event())
    inbox.work_through(at=clock())
    return WebhookEvent.objects.get(state="quarantined")


def test_people_may_have_it_tried_again(quarantined_event, officer, clock):
    inbox.retry(quarantined_event, by=officer, at=clock())
    assert (quarantined_event.state, quarantined_event.attempts, quarantined_event.due_at) == ("received", 0, clock())
    entry = Entry.objects.get()
    assert (entry.verb, entry.by, entry.facts) == (
        "webhook_event.retry",
        officer,
        {"event": "evt_1", "reason": "unknown_object"},
    )


def test_people_may_close_it(quarantined_event, officer, clock):
    inbox.ignore(quarantined_event, by=officer, at=clock())
    assert quarantined_event.state == "ignored"
    with pytest.raises(UnlawfulMove):
        inbox.retry(quarantined_event, by=officer, at=clock())
    assert Entry.objects.values_list("verb", flat=True).get() == "webhook_event.ignore"


def test_what_is_done_stays_done(paid_event, officer, fresh_rates, clock):
    inbox.process(paid_event, at=clock())
    with pytest.raises(UnlawfulMove):
        inbox.ignore(paid_event, by=officer, at=clock())
    assert Entry.objects.count() == 0


def test_a_mismatch_is_quarantined_and_posts_nothing(make_payment, sandbox, fresh_rates, deliver, clock):
    payment = make_payment()
    cheaper = make_payment(Money(5_00, "USD"))
    forged = replace(checkout._order(cheaper), payment_id=payment.pk)
    session = gateway.open_session(forged, key="ashar:forged")
    payment.session_id = session.id
    payment.save(update_fields=["session_id"])
    sandbox.pay(session.id)
    deliver()
    told = WebhookEvent.objects.filter(object_id=session.id).values_list("state", "reason")
    assert set(told) == {("quarantined", "other_amount")}
    assert Movement.objects.count() == 0
