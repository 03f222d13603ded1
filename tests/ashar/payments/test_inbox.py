"""The inbox: every end that an event can come to."""

from dataclasses import replace
from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded

from ashar.audit.models import Entry
from ashar.money import Money, rates
from ashar.payments import checkout, gateway, inbox
from ashar.payments.models import Movement, WebhookEvent
from ashar.payments.states import EVENTS
from ashar.workflow import moving
from ashar.workflow.moving import UnlawfulMove
from tests.ashar.payments.stage import event, time_is_up


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


def test_a_worker_whose_time_is_up_says_nothing_of_the_event(paid_event, open_payment, fresh_rates, clock):
    """It is not counted as the event's failure: it stays as it is until the lease ends, and then another worker ends it."""
    with time_is_up(at="INSERT INTO ledger_journal"), pytest.raises(SoftTimeLimitExceeded):
        inbox.process(paid_event, at=clock())
    paid_event.refresh_from_db()
    assert (paid_event.state, paid_event.reason, paid_event.due_at) == ("received", "", clock() + inbox.LEASE)
    assert Movement.objects.count() == 0
    assert inbox.process(paid_event, at=clock.forward(minutes=2)) is True
    open_payment.refresh_from_db()
    assert (paid_event.state, open_payment.state) == ("done", "settled")


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
