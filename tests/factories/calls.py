"""Calls, made by their verbs."""

from datetime import timedelta

import factory

from ashar.money import Money
from grants import calls
from grants.models import Call
from grants.models.calls import TEXTS
from tests.factories.moments import A_MONTH_AGO, NOON

QUARTER_MILLION_SOM = Money(250_000_00, "KGS")
BUDGET = Money(5_000_000_00, "KGS")
WORDS = {
    "title_ky": "1+1 ишкана",
    "title_ru": "Дело 1+1",
    "title_en": "Business 1+1",
    "summary_ky": "Кайтып келип, өз ишин баштагандарга.",
    "summary_ru": "Тем, кто вернулся и начинает своё дело.",
    "summary_en": "For those who returned and start a business.",
    "terms_ky": "Чет өлкөдө алты ай иштеген ар бир адам.",
    "terms_ru": "Каждый, кто работал за границей полгода.",
    "terms_en": "Everybody who worked abroad for half a year.",
    "applying_ky": "Айыл өкмөтүнө өтүнмө бериңиз.",
    "applying_ru": "Подайте заявку в айыл окмоту.",
    "applying_en": "Hand in your application at the ayil okmotu.",
}


class DraftCallFactory(factory.django.DjangoModelFactory):
    """A call that nobody has heard of yet, with a som of grant for a som of one's own."""

    class Meta:
        model = Call

    slug = factory.Sequence(lambda n: f"call-{n}")
    limit = QUARTER_MILLION_SOM
    opens_at = NOON - timedelta(days=7)
    closes_at = NOON + timedelta(days=21)
    ratio = 1
    per = 1

    @classmethod
    def _create(cls, _model, *_args, slug, opens_at, closes_at, **facts):
        texts = {name: facts.pop(name, WORDS[name]) for name in TEXTS}
        likely = {"opens_at": NOON, "closes_at": NOON + timedelta(days=1)}
        call = calls.draft(slug, conditions=calls.Conditions(texts=texts, **likely, **facts), by=None, at=A_MONTH_AGO)
        Call.objects.filter(pk=call.pk).update(
            opens_at=opens_at, closes_at=closes_at
        )  # pages ask for the moment of now
        call.refresh_from_db()
        return call


class PublishedCallFactory(DraftCallFactory):
    """The same, paid for and announced, before its hour."""

    @classmethod
    def _create(cls, model_class, *args, **facts):
        call = super()._create(model_class, *args, **facts)
        calls.fund(call, amount=BUDGET, reference="first transfer", by=None, at=A_MONTH_AGO)
        calls.publish(call, seen=calls.edition(call), by=None, at=A_MONTH_AGO)
        return call


class OpenCallFactory(PublishedCallFactory):
    """The same, when its hour has come."""

    @classmethod
    def _create(cls, model_class, *args, **facts):
        call = super()._create(model_class, *args, **facts)
        calls.follow_clock(call, at=call.opens_at)
        return call
