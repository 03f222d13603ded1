"""What the home page asks: how many projects are open where, and where that leads."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from ashar.places import codes
from ashar.web import maps
from diaspora import queries
from diaspora.queries import addresses
from tests.factories.moments import NOON
from tests.factories.projects import ClosedProjectFactory, DraftProjectFactory, OpenProjectFactory

OSH_CITY = "41721000000000"


@pytest.fixture
def market(school):
    """An open project in the city of Osh."""
    return OpenProjectFactory(slug="market", association=school.association, home=OSH_CITY)


def found_under(address: str) -> list[str]:
    asked = dict(parse_qsl(urlsplit(address).query))
    return [card.slug for card in queries.project_listing(asked, at=NOON).cards]


def test_open_projects_are_counted_by_oblast_and_by_city(school, market):
    OpenProjectFactory(slug="second", association=school.association)
    ClosedProjectFactory(slug="built", association=school.association)
    DraftProjectFactory(slug="secret", association=school.association, home=OSH_CITY)

    assert queries.front(at=NOON, limit=1).open_in == {codes.oblast_of(school.home.code): 2, OSH_CITY: 1}


def test_nothing_is_counted_where_nothing_is_open(db):
    ClosedProjectFactory(slug="built")

    assert queries.front(at=NOON, limit=1).open_in == {}


def test_a_place_leads_to_exactly_its_open_projects(school, market):
    ClosedProjectFactory(slug="built", association=school.association)
    places = (codes.oblast_of(school.home.code), OSH_CITY, "41705000000000")

    assert [found_under(addresses.open_in(code)) for code in places] == [[school.slug], ["market"], []]


def test_every_piece_of_the_map_is_a_place_that_the_list_knows(db):
    known = {choice.value for choice in queries.project_listing({}, at=NOON).oblasts}

    assert maps.PATCHES.keys() == known
