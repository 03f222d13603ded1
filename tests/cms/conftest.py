"""Page trees, a village with its school, and people of every role at the door."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
from django.core.cache import caches
from django.test import Client

from ashar.accounts import roles
from ashar.accounts.models import User
from ashar.money import rates
from cms import trees
from cms.pages.projects import ProjectPage
from diaspora.models import Association, Gift, Project
from tests.ashar.accounts import signing_in
from tests.factories.associations import AssociationFactory
from tests.factories.gifts import ReceivedGiftFactory
from tests.factories.moments import NOON
from tests.factories.people import PersonFactory
from tests.factories.projects import OpenProjectFactory

LANGUAGES = ("ky", "ru", "en")
FAR_AWAY = datetime(2099, 1, 1, tzinfo=UTC).date()  # pages ask for the day of today; this one never comes
ANONYMOUS, GIVER, ADMINISTRATOR = "anonymous", "giver", "administrator"


class Desk(Client):
    """The browser of somebody who works here: `Accept-Language` says what their account is to say before they ask."""

    def request(self, **request):
        wanted = request.pop("HTTP_ACCEPT_LANGUAGE", "") or self.defaults.get("HTTP_ACCEPT_LANGUAGE")
        if wanted and (signed_in := self.session.get("_auth_user_id")):
            User.objects.filter(pk=signed_in).update(language=wanted)
        return super().request(**request)


@pytest.fixture(autouse=True)
def _empty_cache():
    """Each test begins with nothing kept and no attempt counted."""
    for name in ("pages", "default"):
        caches[name].clear()
    yield
    caches["pages"].clear()


@pytest.fixture
def committed(django_capture_on_commit_callbacks) -> Callable[[], AbstractContextManager[object]]:
    """Return what stands around a change that is committed: what waits for that is done."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def planted(db) -> None:
    """Say that a test needs the page trees, which stand in every test's database (`tests/conftest.py`)."""


@pytest.fixture
def fresh_rates(db) -> None:
    rates.import_demo(at=NOON)


@pytest.fixture(scope="module")
def standing_people(ground) -> Callable[[], Association]:
    """They stand through a file of tests, with their school: who counts projects or associations counts their own."""
    return ground.build(associate)


@pytest.fixture(scope="module")
def standing_school(ground, standing_people: Callable[[], Association]) -> Callable[[], Project]:
    return ground.build(lambda: start_school(standing_people()))


@pytest.fixture
def kochkor_people(planted, standing_people) -> Association:
    return standing_people()


@pytest.fixture
def school(planted, standing_school) -> Project:
    """An open project with its three pages."""
    return standing_school()


def associate() -> Association:
    """Bring the people of Kochkor in Seoul together, with their three pages."""
    association = AssociationFactory(slug="kochkor-seoul", about_ru="Мы из Кочкора, живём в Сеуле.")
    trees.show_association(association)
    return association


def start_school(association: Association) -> Project:
    """Open the project of the school, with its three pages."""
    project = OpenProjectFactory(
        slug="school", association=association, closes_on=FAR_AWAY, summary_ru="До зимы.", story_ru="Крыша течёт."
    )
    trees.show_project(project)
    return project


@pytest.fixture
def school_page(school) -> ProjectPage:
    """The Russian one."""
    return ProjectPage.objects.get(project=school, locale__language_code="ru")


@pytest.fixture
def gift(school, fresh_rates) -> Gift:
    return ReceivedGiftFactory(project=school, name="Нурбек Асанов", message="Балдарга")


@pytest.fixture
def person_of(db) -> Callable[[str], User]:
    """Return a new person of a role, or an administrator."""

    def make(role: str) -> User:
        if role == ADMINISTRATOR:
            return User.objects.create_superuser(email=f"{role}@example.org", password="x")
        return PersonFactory(role=role if role in roles.ALL else "")

    return make


@pytest.fixture
def enter(planted, person_of) -> Callable[[str], Client]:
    """Return a browser in which a person of the role is signed in, past the second factor if they work here."""

    def signed_in(role: str) -> Client:
        client = Desk()
        if role == ANONYMOUS:
            return client
        person = person_of(role)
        if role == GIVER:
            client.force_login(person)
            return client
        return signing_in.as_staff(client, person)

    return signed_in
