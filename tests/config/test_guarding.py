"""The demo's people, whose passwords are published, never open a site outside the demo."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from ashar.accounts.models import User
from cms.demo import signins
from config import guarding

pytestmark = pytest.mark.django_db


@pytest.fixture
def _outside_the_demo(settings):
    settings.DEMO = False


def test_every_sign_in_of_the_demo_is_known_by_its_address():
    assert [one.email for one in signins.SIGN_INS if not one.email.endswith(guarding.DEMO_PEOPLE)] == []


@pytest.mark.usefixtures("_outside_the_demo")
@pytest.mark.parametrize("email", ["giver@demo.example", "Admin@Demo.Example"])
def test_the_site_does_not_start_with_somebody_of_the_demo(email):
    User.objects.create_user(email)

    with pytest.raises(ImproperlyConfigured, match=r"^The database holds sign-ins of the demo \(…@demo.example\)"):
        guarding.refuse_demo_people()


@pytest.mark.usefixtures("_outside_the_demo")
def test_the_site_starts_with_others_after_one_query(django_assert_num_queries):
    User.objects.create_user("demo.example@example.org")
    User.objects.create_user("closed@demo.example", is_active=False)

    with django_assert_num_queries(1):
        guarding.refuse_demo_people()


def test_the_demo_starts_without_a_query(django_assert_num_queries, settings):
    settings.DEMO = True

    with django_assert_num_queries(0):
        guarding.refuse_demo_people()
