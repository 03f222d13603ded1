"""The sums of a project alone: what its page says, for one query, to be kept a moment, and with nobody's name."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diaspora import queries
from tests.factories.gifts import ReceivedGiftFactory, StartedGiftFactory, go_back
from tests.factories.moments import NOON
from tests.factories.pools import PoolFactory
from tests.factories.projects import ClosedProjectFactory, DraftProjectFactory, OpenProjectFactory

SUMS = "/ru/projects/school/sums/"
NAME, LETTER = "Нурбек Асанов", "nurbek@example.org"


@pytest.fixture
def school(db):
    return OpenProjectFactory(slug="school")


@pytest.fixture
def gift(school):
    PoolFactory(slug="ministry")
    return ReceivedGiftFactory(project=school, name=NAME, email=LETTER, message="Балдарга")


def figures(client, address=SUMS) -> list[str]:
    page = client.get(address).content.decode().replace("\xa0", " ").replace("\u202f", " ")
    return [part.split("</dd>")[0] for part in page.split("<dd>")[1:3]]


def test_a_project_without_gifts_has_nothing(client, school):
    assert figures(client) == ["0 сом", "0 сом"]


def test_raised_and_matched_are_those_of_the_books(client, gift):
    raised, matched = figures(client)

    assert raised == matched != "0 сом"


def test_a_gift_on_its_way_does_not_count(client, school, gift):
    before = client.get(SUMS).content
    StartedGiftFactory(project=school)

    assert client.get(SUMS).content == before


def test_a_gift_that_went_back_is_gone_as_the_books_say(client, school, gift):
    go_back(gift)
    sums, (card,) = queries.project_sums("school", at=NOON), queries.project_cards(at=NOON)

    assert figures(client)[0] == "0 сом"
    assert (sums.given, sums.matched, sums.givers) == (card.given, card.matched, card.givers)


def test_costs_one_query_however_many_gave(client, school, gift):
    costs = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as told:
            client.get(SUMS)
        costs.append(len(told))
        ReceivedGiftFactory(project=school)

    assert costs == [1, 1]


def test_may_be_kept_a_moment_and_sets_no_cookie(client, gift):
    answer = client.get(SUMS)

    assert answer["Cache-Control"] == "public, max-age=15, stale-while-revalidate=60"
    assert dict(answer.cookies) == {}


def test_says_nobodys_name(client, gift):
    page = client.get(SUMS).content.decode()

    assert [word in page for word in (NAME, LETTER, "Балдарга")] == [False] * 3


def test_nobody_has_heard_of_a_draft(client, db):
    DraftProjectFactory(slug="school")
    ClosedProjectFactory(slug="built")
    addresses = (SUMS, "/ru/projects/nowhere/sums/", "/ru/projects/built/sums/")

    assert [client.get(address).status_code for address in addresses] == [404, 404, 200]
    assert client.post("/ru/projects/built/sums/").status_code == 405
