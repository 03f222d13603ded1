"""A drawing of a pasted table."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks import pasted

# Digits, or digits in groups of three with a space between; then a comma or a point and one or two decimals. "1,234" could
# be a thousand or one and a bit, so it is refused.
NUMBER = re.compile(r"(?P<whole>[0-9]{1,12}|[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3}){1,3})(?:[.,](?P<part>[0-9]{1,2}))?")


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
            numbers(pasted.read(cleaned["cells"]))
        except ValidationError as error:
            raise blocks.StructBlockValidationError(block_errors={"cells": error}) from error
        return cleaned

    class Meta:
        template = "cms/blocks/chart.html"
        icon = "history"
        label = _("Chart")


def numbers(cells: pasted.Cells) -> list[list[int]]:
    """Return the cells past the first column, row by row, in thousandths. Raises `ValidationError` naming the row."""
    return [[_thousandths(cell, number) for cell in row[1:]] for number, row in enumerate(cells.rows, start=2)]


def _thousandths(cell: str, row: int) -> int:
    found = NUMBER.fullmatch(cell)
    if not found:
        raise ValidationError(
            _("“%(cell)s” in row %(row)s is not a number from 0 up, or could mean two: write 1234 or 1234,5."),
            code="not_a_number",
            params={"cell": cell, "row": row},
        )
    whole, part = re.sub(r"\D", "", found["whole"]), found["part"] or ""
    return int(whole) * 1000 + int(part.ljust(3, "0"))
