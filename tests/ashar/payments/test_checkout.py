"""Sending a person to the hosted page: our row first, one page per payment, and no second charge whatever breaks."""

import uuid
from dataclasses import replace

import pytest

from ashar.money import Money, currencies
from ashar.money.currencies import Indivisible
from ashar.payments import checkout, gateway, settlement
from ashar.payments.models import Payment


def sessions_at(sandbox) -> list[str]:
    return [session["id"] for session in sandbox.account.store.find("checkout.session")]


def fail_next(sandbox, *, when: str, times: int = 3) -> None:
    sandbox.switch(fail_requests=[{"status": 0, "when": when, "path": "/v1/checkout/sessions"}] * times)


def test_the_row_exists_before_the_provider_hears_of_it(make_payment, school_fund, clock):
    chosen = uuid.uuid4()
    payment = make_payment(Money(20_00, "EUR"), payment_id=chosen, subject="y" * 300)
    stored = Payment.objects.get(pk=chosen)
    assert (stored.state, stored.fund, stored.amount) == ("created", school_fund, Money(20_00, "EUR"))
    assert (stored.session_id, stored.session_url, stored.intent_id, stored.asked_at) == (None, "", None, None)
    assert (stored.success_path, stored.cancel_path, stored.created_at) == ("/ru/thanks/", "/ru/give/", clock())
    assert (stored.livemode, stored.subject) == (False, "y" * 250)
    assert payment == stored


@pytest.mark.parametrize(
    "amount",
    [Money(1, "USD"), Money(49, "USD"), Money(0, "USD"), Money(-50_00, "USD"), Money(10**9, "USD"), Money(1, "KRW")],
)
def test_a_sum_that_the_provider_does_not_take_makes_no_row(make_payment, amount):
    with pytest.raises(checkout.AmountNotAccepted):
        make_payment(amount)
    assert Payment.objects.count() == 0


def test_som_are_shown_but_never_charged(make_payment):
    with pytest.raises(checkout.AmountNotAccepted):
        make_payment(Money(5000_00, "KGS"))


def test_a_fraction_that_the_provider_does_not_take_makes_no_row(make_payment, monkeypatch):
    whole_lira = replace(currencies.get("TRY"), stripe_multiple_of=100)
    monkeypatch.setitem(currencies.CURRENCIES, "TRY", whole_lira)
    with pytest.raises(Indivisible):
        make_payment(Money(500_50, "TRY"))


def test_the_page_knows_where_to_come_back_to_and_when_it_ends(created_payment, sandbox, clock, settings):
    url = checkout.send_to_provider(created_payment, at=clock())
    made = sandbox.get(created_payment.session_id)
    assert url == made["url"] == created_payment.session_url
    assert made["success_url"] == f"{settings.SITE_URL}/ru/thanks/"
    assert made["cancel_url"] == f"{settings.SITE_URL}/ru/give/"
    assert made["expires_at"] == int(clock().timestamp()) + 3600
    assert created_payment.state == "open"


def test_however_often_it_is_asked_the_page_is_the_same(open_payment, sandbox, clock):
    urls = {checkout.send_to_provider(open_payment, at=clock.forward(minutes=9)) for _ in range(5)}
    assert urls == {open_payment.session_url}
    assert len(sessions_at(sandbox)) == 1


def test_two_tabs_get_one_page(created_payment, sandbox, clock):
    tabs = [Payment.objects.get(pk=created_payment.pk) for _ in range(2)]
    urls = {checkout.send_to_provider(tab, at=clock()) for tab in tabs}
    assert len(urls) == len(sessions_at(sandbox)) == 1


