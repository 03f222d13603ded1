"""A process that is killed at the worst moment, and the one that comes after it: nothing is lost, nothing happens twice."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from ashar.money import Money
from ashar.payments import checkout, inbox, refunds, resolving, settlement
from ashar.payments.models import Movement, Payment, Refund, WebhookEvent

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]

ACTS = {
    "send to the provider": "checkout.send_to_provider(Payment.objects.get(), at=now())",
    "take in": "inbox.take(sys.stdin.read(), at=now())",
    "work through": "inbox.work_through(at=now())",
    "follow": "settlement.follow(Payment.objects.get(), at=now())",
    "refund": "refunds.send(Refund.objects.get(), at=now())",
}
SCRIPT = """\
import sys
from django.conf import settings
from django.utils.timezone import now
from ashar.payments import checkout, inbox, refunds, settlement
from ashar.payments.models import Payment, Refund
settings.STRIPE_API_BASE = "{provider}"
{act}
"""


@pytest.fixture
def clock(clock):
    """The process that dies reads the wall clock, so everybody does."""
    clock.moment = timezone.now()
    return clock


@pytest.fixture
def dies(sandbox, elsewhere):
    """Do an act in a process that is killed at a marked point."""

    def run(act: str, *, at: str, told: str = "") -> None:
        elsewhere.dies(SCRIPT.format(act=ACTS[act], provider=sandbox.base_url), at=at, told=told)

    return run


@pytest.fixture
def paid(open_payment, sandbox, fresh_rates) -> Payment:
    sandbox.pay(open_payment.session_id)
    return open_payment


@pytest.mark.parametrize("moment", ["payments.before_session", "payments.after_session"])
def test_a_payment_gets_one_page(created_payment, sandbox, dies, clock, moment):
    dies("send to the provider", at=moment)
    created_payment.refresh_from_db()
    assert (created_payment.state, created_payment.session_id) == ("created", None)
    checkout.send_to_provider(created_payment, at=timezone.now())
    [only] = sandbox.account.store.find("checkout.session")
    assert (created_payment.state, created_payment.session_id) == ("open", only["id"])


def test_a_page_that_nobody_wrote_down_is_found_even_if_the_giver_never_comes_back(
    created_payment, sandbox, dies, clock
):
    dies("send to the provider", at="payments.after_session")
    [only] = sandbox.account.store.find("checkout.session")
    resolving.resolve(clock.forward(minutes=6))
    created_payment.refresh_from_db()
    assert (created_payment.state, created_payment.session_id) == ("open", only["id"])


def test_a_webhook_that_was_written_down_is_worked_on(paid, sandbox, dies, clock):
    bodies = []
    sandbox.deliver(lambda body, _: bodies.append(body), only=sandbox.events("checkout.session.completed"))
    dies("take in", at="payments.after_webhook", told=bodies[0].decode())
    assert WebhookEvent.objects.get().state == "received"
    inbox.work_through(at=timezone.now())
    assert (WebhookEvent.objects.get().state, Movement.objects.count()) == ("done", 1)


@pytest.mark.parametrize(("moment", "posted"), [("payments.before_posting", 0), ("payments.after_posting", 1)])
def test_money_is_posted_once(paid, sandbox, dies, clock, moment, posted):
    only = sandbox.events("checkout.session.completed")
    sandbox.deliver(lambda body, signature: inbox.receive(body, signature, at=clock()), only=only)
    dies("work through", at=moment)
    assert (WebhookEvent.objects.get().state, Movement.objects.count()) == ("received", posted)
    inbox.work_through(at=timezone.now() + inbox.LEASE)
    paid.refresh_from_db()
    assert (WebhookEvent.objects.get().state, Movement.objects.count(), paid.state) == ("done", 1, "settled")


@pytest.mark.parametrize("moment", ["payments.before_refund", "payments.after_refund"])
def test_money_goes_back_once(paid, sandbox, officer, dies, clock, moment):
    settlement.follow(paid, at=clock())
    refund = refunds.request(paid, amount=Money(10_00, "USD"), reason="", by=officer, token=uuid.uuid4(), at=clock())
    dies("refund", at=moment)
    assert Refund.objects.get().state == "sent"
    resolving.resolve(timezone.now() + timedelta(minutes=6))
    refund.refresh_from_db()
    assert (refund.state, len(sandbox.account.store.find("refund"))) == ("succeeded", 1)
    assert list(Movement.objects.order_by("sequence").values_list("kind", flat=True)) == ["charge", "refund"]


def test_a_process_that_dies_while_following_leaves_no_half_posting(paid, dies, clock):
    dies("follow", at="payments.before_posting")
    assert Movement.objects.count() == 0
    assert len(settlement.follow(paid, at=timezone.now())) == 1
