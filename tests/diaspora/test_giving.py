"""A gift from the form to the books."""

import uuid

import pytest
from django.db import transaction

from ashar.audit.models import Entry
from ashar.ledger import queries as books
from ashar.money import Money
from ashar.notices.models import Notice
from ashar.outbox import delivering, sending
from ashar.outbox.models import Message
from ashar.payments.models import Payment
from diaspora import giving, projects, states
from diaspora.models import Gift, Receipt
from tests.factories.gifts import (
    ReceivedGiftFactory,
    StartedGiftFactory,
    arrive,
    go_back,
    move,
)
from tests.factories.moments import NEXT_MONTH, NOON
from tests.factories.people import PersonFactory
from tests.factories.projects import ClosedProjectFactory, DraftProjectFactory, OpenProjectFactory

TOKEN = uuid.UUID(int=7)


def test_a_started_gift_has_its_payment_and_has_moved_no_money(school):
    gift = StartedGiftFactory(project=school, amount=Money(70_000, "KRW"), language="ky")

    assert gift.state == "started"
    assert gift.payment.amount == Money(70_000, "KRW")
    assert gift.payment.fund == school.fund
    assert gift.payment.subject == "Мектептин чатыры"
    assert gift.payment.success_path == f"/ky/gifts/{gift.pk}/?from=checkout"
    assert gift.payment.cancel_path == f"/ky/gifts/{gift.pk}/?from=cancel"
    assert books.available(school.fund) == Money.zero("KGS")


def test_the_same_form_sent_twice_is_one_gift(school):
    first = StartedGiftFactory(project=school, token=TOKEN, email="a@example.org")
    second = StartedGiftFactory(project=school, token=TOKEN, email="a@example.org")

    assert second == first
    assert (Gift.objects.count(), Payment.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "other",
    [
        {"amount": Money(51_00, "USD")},
        {"amount": Money(50_00, "EUR")},
        {"name": "Другой"},
        {"shown_as": "anonymous"},
        {"message": "Сага"},
        {"email": "b@example.org"},
    ],
)
def test_other_answers_under_the_same_token_are_refused(school, other):
    StartedGiftFactory(project=school, token=TOKEN, email="a@example.org")

    with pytest.raises(giving.TokenUsed):
        StartedGiftFactory(project=school, token=TOKEN, **({"email": "a@example.org"} | other))

    assert Gift.objects.count() == 1


def test_the_same_answers_in_another_language_are_the_same_gift(school):
    first = StartedGiftFactory(project=school, token=TOKEN, email="a@example.org", language="ru")

    again = StartedGiftFactory(project=school, token=TOKEN, email="a@example.org", language="ky")

    assert (again.pk, again.language) == (first.pk, "ru")


def test_the_same_form_of_another_project_is_refused(school):
    StartedGiftFactory(project=school, token=TOKEN, email="a@example.org")

    with pytest.raises(giving.TokenUsed):
        StartedGiftFactory(project=OpenProjectFactory(), token=TOKEN, email="a@example.org")


@pytest.mark.parametrize("factory", [DraftProjectFactory, ClosedProjectFactory])
def test_a_project_that_is_not_open_takes_no_gift(db, factory):
    with pytest.raises(giving.ProjectIsNotOpen):
        StartedGiftFactory(project=factory())

    assert (Gift.objects.count(), Payment.objects.count()) == (0, 0)


def test_the_last_day_counts_in_bishkek(db):
    school = OpenProjectFactory(closes_on=NEXT_MONTH)
    last_minute = NOON.replace(month=12, day=20, hour=17, minute=59)

    assert giving.takes_gifts(school, at=last_minute)
    assert not giving.takes_gifts(school, at=last_minute.replace(hour=18, minute=0))


@pytest.mark.parametrize(
    ("amount", "refusal"),
    [
        (Money(1_99, "USD"), giving.AmountTooSmall),
        (Money(100_000_000, "USD"), giving.AmountTooLarge),
        (Money(2_999, "KRW"), giving.AmountTooSmall),
        (Money(500_00, "KGS"), giving.CurrencyNotTaken),
        (Money(500_00, "RUB"), giving.CurrencyNotTaken),
        (Money(500, "JPY"), giving.CurrencyNotTaken),
    ],
)
def test_amounts_the_rail_does_not_take_are_refused(school, amount, refusal):
    with pytest.raises(refusal):
        StartedGiftFactory(project=school, amount=amount)


@pytest.mark.parametrize("amount", [Money(2_00, "USD"), Money(999_999_99, "USD"), Money(3_000, "KRW")])
def test_the_smallest_and_the_largest_are_taken(school, amount):
    assert StartedGiftFactory(project=school, amount=amount).amount == amount


def test_an_arrived_gift_has_its_som_value_its_rate_and_its_fee_frozen(school):
    gift = ReceivedGiftFactory(project=school)
    charge = gift.payment.movements.get()

    assert gift.state == "received"
    assert gift.som_minor == charge.som_minor
    assert gift.fee_som_minor == charge.fee_som_minor
    assert gift.received_at == charge.at
    assert gift.rate_facts == {
        "value_e4": charge.rate.value_e4,
        "nominal": charge.rate.nominal,
        "on": charge.rate.on.isoformat(),
        "source": "demo",
    }


