"""Many workers at one payment, each with a connection of its own: everything happens once."""

import json
import time
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import stripe
from django.db import connections
from django.test import Client

from ashar.ledger.models import Journal
from ashar.money import Money
from ashar.outbox.models import Message
from ashar.payments import checkout, inbox, refunds, resolving, settlement
from ashar.payments.models import Movement, Payment, Refund, WebhookEvent
from ashar.payments.refunds import NotRefundable, RefundTooLarge

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at_once() -> Callable[..., list]:
    """Run acts at the same moment in threads of their own; return what they returned or raised."""

    def run(*acts: Callable[[], object]) -> list[object]:
        start = Barrier(len(acts))

        def alone(act: Callable[[], object]) -> object:
            start.wait(timeout=30)
            try:
                return act()
            except Exception as error:  # noqa: BLE001 - the test looks at it
                return error
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(acts)) as threads:
            return list(threads.map(alone, acts))

    return run


@pytest.fixture
def paid(open_payment, sandbox, fresh_rates) -> Payment:
    sandbox.pay(open_payment.session_id)
    return open_payment


def test_workers_who_follow_one_payment_post_once(paid, at_once, clock):
    copies = [Payment.objects.get(pk=paid.pk) for _ in range(4)]
    found = at_once(*(lambda copy=copy: len(settlement.follow(copy, at=clock())) for copy in copies))
    assert sorted(found) == [0, 0, 0, 1]
    assert (Movement.objects.count(), Journal.objects.count()) == (1, 1)
    assert Message.objects.filter(topic="payment.moved").count() == 1
    assert {copy.state for copy in copies} == {"settled"}


def test_a_webhook_that_comes_twenty_times_at_once_is_one_row(db, at_once):
    body = json.dumps({
        "id": "evt_1",
        "object": "event",
        "created": 1_795_154_400,
        "livemode": False,
        "type": "charge.updated",
        "data": {"object": {}},
    })  # fmt: skip
    signature = stripe.WebhookSignature.generate_signature_header(body, "whsec_sandbox", timestamp=int(time.time()))

    def post() -> int:
        answer = Client().post(
            "/webhooks/stripe/", body, content_type="application/json", headers={"Stripe-Signature": signature}
        )
        return answer.status_code

    assert Counter(at_once(*[post] * 20)) == {200: 20}
    assert WebhookEvent.objects.count() == 1


def test_two_workers_share_the_inbox_and_each_event_has_one(paid, sandbox, at_once, clock):
    sandbox.deliver(lambda body, signature: inbox.receive(body, signature, at=clock()))
    waiting = WebhookEvent.objects.count()
    taken = at_once(*[lambda: inbox.work_through(at=clock())] * 3)
    assert sum(taken) == waiting
    assert Movement.objects.count() == 1
    assert not WebhookEvent.objects.filter(state="received").exists()


def test_two_tabs_at_once_get_one_page(created_payment, sandbox, at_once, clock):
    tabs = [Payment.objects.get(pk=created_payment.pk) for _ in range(3)]
    urls = at_once(*(lambda tab=tab: checkout.send_to_provider(tab, at=clock()) for tab in tabs))
    assert len(set(urls)) == 1
    assert len(sandbox.account.store.find("checkout.session")) == 1


def test_two_officers_who_refund_everything_at_once_refund_it_once(paid, officer, second_officer, at_once, clock):
    settlement.follow(paid, at=clock())

    def everything(by):
        return refunds.request(paid, amount=Money(50_00, "USD"), reason="", by=by, token=uuid.uuid4(), at=clock())

    outcomes = at_once(lambda: everything(officer), lambda: everything(second_officer))
    assert sorted(type(outcome) for outcome in outcomes if isinstance(outcome, Refund)) == [Refund]
    assert [type(outcome) for outcome in outcomes if not isinstance(outcome, Refund)] == [NotRefundable]
    assert Refund.objects.count() == 1


def test_refunds_asked_for_at_once_never_add_up_to_more_than_was_paid(paid, officer, at_once, clock):
    settlement.follow(paid, at=clock())
    ask = [
        lambda: refunds.request(paid, amount=Money(20_00, "USD"), reason="", by=officer, token=uuid.uuid4(), at=clock())
    ] * 4
    outcomes = Counter(type(outcome) for outcome in at_once(*ask))
    assert outcomes == {Refund: 2, RefundTooLarge: 2}


def test_a_form_sent_eight_times_at_once_is_one_refund(paid, officer, at_once, clock):
    settlement.follow(paid, at=clock())
    token = uuid.uuid4()

    def ask() -> Refund:
        return refunds.request(paid, amount=Money(5_00, "USD"), reason="", by=officer, token=token, at=clock())

    assert {refund.pk for refund in at_once(*[ask] * 8)} == {token}
    assert (Refund.objects.count(), Message.objects.filter(topic="refund.due").count()) == (1, 1)


def test_one_refund_sent_by_several_workers_goes_once(paid, officer, sandbox, at_once, clock):
    settlement.follow(paid, at=clock())
    refund = refunds.request(paid, amount=Money(10_00, "USD"), reason="", by=officer, token=uuid.uuid4(), at=clock())
    copies = [Refund.objects.get(pk=refund.pk) for _ in range(3)]
    at_once(*(lambda copy=copy: refunds.send(copy, at=clock()) for copy in copies))
    refunds.send(refund, at=clock())
    assert len(sandbox.account.store.find("refund")) == 1
    assert (refund.state, Movement.objects.filter(kind="refund").count()) == ("succeeded", 1)


def test_the_resolver_and_the_webhook_meet_without_harm(paid, sandbox, at_once, clock):
    sandbox.deliver(lambda body, signature: inbox.receive(body, signature, at=clock()))
    clock.forward(minutes=6)
    at_once(
        lambda: resolving.resolve(clock()), lambda: inbox.work_through(at=clock()), lambda: resolving.resolve(clock())
    )
    assert Movement.objects.count() == 1
