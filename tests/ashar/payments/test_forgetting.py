"""Addresses, words and the provider's reports go when their time is over; sums and open questions stay."""

import json
import uuid
from datetime import timedelta

import pytest

from ashar.ledger import checking
from ashar.ledger.models import Journal
from ashar.money import Money
from ashar.payments import forgetting, inbox, refunds
from ashar.payments.models import Payment, Refund, Refusal, WebhookEvent
from ashar.payments.states import EventState
from ashar.privacy import retention

FIVE_YEARS = timedelta(days=1825)
SECOND = timedelta(seconds=1)


def event(state: str, *, received_at) -> WebhookEvent:
    number = WebhookEvent.objects.count()
    moments = dict.fromkeys(("created_at", "received_at", "due_at"), received_at)
    return WebhookEvent.objects.create(
        event_id=f"evt_{number}", type="charge.succeeded", livemode=False, payload="{}", state=state, **moments
    )


def test_a_report_that_is_done_goes_after_ninety_days(db, clock):
    event("done", received_at=clock() - timedelta(days=90) - SECOND)
    young = event("done", received_at=clock() - timedelta(days=90))

    assert retention.keep(at=clock()) == {"webhook payments.WebhookEvent": 1}
    assert list(WebhookEvent.objects.all()) == [young]


@pytest.mark.parametrize("state", sorted(set(EventState.values) - {"done"}))
def test_a_report_that_waits_or_was_decided_on_stays(db, clock, state):
    kept = event(state, received_at=clock() - timedelta(days=1000))

    assert retention.keep(at=clock()) == {}
    assert list(WebhookEvent.objects.all()) == [kept]


def test_the_oldest_reports_go_first_and_no_more_than_asked(db, clock):
    ages = (100, 300, 200)
    for days in ages:
        event("done", received_at=clock() - timedelta(days=days))

    assert forgetting.forget_events(before=clock(), most=2) == 2
    assert WebhookEvent.objects.get().received_at == clock() - timedelta(days=100)
    assert [forgetting.forget_events(before=clock(), most=2) for _ in range(2)] == [1, 0]


def test_a_report_that_comes_again_after_it_went_changes_no_book(settled_payment, sandbox, deliver, clock):
    deliver()
    journals = list(Journal.objects.values_list("hash", flat=True))
    done = WebhookEvent.objects.filter(state="done").count()
    assert done > 0

    assert forgetting.forget_events(before=clock.forward(days=91), most=500) == done
    for known in sandbox.events():
        inbox.take(json.dumps(known), at=clock())
    inbox.work_through(at=clock())

    assert WebhookEvent.objects.filter(state="done").count() == done
    assert list(Journal.objects.values_list("hash", flat=True)) == journals


def test_addresses_go_after_five_years_and_sums_stay(settled_payment, make_payment, clock):
    young = make_payment(at=settled_payment.created_at + SECOND)

    assert retention.keep(at=settled_payment.created_at + FIVE_YEARS + SECOND) == {"accounting payments.Payment": 1}

    settled_payment.refresh_from_db()
    assert (settled_payment.email, settled_payment.amount, settled_payment.state) == (
        "",
        Money(50_00, "USD"),
        "settled",
    )
    assert list(Payment.objects.exclude(email="")) == [young]
    assert checking.check() == []


def test_words_about_a_refund_go_five_years_after_they_were_said(settled_payment, officer, clock):
    asked = {"amount": Money(10_00, "USD"), "reason": "Aigül lost her job", "by": officer, "token": uuid.uuid4()}
    refund = refunds.request(settled_payment, **asked, at=clock.forward(days=30))

    assert retention.keep(at=refund.requested_at + FIVE_YEARS) == {"accounting payments.Payment": 1}
    assert retention.keep(at=refund.requested_at + FIVE_YEARS + SECOND) == {"accounting payments.Refund": 1}
    assert retention.keep(at=refund.requested_at + FIVE_YEARS + SECOND) == {}
    assert list(Refund.objects.values_list("reason", "amount_minor")) == [("", 10_00)]


def test_words_about_a_refusal_go_five_years_after_they_were_said(settled_payment, officer, second_officer, clock):
    asked = {"amount": Money(10_00, "USD"), "reason": "", "by": officer, "token": uuid.uuid4(), "at": clock()}
    refund = refunds.request(settled_payment, **asked)
    Refusal.objects.create(refund=refund, by=second_officer, at=clock(), reason="Aigül was paid already")

    assert forgetting.forget_refusals(before=clock(), most=5) == 0
    assert [forgetting.forget_refusals(before=clock() + SECOND, most=1) for _time in range(2)] == [1, 0]
    assert list(Refusal.objects.values_list("reason", "by")) == [("", second_officer.pk)]


def test_no_more_addresses_go_than_asked(make_payment, clock):
    older, younger = make_payment(at=clock()), make_payment(at=clock.forward(seconds=1))

    assert forgetting.forget_addresses(before=younger.created_at + SECOND, most=1) == 1
    assert list(Payment.objects.exclude(email="")) == [younger]
    assert older.pk != younger.pk
