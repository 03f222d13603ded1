"""A chart of a pasted table: numbers as people write them, and a sentence for what cannot be drawn."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StructBlockValidationError

from cms.blocks import chart, pasted
from cms.blocks.chart import ChartBlock
from tests.factories.articles import table


def value(cells: str, kind: str = "bar"):
    return ChartBlock().to_python({"title": "Метры", "kind": kind, "cells": cells, "source": "Дептер, 2026"})


@pytest.mark.parametrize(
    ("cell", "number"), [("0", 0), ("12", 12), ("1 234", 1234), ("1\u00a0234\u00a0567", 1_234_567), ("12 000", 12_000)]
)
def test_reads_numbers_with_spaces_between_thousands(cell, number):
    assert chart.numbers(pasted.read(table(["x", "y"], ["a", cell]))) == [[number]]


@pytest.mark.parametrize("cell", ["", "-1", "1.5", "1,234", "12 34", "много", "1e3", "١٢", "1" * 13])
def test_refuses_what_could_mean_two_numbers_or_none(cell):
    with pytest.raises(ValidationError) as refused:
        chart.numbers(pasted.read(table(["x", "y"], ["a", "1"], ["b", cell])))
    assert (refused.value.code, refused.value.params) == ("not_a_number", {"cell": cell, "row": 3})


@pytest.mark.parametrize("kind", ["bar", "line", "stacked"])
def test_draws_every_series_and_keeps_the_table_behind(kind):
    drawn = chart.drawn(value(table(["Ай", "Чогулду", "Кошулду"], ["Июль", "42", "40"], ["Август", "85", "80"]), kind))
    assert list(drawn.head)[1:] == ["Чогулду", "Кошулду"]
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
