"""Gifts, made by their verbs; their money moves by the booking that follows the card service."""

import itertools
import uuid
from datetime import datetime, timedelta

import factory
from django.db import transaction

from ashar.money import Money, rates
from ashar.payments import booking, facts
from ashar.payments.models import Movement, Payment
from diaspora import giving
from diaspora.models import Gift
from tests.factories.moments import NOON
from tests.factories.projects import OpenProjectFactory

FIFTY_DOLLARS = Money(50_00, "USD")
_numbers = itertools.count(1)


class StartedGiftFactory(factory.django.DjangoModelFactory):
    """Fifty dollars, shown with the name, not paid yet."""

    class Meta:
        model = Gift

    project = factory.SubFactory(OpenProjectFactory)
    amount = FIFTY_DOLLARS
    email = factory.Sequence(lambda n: f"giver-{n}@example.org")
    name = "Бакыт Дарманкул уулу"
    shown_as = "named"
    message = ""
    language = "ru"
    by = None
    token = factory.LazyFunction(uuid.uuid4)
    at = NOON

    @classmethod
    def _create(cls, _model, *_args, project, **answers):
        return giving.start(project, **answers)


class ReceivedGiftFactory(StartedGiftFactory):
    """The same, arrived."""

    @classmethod
    def _create(cls, model_class, *args, **facts_of_gift):
        gift = super()._create(model_class, *args, **facts_of_gift)
        arrive(gift, at=facts_of_gift["at"])
        return giving.follow(gift.payment_id, at=facts_of_gift["at"])


def arrive(gift: Gift, *, at: datetime = NOON) -> Movement:
    """Book the charge of the gift, in dollars at the provider; 2.9 % and 30 cents are its fee."""
    return move(gift.payment, "charge", gift.amount, at=at)


def go_back(gift: Gift, amount: Money | None = None, *, at: datetime = NOON + timedelta(days=1)) -> Movement:
    """Book a refund of the gift, whole unless `amount` is said."""
    return move(gift.payment, "refund", -(amount or gift.amount), at=at)


def move(payment: Payment, kind: str, gross: Money, *, at: datetime) -> Movement:
    """Book one movement as the card service reports it; `gross` is signed, + towards us."""
    rates.import_demo(at=at)
    settled = Money(gross.minor if gross.currency == "USD" else gross.minor // 14, "USD")
    fee = Money(settled.minor * 29 // 1000 + 30 if kind == "charge" else 0, "USD")
    seen = facts.Transaction(
        id=f"txn_{next(_numbers)}_{uuid.uuid4().hex[:6]}",
        kind=kind,
        gross=gross,
        settled_gross=settled,
        fee=fee,
        net=settled - fee,
        created_at=at,
    )
    with transaction.atomic():
        row = Payment.objects.select_for_update(of=("self",)).select_related("fund").get(pk=payment.pk)
        movement = booking.book(row, seen, past=list(row.movements.order_by("sequence")), at=at)
        if kind == "charge":
            Payment.objects.filter(pk=payment.pk).update(captured_minor=gross.minor, state="settled")
    return movement
