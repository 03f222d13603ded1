"""The parts of one whole."""

import pytest
from django.utils import translation

from ashar.web.charts import donut
from ashar.web.charts.figures import Figures, OneSeriesOnly, Series, TooManySeries


def ring(*numbers):
    labels = tuple(f"Part {at}" for at in range(len(numbers)))
    with translation.override("en"):
        return donut.around(Figures(labels, (Series("Gifts", numbers),)))


def classes(sheet):
    return [shape.css for shape in sheet.outlines]


def words(sheet, css):
    return [each.text for each in sheet.words if each.css == css]


def test_quarter_begins_at_the_top_and_ends_at_the_right():
    (quarter,) = [shape.d for shape in ring(1, 3).outlines if shape.css == "chart-ring chart-colour-1"]

    assert quarter == "M160.0 22.0A96 96 0 0 1 227.9 50.1A96 96 0 0 1 256.0 118.0"


def test_sum_stands_in_the_middle():
    assert words(ring(900, 200), "total") == ["1,100"]


def test_parts_are_numbered_where_there_is_room():
    assert words(ring(90, 1, 9), "number") == ["1", "3"]


def test_part_of_nothing_is_not_drawn():
    assert [css for css in classes(ring(1, 0, 1)) if "colour" in css] == [
        "chart-ring chart-colour-1",
        "chart-ring chart-colour-3",
    ]


def test_single_part_goes_all_the_way_round_without_a_seam():
    assert classes(ring(40)) == ["chart-ring chart-track", "chart-ring chart-colour-1", "chart-badge"]


def test_all_zero_is_an_empty_ring():
    sheet = ring(0, 0)

    assert (classes(sheet), words(sheet, "total")) == (["chart-ring chart-track"], ["0"])


def test_neighbours_are_parted():
    (seam,) = [shape.d for shape in ring(1, 1, 2).outlines if shape.css == "chart-seam"]

    assert seam.count("M") == 3


def test_two_series_are_refused():
    two = Figures(("Osh",), (Series("Gifts", (1,)), Series("Matched", (2,))))

    with translation.override("en"), pytest.raises(OneSeriesOnly) as refusal:
        donut.around(two)
    with translation.override("en"):
        assert str(refusal.value) == "A donut shows one series, not 2."


def test_thirteen_parts_are_refused():
    assert len(words(ring(*[1] * 12), "number")) == 12
    with pytest.raises(TooManySeries):
        ring(*[1] * 13)
