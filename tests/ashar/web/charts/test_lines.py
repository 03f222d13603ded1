"""Lines over a scale of round numbers."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from ashar.web.charts import lines
from ashar.web.charts.figures import Figures, Series


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def drawn(labels, *columns):
    return lines.over(Figures(tuple(labels), tuple(Series(f"Series {at}", each) for at, each in enumerate(columns))))


def foot(sheet):
    return [(each.text, each.x, each.anchor) for each in sheet.words if each.css == "label"]


@pytest.mark.parametrize(
    ("peak", "expected"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (5, [0, 2, 4, 6]),
        (412, [0, 200, 400, 600]),
        (2600, [0, 1000, 2000, 3000]),
        (8000, [0, 2000, 4000, 6000, 8000]),
    ],
)
def test_scale_is_round(peak, expected):
    assert lines.scale(peak) == expected


@given(st.integers(0, 10**15))
def test_scale_holds_the_peak_in_few_steps(peak):
    ticks = lines.scale(peak)

    assert ticks[0] == 0
    assert ticks[-1] >= peak
    assert 2 <= len(ticks) <= 5


def test_points_stand_at_the_height_of_their_numbers():
    sheet = drawn(["2024", "2025", "2026"], (0, 2, 4))

    assert [shape.d for shape in sheet.outlines if "chart-line" in shape.css] == ["M16 192L164 108L312 24"]
    assert sum("chart-marker" in shape.css for shape in sheet.outlines) == 3


def test_scale_is_written_from_the_ground_up():
    assert [each.text for each in drawn(["a", "b"], (0, 2600)).words if each.css == "tick"] == [
        "0",
        "1,000",
        "2,000",
        "3,000",
    ]


def test_one_value_is_a_point_in_the_middle():
    sheet = drawn(["2026"], (412,))

    assert foot(sheet) == [("2026", 160, "middle")]
    assert [shape.d for shape in sheet.outlines if "chart-line" in shape.css] == ["M160 77"]


def test_all_zero_lies_on_the_ground():
    assert [shape.d for shape in drawn(["a", "b"], (0, 0)).outlines if "chart-line" in shape.css] == ["M16 192L312 192"]


def test_short_labels_stand_at_both_ends_and_in_the_middle():
    assert foot(drawn(["2022", "2023", "2024", "2025", "2026"], (1, 1, 1, 1, 1))) == [
        ("2022", 8, "start"),
        ("2024", 164, "middle"),
        ("2026", 320, "end"),
    ]


def test_even_number_of_labels_has_no_middle():
    assert [text for text, _, _ in foot(drawn(["2025", "2026"], (1, 1)))] == ["2025", "2026"]


def test_long_labels_are_cut_so_that_they_never_meet():
    long = "The year of the great move"

    assert [text for text, _, _ in foot(drawn([long, "2025", long], (1, 1, 1)))] == [
        "The year of the gr…"[:17] + "…"
    ] * 2
