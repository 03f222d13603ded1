"""What payments say at /readyz."""

from datetime import UTC, datetime, timedelta

import pytest

from ashar.money import currencies, rates
from ashar.money.models import ExchangeRate
from ashar.payments import health
from ashar.payments.models import WebhookEvent
from ashar.web import readiness

AT = datetime(2026, 11, 23, 6, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def put(state: str, *, at: datetime = AT) -> None:
    number = WebhookEvent.objects.count()
    moments = {"created_at": at, "received_at": at, "due_at": at}
    WebhookEvent.objects.create(
        event_id=f"evt_{number}", type="charge.updated", livemode=False, payload="{}", state=state, **moments
    )


def test_an_empty_inbox_is_well():
    assert health.probe(AT) == readiness.ok(waiting=0, late_seconds=0, quarantined=0, dead=0)


@pytest.mark.parametrize(("minutes", "say"), [(0, readiness.ok), (5, readiness.ok), (6, readiness.degraded)])
def test_an_event_may_wait_for_minutes(minutes, say):
    put("received")

    found = health.probe(AT + timedelta(minutes=minutes))

    assert found == say(waiting=1, late_seconds=60 * minutes, quarantined=0, dead=0)


@pytest.mark.parametrize("state", ["quarantined", "dead"])
def test_what_people_have_to_look_at_degrades(state):
    put(state)

    facts = {"quarantined": 0, "dead": 0} | {state: 1}
    assert health.probe(AT) == readiness.degraded(waiting=0, late_seconds=0, **facts)


@pytest.mark.parametrize("state", ["done", "ignored"])
def test_what_is_over_is_well(state):
    put(state)

    assert health.probe(AT) == readiness.ok(waiting=0, late_seconds=0, quarantined=0, dead=0)


def test_payments_speak_at_readyz():
    assert readiness.examine(AT)[1]["payments"] == readiness.ok(waiting=0, late_seconds=0, quarantined=0, dead=0)


def test_money_can_be_converted_while_every_rate_is_fresh():
    rates.import_demo(at=AT)

    assert health.rates_probe(AT) == readiness.ok(stale=[])


def test_without_any_rate_every_currency_but_our_own_is_stale():
    ours = [currency.code for currency in currencies.chargeable() if currency.code != "KGS"]

    assert health.rates_probe(AT) == readiness.degraded(stale=ours)


def test_one_stale_rate_degrades_and_is_named():
    rates.import_demo(at=AT)
    ExchangeRate.objects.filter(currency="KRW").update(source="nbkr-weekly")

    assert health.rates_probe(AT + timedelta(days=8)) == readiness.ok(stale=[])
    assert health.rates_probe(AT + timedelta(days=9)) == readiness.degraded(stale=["KRW"])


def test_a_currency_that_nobody_gives_in_may_be_stale():
    rates.import_demo(at=AT)
    ExchangeRate.objects.filter(currency="ISK").delete()

    assert health.rates_probe(AT) == readiness.ok(stale=[])


def test_the_rates_are_among_what_is_asked():
    state, findings = readiness.examine(AT)

    assert (findings["rates"].state, state) == ("degraded", "degraded")
