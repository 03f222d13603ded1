"""Pagers show few numbers and keep the query."""

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict

from ashar.web import paging


@pytest.mark.parametrize(
    ("current", "last", "shown"),
    [
        (1, 1, [1]),
        (1, 2, [1, 2]),
        (1, 9, [1, 2, 0, 9]),
        (2, 9, [1, 2, 3, 0, 9]),
        (3, 9, [1, 2, 3, 4, 0, 9]),
        (4, 9, [1, 2, 3, 4, 5, 0, 9]),
        (5, 9, [1, 0, 4, 5, 6, 0, 9]),
        (7, 9, [1, 0, 6, 7, 8, 9]),
        (9, 9, [1, 0, 8, 9]),
    ],
)
def test_numbers_shown(current, last, shown):
    assert paging.numbers(current, last) == shown


@pytest.mark.parametrize(("number", "known_as"), [(1, ""), (2, "?page=2"), (3, "?page=3"), ("x", ""), (99, "?page=3")])
def test_a_page_of_a_list_is_known_by_its_number_from_the_second_on(number, known_as):
    page = Paginator(range(25), 10).get_page(number)
    assert (paging.canonical(page), paging.further(page)) == (known_as, known_as.removeprefix("?page="))


def test_other_parameters_are_kept():
    assert paging.query(QueryDict("oblast=06&page=2&tag=a&tag=b"), 3) == "?oblast=06&tag=a&tag=b&page=3"


def test_first_page_has_no_number():
    assert paging.query(QueryDict("oblast=06&page=2"), 1) == "?oblast=06"


def test_parameters_of_the_request_stay_untouched():
    asked = QueryDict("page=2")

    paging.query(asked, 5)

    assert asked.urlencode() == "page=2"
