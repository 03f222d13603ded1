"""Public pages: queries and CPU of a project's page cold and warm beside a bare view, and of lists of 20 and 200 projects.

Beside it stand pages that are never kept: the form to give, the trail, and the page for an address that leads nowhere.

The bare view passes through the same middleware and answers "ok". All three are called in turn in each round, so that a slow
moment of the machine falls on all of them. Everything happens in one transaction that is rolled back.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from statistics import median
from time import process_time

from django.core.cache import caches
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import path

from cms import trees
from config import urls
from diaspora.models import Association, Project
from tests.bench import Measurement
from tests.factories.associations import AssociationFactory
from tests.factories.gifts import ReceivedGiftFactory
from tests.factories.pools import PoolFactory
from tests.factories.projects import OpenProjectFactory

ROUNDS = 15
CALLS = 4  # of each kind in each round
GIVERS = 12  # as many as the page shows
FAR_AWAY = date(2099, 1, 1)
PAGE, LISTING, BARE = "/ru/projects/school/", "/ru/projects/", "/bare/"
SUMS, GIVE, TRAIL, NOWHERE = f"{PAGE}sums/", f"{PAGE}give/", f"{PAGE}trail/", f"{PAGE}nowhere/"
BESIDE = {"form to give to it": GIVE, "trail of its money": TRAIL, "page for an address that leads nowhere": NOWHERE}


def measure() -> Iterator[Measurement]:
    """Measure queries and CPU of the project's page, then the queries of two lengths of the list."""
    logging.disable(logging.WARNING)
    with _rolled_back(), override_settings(ROOT_URLCONF=_Addresses()):
        school = _village()
        yield from _queries()
        yield from _cpu()
        yield from _lists(school.association)
    caches["pages"].clear()
    logging.disable(logging.NOTSET)


def _queries() -> Iterator[Measurement]:
    _get(PAGE)  # content types are asked for once in the life of a process
    caches["pages"].clear()
    yield Measurement(what="SQL queries of a project's page, cold", value=_cost(PAGE), at_most=12)
    yield Measurement(what="SQL queries of a project's page, warm", value=_cost(PAGE), at_most=0)
    yield Measurement(what="SQL queries of a project's moving sums", value=_cost(SUMS), at_most=1)
    for what, address in BESIDE.items():
        _get(address)
        told = _asked(address)
        twice = sum(count - 1 for count in Counter(told).values())
        yield Measurement(what=f"SQL queries of the {what}", value=len(told), at_most=12)
        yield Measurement(what=f"queries of the {what} asked more than once", value=twice, at_most=0)


def _cpu() -> Iterator[Measurement]:
    rounds = [{name: _seconds(call) for name, call in CALLED.items()} for _ in range(ROUNDS)]
    for name, budget in (("cold", 60), ("warm", 2)):
        ratio = median(times[name] / times["bare"] for times in rounds)
        what = f"CPU of a project's page, {name}, to a bare view, median of {ROUNDS}"
        yield Measurement(what=what, value=ratio, unit="times", at_most=budget)
    micros = 1e6 * median(times["bare"] for times in rounds) / CALLS
    yield Measurement(what="the bare view alone, with the test client", value=micros, unit="CPU µs")


def _lists(association: Association) -> Iterator[Measurement]:
    costs = {}
    for number in range(2, 201):
        OpenProjectFactory(slug=f"project-{number}", association=association, closes_on=FAR_AWAY)
        if number in {20, 200}:
            caches["pages"].clear()
            costs[number] = _cost(LISTING)
            yield Measurement(what=f"SQL queries of a list of {number} projects, cold", value=costs[number], at_most=12)
    yield Measurement(what="queries that 180 more projects cost", value=costs[200] - costs[20], at_most=0)


def _village() -> Project:
    trees.plant()
    association = AssociationFactory(slug="people")
    school: Project = OpenProjectFactory(slug="school", association=association, closes_on=FAR_AWAY)
    trees.show_project(school)
    PoolFactory(slug="pool", closes_on=FAR_AWAY)
    for _ in range(GIVERS):
        ReceivedGiftFactory(project=school, message="Ашар!")
    return school


@contextmanager
def _rolled_back() -> Iterator[None]:
    """Hold everything in one transaction, in which the durable ones of our verbs may stand as in Django's test cases."""
    outer = transaction.atomic()
    outer._from_testcase = True
    with outer:
        yield
        transaction.set_rollback(True)


def _get(address: str) -> HttpResponse:
    response = Client().get(address)
    assert response.status_code == (404 if address == NOWHERE else 200), address
    return response


def _cold() -> None:
    caches["pages"].clear()
    _get(PAGE)


CALLED: dict[str, Callable[[], object]] = {"cold": _cold, "warm": lambda: _get(PAGE), "bare": lambda: _get(BARE)}


def _seconds(call: Callable[[], object]) -> float:
    started = process_time()
    for _ in range(CALLS):
        call()
    return process_time() - started


def _cost(address: str) -> int:
    return len(_asked(address))


def _asked(address: str) -> list[str]:
    """Return the queries that a page asks."""
    with CaptureQueriesContext(connection) as told:
        _get(address)
    return [query["sql"] for query in told]


class _Addresses:
    """The site's addresses and one more, which costs nothing but the middleware."""

    def __init__(self) -> None:
        self.urlpatterns = [path("bare/", lambda _request: HttpResponse("ok")), *urls.urlpatterns]
        self.handler400, self.handler403, self.handler404 = urls.handler400, urls.handler403, urls.handler404
        self.handler500 = urls.handler500
