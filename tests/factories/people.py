"""People who sign in, by what sets them apart."""

import factory
from django.contrib.auth.models import Group

from ashar.accounts import roles
from ashar.accounts.models import User


class PersonFactory(factory.django.DjangoModelFactory):
    """Somebody with an account and no role."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person-{n}@example.org")
    full_name = "Айгүл Токтогулова"
    language = "ru"

    @classmethod
    def _create(cls, model_class, *_args, role="", **columns):
        person = model_class.objects.create_user(**columns)
        if role:
            person.groups.add(Group.objects.get(name=role))
        return person


class EditorFactory(PersonFactory):
    """Somebody who opens projects."""

    role = roles.EDITOR


class FinanceOfficerFactory(PersonFactory):
    """Somebody who handles pools and refunds."""

    role = roles.FINANCE_OFFICER
