"""A drawing of a pasted table."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ashar.errors import Refused
from ashar.money import typed
from ashar.web import charts
from cms.blocks import pasted


class ChartBlock(blocks.StructBlock):
    """A chart of at most a few series; the table it is drawn from stands behind it, with its source."""

    title = blocks.CharBlock(label=_("Title"), max_length=150)
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("bar", _("Bars")), ("line", _("Line")), ("stacked", _("Stacked bars")), ("donut", _("Ring"))],
        default="bar",
    )
    cells = pasted.PastedTableBlock(
        help_text=_(
            "Copy the cells in your spreadsheet and paste them here. The first row names the columns; below it, all but the"
            " first column are numbers from 0 up, as you write them: 12 or 5,5 or 12.5 or 1 234,50. No signs, no words."
        )
    )
    source = blocks.CharBlock(label=_("Source, with its year"), max_length=200)

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - a struct of Wagtail
        """Refuse a table whose cells, past the first column, are not numbers from 0 up. A draft may hold whatever it holds."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
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
    told = numbers(cells)
    decimals = max(len(number.partition(".")[2]) for row in told for number in row)
    columns = zip(*([_scaled(number, decimals) for number in row] for row in told), strict=True)
    series = tuple(charts.Series(name, column) for name, column in zip(cells.head[1:], columns, strict=True))
    labels = tuple(row[0] for row in cells.rows)
    return charts.draw(value["kind"], charts.Figures(labels, series, decimals=decimals, head=cells.head[0]))


def numbers(cells: pasted.Cells) -> list[list[str]]:
    """Return the cells past the first column as plain digits, row by row. Raises `ValidationError` naming the row."""
    return [[_number(cell, number) for cell in row[1:]] for number, row in enumerate(cells.rows, start=2)]


def _scaled(number: str, decimals: int) -> int:
    """Return plain digits in units of the last of so many decimals: "5.5" with two is 550."""
    whole, _point, fraction = number.partition(".")
    return int(whole + fraction.ljust(decimals, "0"))


def _number(cell: str, row: int) -> str:
    """Return plain digits; what could mean two of them is asked again in the words of whoever reads amounts."""
    try:
        return typed.plain(cell)
    except typed.Ambiguous as refusal:
        told = {"cell": cell, "row": row, "why": refusal}
        raise ValidationError(_("“%(cell)s” in row %(row)s: %(why)s"), "ambiguous", told) from refusal
    except typed.Unreadable as refusal:
        raise ValidationError(
            _("“%(cell)s” in row %(row)s is not a number from 0 up, such as 12, 5,5 or 1 234,50."),
            code="not_a_number",
            params={"cell": cell, "row": row},
        ) from refusal
