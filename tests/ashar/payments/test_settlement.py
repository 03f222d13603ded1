"""Following a payment: the books and the row come to where the provider is, once, or say why not."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from ashar.ledger import queries
from ashar.money import Money, rates
from ashar.money.models import ExchangeRate
from ashar.money.rates import StaleRate
from ashar.outbox.models import Message
from ashar.payments import checkout, gateway, settlement
from ashar.payments.models import Movement, Payment
from ashar.payments.states import PAYMENTS
from ashar.workflow import moving
from tests.ashar.payments.books import legs_of, state_of

WON = Money(70_000, "KRW")


def messages() -> list[tuple[str, dict]]:
    return [(message.topic, message.payload) for message in Message.objects.order_by("sent_at", "pk")]


def open_session_saying(payment: Payment, clock, **differs) -> None:
    """Give `payment` a session at the provider that says something else than its row."""
    session = gateway.open_session(replace(checkout._order(payment), **differs), key=f"differs:{payment.pk}")
    Payment.objects.filter(pk=payment.pk).update(session_id=session.id, asked_at=clock())
    payment.refresh_from_db()


def test_a_paid_session_becomes_one_movement_with_the_rates_frozen(settled_payment, clock):
    charge = Movement.objects.get()
    dollar = ExchangeRate.objects.get(currency="USD")
    assert (charge.kind, charge.sequence, charge.gross, charge.at) == ("charge", 1, Money(50_00, "USD"), clock())
    assert (charge.settled_gross_minor, charge.settled_fee_minor, charge.settled_net_minor) == (50_00, 1_75, 48_25)
    assert (charge.som_minor, charge.fee_som_minor, charge.cost_som_minor) == (4372_50, 153_04, 0)
    assert (charge.rate, charge.rate_value_e4, charge.rate_nominal) == (dollar, 87_4500, 1)
    assert (charge.fee_rate, charge.fee_rate_value_e4, charge.fee_rate_nominal) == (dollar, 87_4500, 1)


def test_the_journal_of_a_charge_has_exactly_these_legs(settled_payment):
    charge = Movement.objects.select_related("journal").get()
    assert legs_of(charge) == {
        ("kok-bulak-school", "given", "KGS"): -4372_50,
        ("kok-bulak-school", "fees", "KGS"): 153_04,
        ("operations", "conversion", "KGS"): 4219_46,
        ("operations", "clearing", "USD"): 48_25,
        ("operations", "conversion", "USD"): -48_25,
    }
    assert charge.journal.key == f"stripe:{charge.balance_transaction_id}"
    assert charge.journal.kind == "charge"
    assert charge.journal.facts == {"payment": str(settled_payment.pk)}


def test_a_payment_in_won_settles_in_dollars_with_a_rate_for_each(
    make_payment, sandbox, fresh_rates, clock, school_fund
):
    payment = make_payment(WON)
    checkout.send_to_provider(payment, at=clock())
    sandbox.pay(payment.session_id)
    [charge] = settlement.follow(payment, at=clock())
    assert (charge.gross, charge.settled_gross_minor, charge.settled_currency) == (WON, 48_58, "USD")
    assert (charge.rate.currency, charge.fee_rate.currency) == ("KRW", "USD")
    assert queries.available(school_fund).minor == charge.som_minor - charge.fee_som_minor


def test_a_settled_payment_is_announced_once_and_its_moves_are_remembered(settled_payment, clock):
    settlement.follow(settled_payment, at=clock())
    assert messages() == [("payment.moved", {"payment": str(settled_payment.pk)})]
    verbs = moving.history(settled_payment, table=PAYMENTS).values_list("verb", flat=True)
    assert list(verbs) == ["open", "settle"]


def test_following_again_posts_nothing(settled_payment, clock):
    before = state_of(settled_payment)
    assert settlement.follow(settled_payment, at=clock.forward(minutes=3)) == []
    assert state_of(settled_payment) == before
    assert settled_payment.looked_at == clock()


def test_the_row_in_hand_follows_too(open_payment, sandbox, fresh_rates, clock):
    sandbox.pay(open_payment.session_id)
    settlement.follow(open_payment, at=clock())
    stored = Payment.objects.get(pk=open_payment.pk)
    fields = ("state", "intent_id", "captured_minor", "refunded_minor", "looked_at", "trouble", "session_id")
    assert [getattr(open_payment, name) for name in fields] == [getattr(stored, name) for name in fields]


def test_an_unpaid_session_leaves_the_payment_open(open_payment, clock):
    assert settlement.follow(open_payment, at=clock()) == []
    assert (open_payment.state, open_payment.intent_id) == ("open", None)
    assert messages() == []


def test_a_declined_card_leaves_the_payment_open_and_a_second_card_settles_it(
    open_payment, sandbox, fresh_rates, clock
):
    sandbox.pay(open_payment.session_id, card="4000000000000002")
    assert settlement.follow(open_payment, at=clock()) == []
    assert open_payment.state == "open"
    sandbox.pay(open_payment.session_id)
    assert [movement.kind for movement in settlement.follow(open_payment, at=clock())] == ["charge"]
    assert open_payment.state == "settled"


def test_money_still_under_way_is_posted_when_it_has_arrived(open_payment, sandbox, fresh_rates, clock):
    sandbox.switch(settle_after=60)
    sandbox.pay(open_payment.session_id)
    assert settlement.follow(open_payment, at=clock()) == []
    assert open_payment.state == "open"
    sandbox.events()
    clock.forward(seconds=61)
    sandbox.events()
    assert len(settlement.follow(open_payment, at=clock())) == 1


def test_a_session_whose_time_ran_out_expires_the_payment_and_says_so_once(open_payment, sandbox, clock):
    clock.forward(hours=2)
    sandbox.events()
    settlement.follow(open_payment, at=clock())
    settlement.follow(open_payment, at=clock())
    assert open_payment.state == "expired"
    assert messages() == [("payment.expired", {"payment": str(open_payment.pk)})]


def test_money_that_came_after_all_settles_an_expired_payment(open_payment, sandbox, fresh_rates, clock):
    Payment.objects.filter(pk=open_payment.pk).update(state="expired")
    sandbox.pay(open_payment.session_id)
    settlement.follow(open_payment, at=clock())
    assert open_payment.state == "settled"


def test_a_payment_that_was_never_sent_waits_a_day_and_expires(created_payment, clock):
    settlement.follow(created_payment, at=clock.forward(hours=23))
    assert created_payment.state == "created"
    settlement.follow(created_payment, at=clock.forward(hours=1))
    assert created_payment.state == "expired"


def test_a_session_that_was_made_but_never_stored_is_found_by_its_mark(created_payment, sandbox, fresh_rates, clock):
    Payment.objects.filter(pk=created_payment.pk).update(asked_at=clock())
    created_payment.refresh_from_db()
    session = gateway.open_session(checkout._order(created_payment), key=checkout.key(created_payment))
    sandbox.pay(session.id)
    settlement.follow(created_payment, at=clock())
    assert (created_payment.session_id, created_payment.state) == (session.id, "settled")


def test_a_session_that_was_asked_for_and_never_made_expires_with_its_payment(created_payment, sandbox, clock):
    Payment.objects.filter(pk=created_payment.pk).update(asked_at=clock())
    created_payment.refresh_from_db()
    settlement.follow(created_payment, at=clock.forward(hours=1))
    assert created_payment.state == "created"
    settlement.follow(created_payment, at=clock.forward(hours=24))
    assert created_payment.state == "expired"


@pytest.mark.parametrize(
    ("differs", "refusal"),
    [
        ({"amount": Money(49_00, "USD")}, settlement.OtherAmount),
        ({"amount": Money(50_01, "USD")}, settlement.OtherAmount),
        ({"amount": Money(50_00, "EUR")}, settlement.OtherCurrency),
        ({"payment_id": "00000000-0000-4000-8000-000000000000"}, settlement.OtherPayment),
    ],
)
@pytest.mark.parametrize("is_paid", [False, True])
def test_a_session_that_says_something_else_posts_nothing(
    created_payment, sandbox, fresh_rates, clock, differs, refusal, is_paid
):
    open_session_saying(created_payment, clock, **differs)
    if is_paid:
        sandbox.pay(created_payment.session_id)
    with pytest.raises(refusal):
        settlement.follow(created_payment, at=clock())
    created_payment.refresh_from_db()
    assert Movement.objects.count() == 0
    assert (created_payment.state, created_payment.captured_minor, created_payment.intent_id) == ("created", 0, None)
    assert created_payment.trouble == refusal.code


def test_test_money_is_not_taken_for_real_money(make_payment, sandbox, fresh_rates, clock, settings):
    settings.STRIPE_LIVEMODE = True
    payment = make_payment()
    open_session_saying(payment, clock)
    sandbox.pay(payment.session_id)
    with pytest.raises(settlement.OtherMode):
        settlement.follow(payment, at=clock())
    assert Movement.objects.count() == 0


def test_a_payment_never_follows_a_second_intent(settled_payment, make_payment, sandbox, clock):
    """Even one that carries our mark and the right sum: the row knows which intent is its own."""
    Payment.objects.filter(pk=settled_payment.pk).update(intent_id="pi_first", captured_minor=0, state="open")
    intent = gateway.intent(settled_payment.intent_id)
    with pytest.raises(settlement.OtherPayment):
        settlement._record(settled_payment, settlement.Seen(None, intent), at=clock())


def test_a_stale_rate_keeps_the_money_event_waiting_with_a_reason(open_payment, sandbox, db, clock):
    sandbox.pay(open_payment.session_id)
    with pytest.raises(StaleRate):
        settlement.follow(open_payment, at=clock())
    open_payment.refresh_from_db()
    assert (open_payment.state, Movement.objects.count()) == ("open", 0)
    assert open_payment.trouble == "no_rate"


def test_once_there_is_a_fresh_rate_the_waiting_money_is_posted_at_it(open_payment, sandbox, clock):
    sandbox.pay(open_payment.session_id)
    with pytest.raises(StaleRate):
        settlement.follow(open_payment, at=clock())
    rates.import_demo(at=clock.forward(days=30))
    [charge] = settlement.follow(open_payment, at=clock())
    assert charge.rate.on == timezone.localdate(clock())
    assert charge.journal.effective_on == timezone.localdate(clock() - timedelta(days=30))
    assert open_payment.trouble == ""


def test_the_rate_of_the_day_the_money_moved_is_preferred(open_payment, sandbox, fresh_rates, clock):
    sandbox.pay(open_payment.session_id)
    day = timezone.localdate(clock())
    rates.import_demo(at=clock.forward(days=2))
    [charge] = settlement.follow(open_payment, at=clock())
    assert charge.rate.on == day


def test_a_provider_that_does_not_answer_changes_nothing(open_payment, no_provider, clock):
    with pytest.raises(gateway.ProviderUnreachable):
        settlement.follow(open_payment, at=clock())
    open_payment.refresh_from_db()
    assert (open_payment.state, open_payment.looked_at, open_payment.trouble) == ("open", None, "")


def test_the_books_prove_themselves(settled_payment, school_fund):
    figures = queries.figures([school_fund])[school_fund.pk]
    assert (figures.given.minor, figures.fees.minor, figures.available.minor) == (4372_50, 153_04, 4219_46)
