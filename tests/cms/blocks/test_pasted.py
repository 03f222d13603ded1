"""A pasted table: what is one, what is none, and which row is to blame."""

import pytest
from django.core.exceptions import ValidationError

from cms.blocks import pasted
from cms.blocks.pasted import Cells, PastedTableBlock
from tests.factories.articles import table

HEAD, ROW = ("Год", "Метры"), ("2026", "12")


@pytest.mark.parametrize(
    "text",
    [
        "Год\tМетры\n2026\t12",
        "Год\tМетры\r\n2026\t12\r\n",
        "\nГод\tМетры\n\n2026\t12\n\n",
        " Год \t Метры \n 2026 \t 12 ",
    ],
    ids=["plain", "windows", "empty lines", "spaces"],
)
def test_reads_what_a_spreadsheet_copies(text):
    assert pasted.read(text) == Cells(list(HEAD), [list(ROW)])


def test_an_empty_last_cell_is_a_cell():
    assert pasted.read("Год\tМетры\n2026\t").rows == [["2026", ""]]
    assert PastedTableBlock().clean("Год\tМетры\n2026\t") == "Год\tМетры\n2026\t"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "too_small"),
        ("Год\tМетры", "too_small"),
        ("Год\n2026", "too_small"),
        (table(["x"] * 9, ["x"] * 9), "too_large"),
        (table(*[HEAD] * 61), "too_large"),
        ("Год\tМетры\n2026", "ragged"),
        ("Год\tМетры\n2026\t" + "ы" * 201, "long_cell"),
    ],
)
def test_refuses_what_is_no_table(text, code):
    with pytest.raises(ValidationError) as refused:
        pasted.read(text)
    assert refused.value.code == code


@pytest.mark.parametrize("text", [table(["x"] * 8, ["x"] * 8), table(*[HEAD] * 60), table(HEAD, ["x", "ы" * 200])])
def test_takes_the_largest(text):
    assert len(pasted.read(text).head) in {2, 8}


def test_names_the_row_that_is_ragged():
    with pytest.raises(ValidationError) as refused:
        pasted.read("a\tb\n1\t2\n3\t4\t5")
    assert refused.value.params == {"number": 3, "cells": 3, "columns": 2}