def test_a_provider_that_is_down_is_a_sentence_and_the_same_payment_can_try_again(created_payment, no_provider, clock):
    with pytest.raises(gateway.ProviderUnreachable) as refusal:
        checkout.send_to_provider(created_payment, at=clock())
    created_payment.refresh_from_db()
    assert (created_payment.state, created_payment.session_id, created_payment.asked_at) == ("created", None, clock())
    assert str(refusal.value) != ""


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_lost_answer_is_replayed_and_makes_no_second_page(created_payment, sandbox, clock, when):
    fail_next(sandbox, when=when)
    with pytest.raises(gateway.ProviderUnreachable):
        checkout.send_to_provider(created_payment, at=clock())
    asked_at = clock()
    checkout.send_to_provider(created_payment, at=clock.forward(minutes=25))
    assert sessions_at(sandbox) == [created_payment.session_id]
    assert (created_payment.asked_at, created_payment.attempt) == (asked_at, 1)


def test_a_lost_answer_is_looked_up_when_it_is_too_old_to_be_replayed(created_payment, sandbox, clock):
    fail_next(sandbox, when="after")
    with pytest.raises(gateway.ProviderUnreachable):
        checkout.send_to_provider(created_payment, at=clock())
    checkout.send_to_provider(created_payment, at=clock.forward(minutes=26))
    assert sessions_at(sandbox) == [created_payment.session_id]
    assert created_payment.attempt == 1


def test_when_the_look_up_finds_nothing_a_new_attempt_begins_under_its_own_key(created_payment, sandbox, clock):
    fail_next(sandbox, when="before")
    with pytest.raises(gateway.ProviderUnreachable):
        checkout.send_to_provider(created_payment, at=clock())
    checkout.send_to_provider(created_payment, at=clock.forward(minutes=26))
    assert sessions_at(sandbox) == [created_payment.session_id]
    assert (created_payment.attempt, created_payment.asked_at) == (2, clock())
    assert checkout.key(created_payment) == f"ashar:checkout:{created_payment.pk}:2"


def test_the_first_key_is_the_payments_own(created_payment):
    assert checkout.key(created_payment) == f"ashar:checkout:{created_payment.pk}"


def test_of_two_attempts_that_begin_at_once_the_second_asks_what_the_first_asks(created_payment, clock):
    slow = Payment.objects.get(pk=created_payment.pk)
    checkout._begin_attempt(created_payment, at=clock())
    checkout._begin_attempt(slow, at=clock.forward(seconds=1))
    assert (slow.asked_at, slow.attempt) == (created_payment.asked_at, 1)


def test_who_stores_a_session_second_goes_to_the_first_ones_page(open_payment, sandbox, clock):
    other = gateway.open_session(checkout._order(open_payment), key="ashar:other")
    assert checkout._store(open_payment, other, at=clock()) == open_payment.session_url != other.url


def test_a_settled_payment_is_not_sent_again(settled_payment, clock):
    with pytest.raises(checkout.AlreadyPaid):
        checkout.send_to_provider(settled_payment, at=clock())


def test_one_that_was_paid_a_moment_ago_is_not_sent_again(open_payment, sandbox, clock):
    sandbox.pay(open_payment.session_id)
    with pytest.raises(checkout.AlreadyPaid):
        checkout.send_to_provider(open_payment, at=clock())


def test_one_whose_page_has_just_closed_needs_a_new_payment(open_payment, sandbox, clock):
    clock.forward(hours=2)
    sandbox.events()
    with pytest.raises(checkout.TimeRanOut):
        checkout.send_to_provider(open_payment, at=clock())


def test_an_expired_payment_needs_a_new_payment(open_payment, sandbox, clock):
    clock.forward(hours=2)
    sandbox.events()
    settlement.follow(open_payment, at=clock())
    with pytest.raises(checkout.TimeRanOut):
        checkout.send_to_provider(open_payment, at=clock())


def test_settled_between_our_look_and_our_note_stays_settled(open_payment, sandbox, fresh_rates, clock):
    session = gateway.session(open_payment.session_id)
    sandbox.pay(open_payment.session_id)
    settlement.follow(open_payment, at=clock())
    checkout._store(open_payment, session, at=clock())
    assert open_payment.state == "settled"


