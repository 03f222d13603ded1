"""Projects, made by their verbs."""

import factory

from ashar.money import Money
from ashar.places.models import Region
from diaspora import projects
from diaspora.models import Project
from tests.factories.associations import KOCHKOR, AssociationFactory
from tests.factories.moments import A_MONTH_AGO, NEXT_MONTH, NOON

MILLION_SOM = Money(1_000_000_00, "KGS")
BUDGET = (
    projects.Line({"title_ky": "Чатыр", "title_ru": "Крыша", "title_en": "Roof"}, Money(700_000_00, "KGS")),
    projects.Line(
        {"title_ky": "Парталар", "title_ru": "Парты", "title_en": "Desks"},
        Money(300_000_00, "KGS"),
        unit=Money(3_000_00, "KGS"),
        unit_texts={"unit_ky": "бир парта", "unit_ru": "одна парта", "unit_en": "one desk"},
    ),
)


class DraftProjectFactory(factory.django.DjangoModelFactory):
    """A school that nobody has heard of yet."""

    class Meta:
        model = Project

    slug = factory.Sequence(lambda n: f"school-{n}")
    association = factory.SubFactory(AssociationFactory)
    title_ky = "Мектептин чатыры"
    title_ru = "Крыша школы"
    title_en = "A school roof"
    goal = MILLION_SOM
    closes_on = NEXT_MONTH
    home = KOCHKOR
    budget = BUDGET

    @classmethod
    def _create(cls, _model, *_args, slug, association, goal, closes_on, budget, home, **texts):
        return projects.draft(
            association,
            slug=slug,
            texts=texts,
            home=Region.objects.get(code=home),
            goal=goal,
            closes_on=closes_on,
            budget=budget,
            by=None,
            at=A_MONTH_AGO,
        )


class OpenProjectFactory(DraftProjectFactory):
    """A school that takes gifts."""

    @classmethod
    def _create(cls, model_class, *args, **facts):
        project = super()._create(model_class, *args, **facts)
        projects.open(project, by=None, at=A_MONTH_AGO)
        return project


class ClosedProjectFactory(OpenProjectFactory):
    """A school whose collection is over."""

    @classmethod
    def _create(cls, model_class, *args, **facts):
        project = super()._create(model_class, *args, **facts)
        projects.close(project, by=None, at=NOON, note="Built by the state")
        return project
