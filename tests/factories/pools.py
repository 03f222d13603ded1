"""Match pools, made and filled by their verbs."""

import factory

from ashar.money import Money
from diaspora import matching
from diaspora.models import MatchPool
from tests.factories.moments import A_MONTH_AGO, NEXT_MONTH


class EmptyPoolFactory(factory.django.DjangoModelFactory):
    """A som for a som, for every project, into which nothing was paid yet."""

    class Meta:
        model = MatchPool

    slug = factory.Sequence(lambda n: f"pool-{n}")
    title_ky = "Биргелешип каржылоо фонду"
    title_ru = "Фонд софинансирования"
    title_en = "Match fund"
    cap = Money(500_000_00, "KGS")
    cap_per_project = Money(200_000_00, "KGS")
    opens_on = A_MONTH_AGO.date()
    closes_on = NEXT_MONTH
    ratio = 1
    per = 1
    projects = None

    @classmethod
    def _create(cls, _model, *_args, slug, title_ky, title_ru, title_en, **terms):
        texts = {"title_ky": title_ky, "title_ru": title_ru, "title_en": title_en}
        return matching.open_pool(slug, texts=texts, by=None, at=A_MONTH_AGO, **terms)


class PoolFactory(EmptyPoolFactory):
    """The same, with `paid_in` (default: its whole cap) on its account."""

    @classmethod
    def _create(cls, model_class, *args, paid_in=None, **facts):
        pool = super()._create(model_class, *args, **facts)
        amount = paid_in or Money(pool.cap_minor, "KGS")
        matching.fund_pool(pool, amount=amount, by=None, at=A_MONTH_AGO, reference="first transfer")
        return pool
