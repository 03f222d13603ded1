"""A village with a school, a pool beside it, and a giver."""

import pytest
from django.core.cache import cache

from ashar.money import rates
from tests.factories.gifts import ReceivedGiftFactory, StartedGiftFactory
from tests.factories.moments import NOON
from tests.factories.pools import PoolFactory
from tests.factories.projects import OpenProjectFactory


@pytest.fixture(autouse=True)
def _empty_cache():
    """Rates of attempts are counted in the cache; each test begins uncounted."""
    cache.clear()


@pytest.fixture
def fresh_rates(db):
    rates.import_demo(at=NOON)


@pytest.fixture
def school(db):
    return OpenProjectFactory(slug="school")


@pytest.fixture
def pool(db):
    return PoolFactory(slug="ministry")


@pytest.fixture
def waiting_gift(school):
    return StartedGiftFactory(project=school)


@pytest.fixture
def arrived_gift(school):
    return ReceivedGiftFactory(project=school)
