"""Outlines as SVG paths, and the twelve faces."""

import pytest

from ashar.web.charts import shapes


def test_twelve_faces_are_all_different():
    assert len({(shapes.colour(face), shapes.texture(face)) for face in range(12)}) == 12


def test_box_of_the_first_face_is_plain():
    assert shapes.box(0, 5, 40, 16, 0) == [shapes.Shape("M0 5h40v16h-40z", "chart-fill chart-colour-1")]


def test_box_of_the_fifth_face_has_the_first_colour_and_lines():
    filled, lines = shapes.box(10, 0, 12, 8, 4)

    assert filled == shapes.Shape("M10 0h12v8h-12z", "chart-fill chart-colour-1")
    assert lines == shapes.Shape("M13 0v8M18 0v8", "chart-texture chart-lined")


def test_ninth_face_is_dotted():
    assert shapes.box(0, 0, 10, 8, 8)[1].css == "chart-texture chart-dotted"


@pytest.mark.parametrize("width", [0, -1])
def test_box_without_width_is_not_drawn(width):
    assert shapes.box(0, 0, width, 16, 0) == []


def test_narrow_box_has_no_room_for_a_texture():
    assert [shape.css for shape in shapes.box(0, 0, 2, 16, 4)] == ["chart-fill chart-colour-1"]


@pytest.mark.parametrize(
    ("at", "expected"),
    [(0, "100.0 50.0"), (1, "150.0 100.0"), (2, "100.0 150.0"), (3, "50.0 100.0"), (4, "100.0 50.0")],
)
def test_circle_runs_clockwise_from_the_top(at, expected):
    assert shapes.point(at, 4, (100, 100), 50) == expected


def test_whole_circle_is_two_halves():
    assert shapes.arc(0, 1, 1, centre=(100, 100), radius=50) == (
        "M100.0 50.0A50 50 0 0 1 100.0 150.0A50 50 0 0 1 100.0 50.0"
    )


def test_ring_without_length_is_not_drawn():
    assert shapes.ring(3, 3, 10, 0, centre=(100, 100), radius=50) == []


def test_textured_ring_has_four_rings_over_it():
    filled, lines = shapes.ring(0, 1, 4, 5, centre=(100, 100), radius=50)

    assert filled.css == "chart-ring chart-colour-2"
    assert (lines.css, lines.d.count("M")) == ("chart-texture chart-lined", 4)


def test_four_markers_have_four_outlines():
    assert len({shapes.marker(50, 50, face).d for face in range(4)}) == 4
    assert shapes.marker(50, 50, 4).d == shapes.marker(50, 50, 0).d


def test_dashes_tell_lines_of_one_colour_apart():
    assert [shapes.stroke("M0 0", face).css for face in (0, 4, 8)] == [
        "chart-line chart-line-plain chart-colour-1",
        "chart-line chart-line-lined chart-colour-1",
        "chart-line chart-line-dotted chart-colour-1",
    ]


def test_badge_counts_from_one():
    disc, number = shapes.badge(50, 20, 0)

    assert disc.css == "chart-badge"
    assert number == shapes.Words(50, 24, "1", "number", "middle")


def test_long_label_takes_two_lines_and_no_more():
    assert shapes.lines_of("Ош") == ["Ош"]
    assert shapes.lines_of("terezeler " * 20, 25) == ["terezeler terezeler", "terezeler terezeler…"]


@pytest.mark.parametrize(
    ("text", "letters", "expected"),
    [("2026", 4, "2026"), ("Жалал-Абад", 6, "Жалал…"), ("Ысык Көл", 6, "Ысык…"), ("Ош", 0, "О…")],
)
def test_label_is_cut_where_one_line_ends(text, letters, expected):
    assert shapes.cut(text, letters) == expected
