"""How many queries the pages of giving ask, whatever they list, and that none is asked twice."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from diaspora.models import BudgetLine
from tests.diaspora.web.conftest import page
from tests.factories.gifts import ReceivedGiftFactory
from tests.factories.people import PersonFactory
from tests.factories.pools import PoolFactory

pytestmark = pytest.mark.usefixtures("db")
FAR_AWAY = timezone.now().date().replace(year=2098)


def cost(ask) -> tuple[int, int]:
    """Return how many queries `ask` takes, and how many of them it asked before."""
    ask()  # content types are asked for once in the life of a process
    with CaptureQueriesContext(connection) as told:
        ask()
    asked = Counter(query["sql"] for query in told)
    return len(told), sum(count - 1 for count in asked.values())


@pytest.mark.parametrize("many", [1, 3])
class TestTheFormToGive:
    @pytest.fixture(autouse=True)
    def _with_many(self, school, many):
        for number in range(many):
            PoolFactory(closes_on=FAR_AWAY)
            ReceivedGiftFactory(project=school)
            BudgetLine.objects.create(project=school, position=10 + number, title_ru="Кровля", amount_minor=100_00)

    def test_for_a_stranger(self, giver):
        def ask():
            giver.client.cookies.clear()
            assert giver.open().status_code == 200

        assert cost(ask) == (9, 0)

    def test_shown_again_with_what_arrives(self, giver):
        giver.give(preview="1")

        assert cost(lambda: giver.open("?answers")) == (9, 0)

    def test_with_a_gift_that_waits_for_its_payment(self, giver, sandbox):
        giver.give()

        assert cost(giver.open) == (11, 0)

    def test_for_a_person_signed_in(self, giver, client):
        client.force_login(PersonFactory())

        assert cost(giver.open) == (11, 0)

    def test_the_trail_beside_it(self, school, client):
        def ask():
            assert page(client, "trail", school.slug).status_code == 200

        assert cost(ask) == (9, 0)


def test_an_address_that_leads_nowhere(school, client):
    def ask():
        assert client.get("/ru/projects/nowhere/give/").status_code == 404

    assert cost(ask) == (3, 0)
