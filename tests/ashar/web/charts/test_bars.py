"""Bars are as long as their numbers say."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from ashar.web.charts import bars
from ashar.web.charts.figures import Figures, Series

NUMBERS = st.lists(st.integers(0, 10**15), min_size=1, max_size=8)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def figures(*columns, currency=""):
    labels = tuple(f"Label {at}" for at in range(len(columns[0])))
    return Figures(labels, tuple(Series(f"Series {at}", tuple(each)) for at, each in enumerate(columns)), currency)


def widths(sheet):
    return [int(shape.d.split("h")[1].split("v")[0]) for shape in sheet.outlines if shape.css.startswith("chart-fill")]


def words(sheet, css):
    return [each.text for each in sheet.words if each.css == css]


def test_longest_bar_leaves_room_for_the_longest_number():
    sheet = bars.beside(figures([200, 100, 50]))

    assert widths(sheet) == [290, 145, 72]
    assert words(sheet, "value") == ["200", "100", "50"]


def test_every_bar_stands_below_its_label():
    sheet = bars.beside(figures([200, 100]))

    assert words(sheet, "label") == ["Label 0", "Label 1"]
    assert [each.y for each in sheet.words] == [13, 30, 63, 80]
    assert sheet.height == 100


def test_two_series_lie_under_one_label_in_two_colours():
    sheet = bars.beside(figures([200, 100], [50, 0]))

    assert [shape.css for shape in sheet.outlines if shape.css.startswith("chart-fill")] == [
        "chart-fill chart-colour-1",
        "chart-fill chart-colour-2",
        "chart-fill chart-colour-1",
    ]
    assert words(sheet, "value") == ["200", "50", "100", "0"]


def test_zero_is_written_and_has_no_length():
    sheet = bars.beside(figures([10, 0]))

    assert (len(widths(sheet)), words(sheet, "value")) == (1, ["10", "0"])


def test_one_among_millions_can_still_be_seen():
    assert widths(bars.beside(figures([9_000_000, 1])))[1] == 1


@pytest.mark.parametrize("draw", [bars.beside, bars.stacked])
def test_all_zero_draws_no_bar(draw):
    sheet = draw(figures([0, 0]))

    assert (widths(sheet), words(sheet, "value")) == ([], ["0", "0"])


def test_money_is_written_behind_the_bar():
    assert words(bars.beside(figures([123_450_00], currency="KGS")), "value") == ["KGS\u00a0123,450"]


def test_stacked_parts_follow_each_other_and_the_sum_stands_behind():
    sheet = bars.stacked(figures([60, 0], [30, 5], [10, 5]))

    assert [shape.d.split("h")[0] for shape in sheet.outlines if shape.css.startswith("chart-fill")] == [
        "M0 18",
        "M174 18",
        "M261 18",
        "M0 72",
        "M14 72",
    ]
    assert words(sheet, "value") == ["100", "10"]


def test_stacked_parts_are_numbered_where_there_is_room():
    assert words(bars.stacked(figures([60], [1], [39])), "number") == ["1", "3"]


@given(NUMBERS)
def test_bars_and_their_numbers_stay_on_the_sheet(numbers):
    sheet = bars.beside(figures(numbers))

    assert all(0 < width <= 320 for width in widths(sheet))
    assert len(widths(sheet)) == sum(number > 0 for number in numbers)
    assert all(each.x + len(each.text) * 8 <= 320 + 8 for each in sheet.words if each.css == "value")


@given(NUMBERS, st.integers(1, 12))
def test_stacked_parts_sum_to_their_bar(numbers, series):
    sheet = bars.stacked(figures(*[numbers] * series))
    ends = [each.x - 6 for each in sheet.words if each.css == "value"]

    assert sum(widths(sheet)) == sum(ends)
