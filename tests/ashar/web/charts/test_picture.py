"""A chart as a page shows it: a drawing with a name, a legend and the table behind it."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from ashar.web import charts

OSH_AND_TALAS = charts.Figures(
    ("Osh", "Talas"), (charts.Series("Gifts", (1200, 40)), charts.Series("Matched", (600, 0)))
)
PARTS = charts.Figures(("Russia", "Korea", "Türkiye"), (charts.Series("Gifts", (700, 299, 1)),))


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def page(read, request_to):
    def drawn(kind, figures, **context):
        context = {"title": "Gifts by oblast", "chart": charts.draw(kind, figures), **context}
        return read(render_to_string("components/chart.html", context, request_to("/en/")))

    return drawn


def test_kinds():
    assert list(charts.KINDS) == ["bar", "stacked", "line", "donut"]


@pytest.mark.parametrize("kind", ["bar", "stacked", "line"])
def test_table_behind_holds_every_number(kind):
    picture = charts.draw(kind, OSH_AND_TALAS)

    assert picture.head == ["Label", "Gifts", "Matched"]
    assert picture.rows == [["Osh", "1,200", "600"], ["Talas", "40", "0"]]


def test_description_names_the_ends_of_the_range():
    assert charts.draw("stacked", OSH_AND_TALAS).description == (
        "Bar chart with stacked parts. Highest: Osh, 1,800. Lowest: Talas, 40. All figures stand in the table below."
    )


def test_description_of_one_value_makes_no_comparison():
    single = charts.Figures(("2026",), (charts.Series("Gifts", (5,)),))

    assert charts.draw("line", single).description == "Line chart. All figures stand in the table below."


def test_legend_of_a_donut_says_the_figure_and_its_part_of_the_whole():
    assert [(key.badge, key.name, key.figure) for key in charts.draw("donut", PARTS).legend] == [
        (1, "Russia", "700 · 70 %"),
        (2, "Korea", "299 · 29 %"),
        (3, "Türkiye", "1 · < 1 %"),
    ]


def test_legend_of_an_empty_donut_divides_by_nothing():
    empty = charts.Figures(("Russia",), (charts.Series("Gifts", (0,)),))

    assert [key.figure for key in charts.draw("donut", empty).legend] == ["0 · 0 %"]


@pytest.mark.parametrize(("kind", "badges"), [("bar", [0, 0]), ("line", [0, 0]), ("stacked", [1, 2])])
def test_legend_of_many_series_numbers_only_what_is_numbered_in_the_drawing(kind, badges):
    assert [key.badge for key in charts.draw(kind, OSH_AND_TALAS).legend] == badges


def test_single_series_needs_no_legend():
    assert charts.draw("bar", PARTS).legend == []


def test_drawing_has_a_role_a_name_and_a_description(page):
    shown = page("bar", OSH_AND_TALAS)
    picture = shown.one("svg", class_="chart-picture")

    assert (picture["role"], picture["viewbox"]) == ("img", "0 0 320 136")
    assert [tag for tag, _ in shown.elements][3:5] == ["title", "desc"]
    assert shown.wrong == []


def test_table_stands_behind_the_drawing(page):
    shown = page("bar", OSH_AND_TALAS)

    assert [len(shown.all(tag)) for tag in ("details", "table", "tr")] == [1, 1, 3]


def test_source_is_told_when_there_is_one(page):
    assert page("bar", PARTS).all("p") == []
    assert page("bar", PARTS, source="The ledger").all("p") == [{"class": "chart-source"}]


def test_words_of_strangers_stay_words(page):
    hostile = charts.Figures(("</svg><script>",), (charts.Series("<b>", (1,)), charts.Series('"><i>', (1,))))

    assert {tag for tag, _ in page("stacked", hostile, title="<script>").elements} & {"script", "i"} == set()
    assert page("stacked", hostile).text.count("</svg><script>") == 2


@pytest.mark.parametrize("kind", ["bar", "stacked", "line", "donut"])
def test_nothing_is_inline(page, kind):
    assert [attrs for _, attrs in page(kind, PARTS).elements if "style" in attrs or "id" in attrs] == []
