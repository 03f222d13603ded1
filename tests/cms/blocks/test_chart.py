"""A chart of a pasted table: numbers as people write them, and a sentence for what cannot be drawn."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from wagtail.blocks import StructBlockValidationError

from cms.blocks import chart, pasted
from cms.blocks.chart import ChartBlock
from tests.factories.articles import table


def value(cells: str, kind: str = "bar"):
    return ChartBlock().to_python({"title": "Метры", "kind": kind, "cells": cells, "source": "Дептер, 2026"})


@pytest.mark.parametrize(
    ("cell", "number"),
    [("0", "0"), ("12", "12"), ("1 234", "1234"), ("1\u00a0234\u00a0567", "1234567"), ("12 000", "12000"), ("5,5", "5.5"),
     ("12,5", "12.5"), ("12.50", "12.5"), ("1 234,50", "1234.5"), ("1,234.50", "1234.5"), ("0,125", "0.125")],
)  # fmt: skip
def test_reads_numbers_as_people_write_them(cell, number):
    assert chart.numbers(pasted.read(table(["x", "y"], ["a", cell]))) == [[number]]


@pytest.mark.parametrize("cell", ["", "-1", "1,23,4", "12 34", "много", "1e3", "١٢", "1" * 16, "0,12345"])
def test_refuses_what_could_mean_two_numbers_or_none(cell):
    with pytest.raises(ValidationError) as refused:
        chart.numbers(pasted.read(table(["x", "y"], ["a", "1"], ["b", cell])))
    assert (refused.value.code, refused.value.params) == ("not_a_number", {"cell": cell, "row": 3})


@pytest.mark.parametrize(("language", "mark"), [("ky", ","), ("ru", ","), ("en", ".")])
def test_asks_again_what_reads_in_two_ways_and_says_how_to_write_it(language, mark):
    with translation.override(language), pytest.raises(ValidationError) as refused:
        chart.numbers(pasted.read(table(["x", "y"], ["a", "1,234"])))
    assert refused.value.code == "ambiguous"
    told = refused.value.messages[0]
    assert ["1,234" in told, "1234" in told, f"1{mark}2340" in told] == [True, True, True]


@pytest.mark.parametrize("kind", ["bar", "line", "stacked", "donut"])
def test_decimals_are_drawn_and_told_in_the_table_behind(kind):
    with translation.override("ru"):
        drawn = chart.drawn(value(table(["Год", "Доля"], ["2024", "5,5"], ["2025", "12"], ["2026", "1 234,50"]), kind))
    assert (drawn.head, drawn.rows) == (["Год", "Доля"], [["2024", "5,5"], ["2025", "12"], ["2026", "1\u00a0234,5"]])
    assert "1\u00a0234,5" in drawn.description


@pytest.mark.parametrize("kind", ["bar", "line", "stacked"])
def test_draws_every_series_and_keeps_the_table_behind(kind):
    drawn = chart.drawn(value(table(["Ай", "Чогулду", "Кошулду"], ["Июль", "42", "40"], ["Август", "85", "80"]), kind))
    assert list(drawn.head) == ["Ай", "Чогулду", "Кошулду"]
    assert len(drawn.rows) == 2


@pytest.mark.parametrize("cells", ["x", table(["x", "y"], ["a", "много"])])
def test_the_form_refuses_beside_the_table(cells):
    with pytest.raises(StructBlockValidationError) as refused:
        ChartBlock().clean(value(cells))
    assert set(refused.value.block_errors) == {"cells"}


def test_a_ring_of_two_series_is_refused_with_a_sentence():
    with pytest.raises(StructBlockValidationError) as refused:
        ChartBlock().clean(value(table(["x", "y", "z"], ["a", "1", "2"]), "donut"))
    assert set(refused.value.block_errors) == {"cells"}


def test_one_that_cannot_be_drawn_any_more_is_left_out():
    assert ChartBlock().render(value(table(["x", "y"], ["a", "много"]))).strip() == ""
