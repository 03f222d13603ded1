"""Tables that officers take away: headings and words in their language, sums as plain numbers of whole units, no formulas."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal  # noqa: TID251 - a sum on its way out, which a spreadsheet is to add up
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.coreutils import multigetattr

from ashar.money import Money, printed
from ashar.web import spreadsheets

MOMENT = "{} ({})"


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One column of a table: its heading, and how a row fills it."""

    heading: Any
    read: Callable[[Any], Any]


def fact(name: str, heading: Any) -> Cell:  # noqa: ANN401 - a lazy string
    """Return the column of the attribute `name` (dots lead on), in words where the row has some."""

    def read(row: Any) -> Any:  # noqa: ANN401 - whatever the row holds
        words = getattr(row, f"get_{name}_display", None)
        found = words() if words else multigetattr(row, name)
        return found if isinstance(found, int | str) or found is None else str(found)

    return Cell(heading, read)


def sum_of(name: str, heading: Any) -> Cell:  # noqa: ANN401 - a lazy string
    """Return the column of the `Money` at attribute `name`, as a number with the decimals of its currency."""
    return Cell(heading, lambda row: number(getattr(row, name)))


def moment(name: str, heading: Any) -> Cell:  # noqa: ANN401 - a lazy string
    """Return the column of the moment at attribute `name`, to the second, by the clock of Bishkek that its heading names."""
    return moment_of(heading, lambda row: getattr(row, name))


def moment_of(heading: Any, read: Callable[[Any], datetime | None]) -> Cell:  # noqa: ANN401 - a lazy string
    """Return the column of the moment that `read` finds, written as `moment` writes it."""
    return Cell(format_lazy(MOMENT, heading, _("Bishkek time")), lambda row: in_bishkek(read(row)))


def number(amount: Money | None) -> Decimal | None:
    """Return `amount` in whole units: 1234.50 som, 70000 won."""
    return None if amount is None else Decimal(printed.plain(amount))


def in_bishkek(at: datetime | None) -> datetime | None:
    """Return what the clock of the house says at the moment `at`, whatever zone the officer has chosen for the screen."""
    return at and timezone.make_naive(at, timezone.get_default_timezone()).replace(microsecond=0)


class Exports(SpreadsheetExportMixin):
    """A list whose `list_export` is made of `Cell`s; a subclass may write other rows than it shows."""

    def rows_to_export(self, shown: Iterable[Any]) -> Iterable[Any]:
        """Return the rows of the table for the rows `shown`: by default the same."""
        return shown

    def as_spreadsheet(self, queryset: Iterable[Any], spreadsheet_format: str) -> Any:  # noqa: ANN401 - a response
        """Write the rows that are exported."""
        return super().as_spreadsheet(self.rows_to_export(queryset), spreadsheet_format)

    def to_row_dict(self, item: Any) -> dict[Cell, Any]:  # noqa: ANN401 - a row of any room
        """Return what each column says of `item`."""
        return {cell: cell.read(item) for cell in self.list_export}

    def get_heading(self, queryset: Iterable[Any], field: Cell) -> str:  # noqa: ARG002 - Wagtail's signature
        """Return the heading in the officer's language."""
        return capfirst(str(field.heading))

    def stream_csv(self, queryset: Iterable[Any]) -> Iterator[bytes]:
        """Yield the table line by line, after the mark by which Excel knows its letters."""
        yield spreadsheets.BYTE_ORDER_MARK.encode()
        yield from super().stream_csv(queryset)

    def generate_xlsx_row(
        self,
        worksheet: Any,  # noqa: ANN401 - openpyxl's, which has no types
        row_dict: dict[Cell, Any],
        date_format: str | None = None,
    ) -> Iterator[Any]:
        """Yield the cells, each sum shown with all its decimals."""
        cells = super().generate_xlsx_row(worksheet, row_dict, date_format=date_format)
        for cell, told in zip(cells, row_dict.values(), strict=True):
            if isinstance(told, Decimal):
                cell.number_format = _format_of(told)
            yield cell

    def preprocess_field_value(self, field: Cell, value: Any, export_format: str) -> Any:  # noqa: ANN401 - Wagtail's signature
        """Make text harmless before it is written into a cell; no text leaves the cell empty."""
        prepared = super().preprocess_field_value(field, value, export_format)
        return (spreadsheets.harmless(prepared) or None) if isinstance(prepared, str) else prepared


def _format_of(told: Decimal) -> str:
    decimals = -int(told.as_tuple().exponent)
    return f"0.{'0' * decimals}" if decimals else "0"