def test_the_frozen_value_stays_when_the_money_goes_back(school):
    gift = ReceivedGiftFactory(project=school)
    value = gift.som_minor
    go_back(gift)

    gift = giving.follow(gift.payment_id, at=NOON)

    assert (gift.state, gift.som_minor) == ("returned", value)


def test_a_part_given_back_leaves_the_gift_received(school):
    gift = ReceivedGiftFactory(project=school)
    go_back(gift, Money(20_00, "USD"))

    assert giving.follow(gift.payment_id, at=NOON).state == "received"


def test_a_refund_that_failed_brings_the_gift_back(school):
    gift = ReceivedGiftFactory(project=school)
    go_back(gift)
    giving.follow(gift.payment_id, at=NOON)
    move(gift.payment, "refund_failed", gift.amount, at=NOON)

    assert giving.follow(gift.payment_id, at=NOON).state == "received"


def test_charge_and_refund_heard_of_together_end_as_heard_of_apart(school):
    gift = StartedGiftFactory(project=school)
    arrive(gift)
    go_back(gift)

    gift = giving.follow(gift.payment_id, at=NOON)

    assert gift.state == "returned"
    assert sorted(Notice.objects.values_list("kind", flat=True)) == ["gift_received", "gift_returned"]


def test_a_payment_that_ran_out_leaves_a_gift_that_was_not_paid(waiting_gift):
    Payment.objects.update(state="expired")

    assert giving.follow(waiting_gift.payment_id, at=NOON).state == "abandoned"
    assert Receipt.objects.count() == 0


def test_a_payment_still_open_changes_nothing(waiting_gift):
    assert giving.follow(waiting_gift.payment_id, at=NOON).state == "started"
    assert Notice.objects.count() == 0


def test_money_that_came_after_all_is_taken(waiting_gift):
    Payment.objects.update(state="expired")
    giving.follow(waiting_gift.payment_id, at=NOON)
    arrive(waiting_gift)

    assert giving.follow(waiting_gift.payment_id, at=NOON).state == "received"


def test_a_payment_started_before_closing_still_counts(school, pool):
    gift = StartedGiftFactory(project=school)
    projects.close(school, by=None, at=NOON)
    arrive(gift)

    gift = giving.follow(gift.payment_id, at=NOON)

    figures = books.figures([school.fund])[school.fund_id]
    assert (gift.state, figures.given, figures.matched) == ("received", gift.som, gift.som)


def test_a_payment_that_is_no_gift_is_nobodys_business(db):
    assert giving.follow(uuid.uuid4(), at=NOON) is None


def test_what_moved_is_announced_once_and_audited(school):
    gift = ReceivedGiftFactory(project=school)
    giving.follow(gift.payment_id, at=NOON)

    messages = Message.objects.filter(topic="gift.moved")
    assert [message.payload for message in messages] == [{"gift": str(gift.pk), "project": school.pk}]
    assert list(Entry.objects.filter(subject_id=str(gift.pk)).order_by("pk").values_list("verb", flat=True)) == [
        "gift.start",
        "gift.follow",
    ]


def test_the_consumer_brings_the_gift_up_to_date(waiting_gift):
    arrive(waiting_gift)
    announce("payment.moved", waiting_gift)

    waiting_gift.refresh_from_db()
    assert waiting_gift.state == "received"


def test_the_consumer_of_expiries_marks_the_gift(waiting_gift):
    Payment.objects.update(state="expired")
    announce("payment.expired", waiting_gift)

    waiting_gift.refresh_from_db()
    assert waiting_gift.state == "abandoned"


def announce(topic, gift):
    with transaction.atomic():
        sending.send(topic, {"payment": str(gift.payment_id)}, at=NOON)
    delivering.drain(NOON)


def test_the_gift_that_reaches_the_goal_makes_the_project_funded(db):
    school = OpenProjectFactory(goal=Money(4_000_00, "KGS"))
    gift = StartedGiftFactory(project=school)
    arrive(gift)

    announce("payment.moved", gift)

    school.refresh_from_db()
    assert school.state == "funded"


def test_a_signed_in_giver_owns_the_gift(school):
    person = PersonFactory()

    assert StartedGiftFactory(project=school, by=person).donor == person


STATES = ("started", "received", "returned", "abandoned")


@pytest.mark.parametrize("verb", list(states.GIFT.transitions))
@pytest.mark.parametrize("state", STATES)
def test_exactly_the_lawful_moves_of_a_gift(verb, state):
    lawful = {
        ("started", "receive"),
        ("abandoned", "receive"),
        ("received", "give_back"),
        ("returned", "restore"),
        ("started", "abandon"),
    }

    assert states.GIFT.allows(verb, state) == ((state, verb) in lawful)
