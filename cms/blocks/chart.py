"""A drawing of a pasted table."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ashar.errors import Refused
from ashar.web import charts
from cms.blocks import pasted

# Digits, or digits in groups of three with a space between. "1,234" could be a thousand or one and a bit, so it is refused.
NUMBER = re.compile(r"[0-9]{1,12}|[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3}){1,3}")


class ChartBlock(blocks.StructBlock):
    """A chart of at most a few series; the table it is drawn from stands behind it, with its source."""

    title = blocks.CharBlock(label=_("Title"), max_length=150)
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("bar", _("Bars")), ("line", _("Line")), ("stacked", _("Stacked bars")), ("donut", _("Ring"))],
        default="bar",
    )
    cells = pasted.PastedTableBlock()
    source = blocks.CharBlock(label=_("Source, with its year"), max_length=200)

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - a struct of Wagtail
        """Refuse a table whose cells, past the first column, are not numbers from 0 up."""
        cleaned = super().clean(value)
        try:
            drawn(cleaned)
        except ValidationError as error:
            raise blocks.StructBlockValidationError(block_errors={"cells": error}) from error
        except Refused as refusal:
            raise blocks.StructBlockValidationError(block_errors={"cells": ValidationError(str(refusal))}) from refusal
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:  # noqa: ANN401 - likewise
        """Add the drawing, or nothing where the table cannot be drawn any more: one bad block takes no page with it."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        try:
            context["chart"] = drawn(value)
        except (ValidationError, Refused):
            context["chart"] = None
        return context

    class Meta:
        template = "cms/blocks/chart.html"
        icon = "history"
        label = _("Chart")


def drawn(value: Any) -> charts.Picture:  # noqa: ANN401 - a struct of Wagtail
    """Return the picture of a chart block. Raises `ValidationError` for the table, `Refused` for what cannot be drawn."""
    cells = pasted.read(value["cells"])
    columns = zip(*numbers(cells), strict=True)
    series = tuple(charts.Series(name, column) for name, column in zip(cells.head[1:], columns, strict=True))
    return charts.draw(value["kind"], charts.Figures(tuple(row[0] for row in cells.rows), series))


def numbers(cells: pasted.Cells) -> list[list[int]]:
    """Return the cells past the first column as numbers, row by row. Raises `ValidationError` naming the row."""
    return [[_number(cell, number) for cell in row[1:]] for number, row in enumerate(cells.rows, start=2)]


def _number(cell: str, row: int) -> int:
    if not NUMBER.fullmatch(cell):
        raise ValidationError(
            _("“%(cell)s” in row %(row)s is not a whole number from 0 up."),
            code="not_a_number",
            params={"cell": cell, "row": row},
        )
    return int(re.sub(r"[^0-9]", "", cell))
