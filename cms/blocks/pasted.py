"""A table pasted from a spreadsheet: cells divided by tabs, rows by line ends, the first row names the columns."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail_localize.segments import StringSegmentValue

CELL = re.compile(r"\.[0-9a-f]{12}$")  # how the path to a cell ends
LETTER = re.compile(r"[^\W\d_]")
MOST_COLUMNS, MOST_ROWS, LONGEST_CELL = 8, 60, 200


@dataclass(frozen=True, slots=True)
class Cells:
    """A head and rows of as many cells."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]


def read(text: str) -> Cells:
    """Return the cells of a pasted table. Raises `ValidationError` that names what is wrong and in which row."""
    rows = _rows(text)
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
    """The text of a pasted table, refused while it is none; a draft may hold whatever it holds.

    Translators get each cell for itself: a table of words in one box could be taken apart by a single line end.
    """

    def clean(self, value: str) -> str:
        """Return the text as it was pasted; raise `ValidationError` when it is no table."""
        super().clean(value)
        if not self.is_deferred_validation:
            read(value)  # with the tabs that Django strips at the end: an empty last cell is a cell
        return value

    def get_translatable_segments(self, value: str) -> list[StringSegmentValue]:
        """Return every cell that has words, once, under a key made of them: a new row does not move it. Numbers need none."""
        cells = dict.fromkeys(cell for row in _rows(value) for cell in row if LETTER.search(cell))
        return [StringSegmentValue(_key(cell), cell) for cell in cells]

    def restore_translated_segments(self, value: str, segments: Sequence[StringSegmentValue]) -> str:
        """Return the table with the translated cells in their places; one that was handed on whole, once, as it came back."""
        words = {segment.path: str(segment.render_text()) for segment in segments}
        rows = [[one_line(words.get(_key(cell), cell)) for cell in row] for row in _rows(value)]
        return words.get("") or "\n".join("\t".join(row) for row in rows)

    class Meta:
        label = _("Table from a spreadsheet")
        help_text = _("Copy the cells in your spreadsheet and paste them here. The first row names the columns.")


def check_cell(text: str) -> None:
    """Raise `ValidationError` where `text` is too long for a cell."""
    if len(one_line(text)) > LONGEST_CELL:
        raise ValidationError(
            _("A cell has at most %(length)s signs."), code="long_cell", params={"length": LONGEST_CELL}
        )


def one_line(text: str) -> str:
    """Return `text` fit for a cell: without the tabs and line ends that would part it."""
    return " ".join(text.split())


def _key(cell: str) -> str:
    return hashlib.sha256(cell.encode()).hexdigest()[:12]


def _rows(text: str) -> list[list[str]]:
    lines = [line.strip("\r") for line in text.split("\n") if line.strip()]
    return [[cell.strip() for cell in line.split("\t")] for line in lines]


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
