"""Money that moved in a period that is closed when we learn of it: it is booked on the day we do, never turned away."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ashar.ledger import checking, closing, queries
from ashar.ledger.models import Journal, Role
from ashar.payments import checkout, inbox, resolving, settlement
from ashar.payments.models import Movement, Payment, WebhookEvent
from tests.ashar.payments.books import legs_of, state_of
from tests.ashar.payments.stage import NOON

MOVED_ON, LEARNED_ON = date(2026, 11, 20), date(2026, 11, 23)


@pytest.fixture
def unheard(open_payment, sandbox, fresh_rates) -> Payment:
    """Paid on the 20th; no word of it has reached us."""
    sandbox.pay(open_payment.session_id)
    return open_payment


@pytest.fixture
def closed_over(officer, clock):
    """The books closed over the day the money moved, three days later."""

    def close(through: date = MOVED_ON) -> None:
        clock.moment = NOON + timedelta(days=3)
        closing.close(through, by=officer, at=clock())

    return close


def test_a_webhook_that_comes_after_the_closing_settles_the_payment(unheard, closed_over, deliver, school_fund):
    closed_over()
    deliver()
    unheard.refresh_from_db()
    charge = Movement.objects.get()
    assert (unheard.state, unheard.trouble) == ("settled", "")
    assert charge.journal.effective_on == LEARNED_ON
    assert charge.journal.facts == {"payment": str(unheard.pk), "happened_on": "2026-11-20"}
    assert charge.at.date() == MOVED_ON
    assert set(WebhookEvent.objects.values_list("state", flat=True)) == {"done", "ignored"}
    assert queries.balance(school_fund, Role.GIVEN, until=MOVED_ON).minor == 0
    assert queries.balance(school_fund, Role.GIVEN).minor == charge.som_minor
    assert checking.check() == []


def test_what_is_booked_is_the_same_but_for_its_day(make_payment, sandbox, fresh_rates, closed_over, clock):
    """The rate is that of the day the money moved, whether the books are closed over it or not."""
    told, untold = make_payment(), make_payment()
    for payment in (told, untold):
        checkout.send_to_provider(payment, at=clock())
        sandbox.pay(payment.session_id)
    settlement.follow(told, at=clock())
    closed_over()
    settlement.follow(untold, at=clock())
    on_time, late = told.movements.get(), untold.movements.get()
    assert legs_of(late) == legs_of(on_time)
    assert (late.som_minor, late.rate) == (on_time.som_minor, on_time.rate)
    assert (on_time.journal.effective_on, late.journal.effective_on) == (MOVED_ON, LEARNED_ON)


def test_the_resolver_finds_it_too(unheard, closed_over, clock):
    closed_over()
    resolving.resolve(clock())
    unheard.refresh_from_db()
    assert (unheard.state, Journal.objects.get().effective_on) == ("settled", LEARNED_ON)


def test_a_dispute_over_a_gift_of_the_closed_period_counts_for_its_own_day(unheard, closed_over, sandbox, clock):
    settlement.follow(unheard, at=clock())
    closed_over()
    sandbox.dispute(sandbox.get(unheard.intent_id)["latest_charge"])
    settlement.follow(unheard, at=clock())
    days = list(Movement.objects.order_by("sequence").values_list("kind", "journal__effective_on"))
    assert days == [("charge", MOVED_ON), ("dispute_withdrawn", LEARNED_ON)]


def test_following_again_after_a_closing_changes_nothing(unheard, closed_over, deliver, clock):
    settlement.follow(unheard, at=clock())
    before = state_of(unheard)
    closed_over()
    deliver()
    assert settlement.follow(unheard, at=clock()) == []
    assert state_of(unheard) == before


def test_a_closing_up_to_yesterday_leaves_today_open(unheard, closed_over, deliver):
    closed_over(LEARNED_ON - timedelta(days=1))
    deliver()
    assert Journal.objects.get().effective_on == LEARNED_ON


def test_a_worker_that_read_the_clock_before_the_closing_is_not_turned_away(unheard, officer, clock):
    """It learned of the money on the 20th; by the time it posts, another has closed the books through that day."""
    read = clock()
    closing.close(MOVED_ON, by=officer, at=datetime(2026, 11, 20, 18, 0, 1, tzinfo=UTC))
    settlement.follow(unheard, at=read)
    journal = Journal.objects.get()
    assert (journal.posted_at, journal.effective_on) == (read, MOVED_ON + timedelta(days=1))


def test_late_events_wait_for_nobody(unheard, closed_over, sandbox, clock):
    closed_over()
    sandbox.deliver(lambda body, signature: inbox.receive(body, signature, at=clock()))
    inbox.work_through(at=clock())
    assert not WebhookEvent.objects.filter(state__in=("received", "quarantined", "dead")).exists()
