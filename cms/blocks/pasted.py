"""A table pasted from a spreadsheet: cells divided by tabs, rows by line ends, the first row names the columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

MOST_COLUMNS, MOST_ROWS, LONGEST_CELL = 8, 60, 200


@dataclass(frozen=True, slots=True)
class Cells:
    """A head and rows of as many cells."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]


def read(text: str) -> Cells:
    """Return the cells of a pasted table. Raises `ValidationError` that names what is wrong and in which row."""
    lines = [line.strip("\r") for line in text.split("\n") if line.strip()]
    rows = [[cell.strip() for cell in line.split("\t")] for line in lines]
    if len(rows) < 2 or len(rows[0]) < 2:  # noqa: PLR2004 - a head and a row, a name and a value
        raise ValidationError(_("Paste at least two columns and two rows from your spreadsheet."), code="too_small")
    if len(rows[0]) > MOST_COLUMNS or len(rows) > MOST_ROWS:
        raise ValidationError(
            _("A table here has at most %(columns)s columns and %(rows)s rows."),
            code="too_large",
            params={"columns": MOST_COLUMNS, "rows": MOST_ROWS},
        )
    _check_rows(rows)
    return Cells(rows[0], rows[1:])


class PastedTableBlock(blocks.TextBlock):
    """The text of a pasted table, refused while it is none."""

    def clean(self, value: str) -> str:
        """Return the text as it was pasted; raise `ValidationError` when it is no table. A draft may still be without one."""
        super().clean(value)
        if value.strip() or not self.is_deferred_validation:
            read(value)  # with the tabs that Django strips at the end: an empty last cell is a cell
        return value

    class Meta:
        label = _("Table from a spreadsheet")
        help_text = _("Copy the cells in your spreadsheet and paste them here. The first row names the columns.")


def _check_rows(rows: Sequence[Sequence[Any]]) -> None:
    for number, row in enumerate(rows, start=1):
        if len(row) != len(rows[0]):
            raise ValidationError(
                _("Row %(number)s has %(cells)s cells, the first row has %(columns)s."),
                code="ragged",
                params={"number": number, "cells": len(row), "columns": len(rows[0])},
            )
        if any(len(cell) > LONGEST_CELL for cell in row):
            raise ValidationError(
                _("A cell of row %(number)s is longer than %(length)s signs."),
                code="long_cell",
                params={"number": number, "length": LONGEST_CELL},
            )
