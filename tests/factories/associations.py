"""Associations, made by their verbs."""

import factory

from ashar.places.models import HostCity, Region
from diaspora import associations
from diaspora.models import Association
from tests.factories.moments import A_MONTH_AGO

KOCHKOR = "41704235000000"


class UnverifiedAssociationFactory(factory.django.DjangoModelFactory):
    """People from Kochkor in Seoul whom nobody has met yet."""

    class Meta:
        model = Association

    slug = factory.Sequence(lambda n: f"kochkor-seoul-{n}")
    name_ky = "Кочкор жердештери"
    name_ru = "Земляки из Кочкора"
    name_en = "Neighbours from Kochkor"
    city = "Seoul"
    home = KOCHKOR

    @classmethod
    def _create(cls, _model, *_args, slug, city, home, at=A_MONTH_AGO, **texts):
        return associations.register(
            slug,
            texts=texts,
            host_city=HostCity.objects.get(name_en=city),
            home=Region.objects.get(code=home),
            by=None,
            at=at,
        )


class AssociationFactory(UnverifiedAssociationFactory):
    """Verified people from Kochkor in Seoul."""

    @classmethod
    def _create(cls, model_class, *args, **facts):
        association = super()._create(model_class, *args, **facts)
        associations.verify(association, by=None, at=A_MONTH_AGO, note="Met in Seoul")
        return association
