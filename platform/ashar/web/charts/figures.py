"""What a chart is made from, and what it refuses."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ashar.errors import Refused
from ashar.money import Money, printed
from ashar.web import counting

FACES = 12


class NoFigures(Refused):
    """Nothing to draw: no label or no series."""

    code = "chart_without_figures"
    message = _("A chart needs at least one label and one number.")


class UnevenSeries(Refused):
    """A series has more or fewer numbers than there are labels."""

    code = "chart_series_uneven"
    message = _("“%(series)s” has %(numbers)s numbers for %(labels)s labels.")


class NegativeFigure(Refused):
    """A number below zero, which none of our charts can show honestly."""

    code = "chart_figure_negative"
    message = _("“%(label)s” is below zero: %(number)s. A chart shows zero and above; put the numbers into a table.")


class TooManySeries(Refused):
    """More series (or parts of a donut) than a reader can tell apart."""

    code = "chart_too_many_series"
    message = _("A chart tells %(most)s series apart, not %(series)s. Put the smallest together.")


class OneSeriesOnly(Refused):
    """A donut shows the parts of one whole."""

    code = "chart_donut_of_many"
    message = _("A donut shows one series, not %(series)s.")


@dataclass(frozen=True, slots=True)
class Series:
    """A name and its numbers."""

    name: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Labels and the series over them; with a `currency` the numbers are its minor units, without they have `decimals`.

    `head` is what stands over the labels in the table behind the chart.

    Refuses nothing at all, numbers below zero, series of another length and more than twelve series.
    """

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    currency: str = ""
    decimals: int = 0
    head: str = ""

    def __post_init__(self) -> None:
        if not self.labels or not self.series:
            raise NoFigures
        if len(self.series) > FACES:
            raise TooManySeries(most=FACES, series=len(self.series))
        for each in self.series:
            self._check(each)

    def written(self, number: int) -> str:
        """Return the number as the reader of the active language writes it, with its currency."""
        if self.currency:
            return printed.show(Money(number, self.currency))
        whole, parts = divmod(abs(number), 10**self.decimals)
        decimals = f"{parts:0{self.decimals}d}".rstrip("0") if parts else ""
        return counting.digits(f"{'-' if number < 0 else ''}{whole}{'.' if decimals else ''}{decimals}")

    @property
    def totals(self) -> tuple[int, ...]:
        """The sum of all series at each label."""
        return tuple(sum(column) for column in zip(*(each.numbers for each in self.series), strict=True))

    def _check(self, series: Series) -> None:
        if len(series.numbers) != len(self.labels):
            raise UnevenSeries(series=series.name, numbers=len(series.numbers), labels=len(self.labels))
        for label, number in zip(self.labels, series.numbers, strict=True):
            if type(number) is not int:
                raise TypeError(f"a chart counts in ints, not {type(number).__name__}")
            if number < 0:
                raise NegativeFigure(label=label, number=self.written(number))
