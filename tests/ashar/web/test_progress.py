"""The bar of a goal is honest at 0 %, below 1 %, at 100 % and above."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from ashar.money import CurrencyMismatch, Money
from ashar.web import progress


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def som(minor):
    return Money(minor, "KGS")


def measure(goal, raised, matched):
    return progress.measure(som(goal), som(raised), som(matched))


def test_nothing_yet():
    assert measure(1000, 0, 0) == progress.Bar(given=0, matched=0, share="0%", missing=som(1000), over=None)


def test_part_of_the_way():
    assert measure(400, 160, 80) == progress.Bar(given=40, matched=20, share="60%", missing=som(160), over=None)


def test_first_small_gift_is_less_than_one_per_cent_and_not_nothing():
    assert measure(100_000, 1, 0).share == "< 1%"


def test_nearly_there_is_not_there():
    bar = measure(1000, 999, 0)

    assert (bar.share, bar.missing) == ("99%", som(1))


def test_exactly_there():
    assert measure(400, 300, 100) == progress.Bar(given=75, matched=25, share="100%", missing=None, over=None)


def test_above_the_goal_the_bar_is_full_and_the_parts_keep_their_proportion():
    assert measure(400, 360, 200) == progress.Bar(given=64, matched=36, share="140%", missing=None, over=som(160))


def test_no_goal_at_all_is_drawn_empty():
    assert measure(0, 0, 0) == progress.Bar(given=0, matched=0, share="0%", missing=None, over=None)


def test_sum_below_zero_draws_nothing():
    bar = measure(1000, -50, 0)

    assert (bar.given, bar.matched, bar.share, bar.missing) == (0, 0, "0%", som(1050))


def test_currencies_are_never_mixed():
    with pytest.raises(CurrencyMismatch):
        progress.measure(som(1000), Money(10, "USD"), som(0))


@given(st.integers(1, 10**12), st.integers(0, 10**12), st.integers(0, 10**12))
def test_bar_never_leaves_its_frame_and_never_claims_too_much(goal, raised, matched):
    bar = measure(goal, raised, matched)

    assert 0 <= bar.given <= bar.given + bar.matched <= 100
    assert (bar.missing is None) == (raised + matched >= goal)
    assert (bar.over is None) == (raised + matched <= goal)


@pytest.mark.parametrize(
    ("language", "share", "least"),
    [("ky", "60%", "< 1%"), ("ru", "60\N{NO-BREAK SPACE}%", "< 1\N{NO-BREAK SPACE}%"), ("en", "60%", "< 1%")],
)
def test_the_share_is_written_as_its_reader_does(language, share, least):
    with translation.override(language):
        assert (measure(400, 160, 80).share, measure(100_000, 1, 0).share) == (share, least)
