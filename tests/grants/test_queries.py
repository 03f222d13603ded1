"""What pages are told of calls: where each stands by the clock, in which order, and at what price."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from ashar.money import Money
from grants import calls, queries
from grants.states import CallState
from tests.factories.calls import BUDGET, QUARTER_MILLION_SOM, DraftCallFactory, OpenCallFactory, PublishedCallFactory
from tests.factories.moments import NOON

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def town():
    """A draft, one before its hour, two open ones, one that is over and one that was cancelled."""
    DraftCallFactory(slug="draft")
    PublishedCallFactory(slug="soon", opens_at=NOON + DAY, closes_at=NOON + 9 * DAY)
    OpenCallFactory(slug="last-days", closes_at=NOON + 2 * DAY)
    OpenCallFactory(slug="open")
    OpenCallFactory(slug="over", closes_at=NOON - DAY)
    calls.cancel(PublishedCallFactory(slug="off"), reason="Money went elsewhere", by=None, at=NOON)


def slugs(cards) -> list[str]:
    return [card.slug for card in cards]


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (-timedelta(microseconds=1), CallState.PUBLISHED),
        (timedelta(), CallState.OPEN),
        (28 * DAY - timedelta(microseconds=1), CallState.OPEN),
        (28 * DAY, CallState.CLOSED),
    ],
)
def test_a_call_stands_where_the_clock_says_whatever_was_written_down(at, state):
    call = PublishedCallFactory(opens_at=NOON, closes_at=NOON + 28 * DAY)
    assert queries.standing(call, at=NOON + at) == state
    (card,) = queries.cards_of([call], at=NOON + at)
    assert (card.state, card.is_open, card.is_announced) == (state, state == "open", state == "published")


def test_a_draft_and_a_cancelled_call_have_no_clock():
    call = DraftCallFactory()
    assert queries.standing(call, at=NOON) == "draft"
    calls.cancel(call, reason="Money went elsewhere", by=None, at=NOON)
    assert queries.standing(call, at=call.closes_at) == "cancelled"


def test_the_list_tells_what_can_be_applied_for_and_what_is_over(town):
    told = queries.listing(at=NOON)
    assert slugs(told.coming) == ["last-days", "soon", "open"]
    assert slugs(told.past) == ["off", "over"]


def test_a_draft_that_was_cancelled_is_heard_of_by_nobody():
    calls.cancel(DraftCallFactory(), reason="Money went elsewhere", by=None, at=NOON)
    told = queries.listing(at=NOON)
    assert (told.coming, told.past) == ([], [])


def test_the_home_page_tells_what_is_open_now(town):
    assert slugs(queries.open_now(at=NOON, limit=3)) == ["last-days", "open"]
    assert slugs(queries.open_now(at=NOON, limit=1)) == ["last-days"]


def test_a_call_is_due_when_its_state_is_behind_the_clock(town):
    assert list(queries.due(at=NOON).values_list("slug", flat=True)) == ["over"]
    assert set(queries.due(at=NOON + 2 * DAY).values_list("slug", flat=True)) == {"over", "soon", "last-days"}


def test_the_page_speaks_the_language_of_the_reader_and_asks_the_books():
    call = OpenCallFactory(slug="business")
    with translation.override("en"):
        told = queries.call_page(call, at=NOON)
    assert (told.card.title, told.card.href, told.card.limit) == (
        "Business 1+1",
        "/en/calls/business/",
        QUARTER_MILLION_SOM,
    )
    assert (told.terms, told.applying) == (
        "Everybody who worked abroad for half a year.",
        "Hand in your application at the ayil okmotu.",
    )
    assert told.budget == BUDGET
    assert (told.card.own, told.card.grant) == (Money(1_00, "KGS"), Money(1_00, "KGS"))


def test_last_moves_are_of_calls_alone(town):
    moves = queries.last_moves()
    assert len(moves) == 5  # all but the draft
    assert max(moves.values()) == NOON


def test_reads_cost_the_same_for_one_and_for_many():
    costs = []
    for _ in range(3):
        OpenCallFactory()
        with CaptureQueriesContext(connection) as asked:
            queries.open_now(at=NOON, limit=10)
            queries.listing(at=NOON)
        costs.append(len(asked))
    assert costs == [3, 3, 3]
