"""What a page costs: the same number of queries for one row and for many, at most twelve cold and none warm."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms import trees
from tests.cms.conftest import FAR_AWAY
from tests.factories.associations import AssociationFactory
from tests.factories.gifts import ReceivedGiftFactory
from tests.factories.pools import PoolFactory
from tests.factories.projects import OpenProjectFactory

# Finding the page, in any language but the first: site, language, its home twice, the page, who may read it. The home page
# of the first language needs two fewer, for it is the site's own.
COLD = {
    "/ky/": 10,
    "/ru/": 11,
    "/ky/projects/": 11,
    "/ru/projects/": 12,
    "/ky/projects/school/": 11,
    "/ru/projects/school/": 12,
    "/ky/associations/": 7,
    "/ru/associations/": 8,
    "/ky/associations/kochkor-seoul/": 11,
    "/ru/associations/kochkor-seoul/": 12,
}


def cost(address: str) -> int:
    with CaptureQueriesContext(connection) as told:
        assert Client().get(address).status_code == 200
    return len(told)


def cold_cost(address: str) -> int:
    caches["pages"].clear()
    return cost(address)


@pytest.fixture
def village(school, fresh_rates):
    """One of everything."""
    PoolFactory(slug="ministry", closes_on=FAR_AWAY)
    ReceivedGiftFactory(project=school)
    cost("/ru/")  # content types are asked for once in the life of a process
    return school


@pytest.fixture
def town(village):
    """Three of everything, at least."""
    for number in (2, 3):
        people = AssociationFactory(slug=f"people-{number}")
        trees.show_association(people)
        for association in (people, village.association):
            project = OpenProjectFactory(
                slug=f"{association.slug}-{number}", association=association, closes_on=FAR_AWAY
            )
            trees.show_project(project)
        PoolFactory(slug=f"pool-of-{number}", closes_on=FAR_AWAY)
        ReceivedGiftFactory(project=village, message="Ашар!")
    return village


@pytest.mark.parametrize("address", COLD)
class TestCost:
    def test_with_one_of_everything(self, village, address):
        assert cold_cost(address) == COLD[address]

    def test_with_three_of_everything(self, town, address):
        assert cold_cost(address) == COLD[address]

    def test_is_nothing_the_second_time(self, village, address):
        cold_cost(address)
        assert cost(address) == 0


def test_nothing_costs_more_than_promised():
    assert max(COLD.values()) == 12


def test_two_hundred_projects_cost_what_twenty_do(village):
    costs = {}
    for number in range(2, 201):
        OpenProjectFactory(slug=f"project-{number}", association=village.association, closes_on=FAR_AWAY)
        if number in {20, 200}:
            costs[number] = (cold_cost("/ru/projects/"), cold_cost("/ru/projects/?page=2"), cold_cost("/ru/"))
    assert costs == {20: (12, 12, 11), 200: (12, 12, 11)}