def status_at(sandbox, payment: Payment) -> str:
    """How the provider's page for a payment stands."""
    (page,) = [
        row for row in sandbox.account.store.find("checkout.session") if row["client_reference_id"] == str(payment.pk)
    ]
    return page["status"]


class TestWithdrawing:
    """The giver decided anew: nobody may be able to pay the old sum any more."""

    def test_a_page_that_stands_is_ended(self, open_payment, sandbox, clock):
        checkout.withdraw(open_payment)
        assert status_at(sandbox, open_payment) == "expired"
        settlement.follow(open_payment, at=clock())
        assert open_payment.state == "expired"

    def test_twice_is_once(self, open_payment, sandbox):
        checkout.withdraw(open_payment)
        checkout.withdraw(open_payment)
        assert status_at(sandbox, open_payment) == "expired"

    def test_the_row_waits_for_the_providers_news(self, open_payment):
        checkout.withdraw(open_payment)
        open_payment.refresh_from_db()
        assert open_payment.state == "open"

    def test_one_the_provider_never_heard_of_needs_nothing_of_it(self, created_payment, no_provider):
        assert checkout.withdraw(created_payment) is None

    def test_one_that_has_expired_needs_nothing_of_it(self, open_payment, sandbox, clock, settings):
        clock.forward(hours=2)
        sandbox.events()
        settlement.follow(open_payment, at=clock())
        settings.STRIPE_API_BASE = "http://127.0.0.1:9"
        assert checkout.withdraw(open_payment) is None

    def test_one_that_is_settled_stays_paid(self, settled_payment, settings):
        settings.STRIPE_API_BASE = "http://127.0.0.1:9"
        with pytest.raises(checkout.AlreadyPaid):
            checkout.withdraw(settled_payment)

    def test_one_that_was_paid_a_moment_ago_stays_paid(self, open_payment, sandbox):
        sandbox.pay(open_payment.session_id)
        with pytest.raises(checkout.AlreadyPaid):
            checkout.withdraw(open_payment)
        assert status_at(sandbox, open_payment) == "complete"

    def test_a_row_that_is_behind_the_database_is_brought_up_to_date(self, created_payment, sandbox, clock):
        behind = Payment.objects.get(pk=created_payment.pk)
        checkout.send_to_provider(created_payment, at=clock())
        checkout.withdraw(behind)
        assert status_at(sandbox, created_payment) == "expired"

    def test_when_nobody_answers_the_page_may_still_stand(self, open_payment, settings):
        settings.STRIPE_API_BASE = "http://127.0.0.1:9"
        with pytest.raises(gateway.ProviderUnreachable):
            checkout.withdraw(open_payment)


class TestWithdrawingWhatWasNeverAnswered:
    """The page was asked for and the answer was lost: it is looked for by our mark."""

    @pytest.fixture
    def unanswered(self, created_payment, sandbox, clock):
        def lose(when: str) -> Payment:
            fail_next(sandbox, when=when)
            with pytest.raises(gateway.ProviderUnreachable):
                checkout.send_to_provider(created_payment, at=clock())
            return created_payment

        return lose

    def test_one_that_was_made_is_ended(self, unanswered, sandbox):
        payment = unanswered("after")
        assert payment.session_id is None
        checkout.withdraw(payment)
        assert status_at(sandbox, payment) == "expired"

    def test_one_that_was_made_and_paid_stays_paid(self, unanswered, sandbox):
        payment = unanswered("after")
        sandbox.pay(sessions_at(sandbox)[0])
        with pytest.raises(checkout.AlreadyPaid):
            checkout.withdraw(payment)

    def test_one_that_was_never_made_needs_nothing(self, unanswered, sandbox):
        checkout.withdraw(unanswered("before"))
        assert sessions_at(sandbox) == []

    def test_the_pages_of_others_stand(self, unanswered, make_payment, sandbox, clock):
        others = make_payment()
        checkout.send_to_provider(others, at=clock())
        payment = unanswered("after")
        checkout.withdraw(payment)
        assert (status_at(sandbox, payment), status_at(sandbox, others)) == ("expired", "open")
