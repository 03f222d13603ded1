"""A chart as its template prints it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, pgettext

from ashar.web import counting
from ashar.web.charts import bars, donut, lines, shapes
from ashar.web.charts.figures import Figures
from ashar.web.charts.sheet import Sheet

KINDS: Mapping[str, Callable[[Figures], Sheet]] = {
    "bar": bars.beside,
    "stacked": bars.stacked,
    "line": lines.over,
    "donut": donut.around,
}
NAMES: Mapping[str, str | Promise] = {
    "bar": gettext_lazy("Bar chart."),
    "stacked": gettext_lazy("Bar chart with stacked parts."),
    "line": gettext_lazy("Line chart."),
    "donut": gettext_lazy("Ring chart."),
}
SWATCH = (28, 16)


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend: a swatch, the number of its badge (0: it has none), the name and, in a donut, the figure."""

    outlines: list[shapes.Shape]
    badge: int
    name: str
    figure: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything the template needs; `description` speaks to those who do not see the drawing."""

    kind: str
    width: int
    height: int
    outlines: list[shapes.Shape]
    words: list[shapes.Words]
    legend: list[Key]
    description: str
    head: list[str]
    rows: list[list[str]]


def draw(kind: str, figures: Figures) -> Picture:
    """Draw `figures` as one of `KINDS`, in the active language.

    Refused where the kind cannot show them: more than one series in a donut, or more than twelve parts.
    """
    sheet = KINDS[kind](figures)
    return Picture(
        kind=kind,
        width=shapes.WIDTH,
        height=sheet.height,
        outlines=sheet.outlines,
        words=sheet.words,
        legend=_legend(kind, figures),
        description=_description(kind, figures),
        head=[figures.head or pgettext("column of a chart", "Label"), *(each.name for each in figures.series)],
        rows=_rows(figures),
    )


def _rows(figures: Figures) -> list[list[str]]:
    columns = [[figures.written(number) for number in each.numbers] for each in figures.series]
    return [[label, *cells] for label, *cells in zip(figures.labels, *columns, strict=True)]


def _legend(kind: str, figures: Figures) -> list[Key]:
    if kind == "donut":
        numbers = figures.series[0].numbers
        told = [f"{figures.written(number)} · {_per_cent(number, sum(numbers))}" for number in numbers]
        return [
            Key(_swatch(kind, face), face + 1, *pair)
            for face, pair in enumerate(zip(figures.labels, told, strict=True))
        ]
    names = [each.name for each in figures.series] if len(figures.series) > 1 else []
    return [Key(_swatch(kind, face), face + 1 if kind == "stacked" else 0, name, "") for face, name in enumerate(names)]


def _swatch(kind: str, face: int) -> list[shapes.Shape]:
    width, height = SWATCH
    if kind == "line":
        return [shapes.stroke(f"M0 {height // 2}h{width}", face), shapes.marker(width // 2, height // 2, face)]
    return shapes.box(0, 0, width, height, face)


def _per_cent(number: int, whole: int) -> str:
    """Return the share in whole per cent, rounded down; what is above nothing is never written as nothing."""
    found = number * 100 // whole if whole else 0
    return f"< {counting.per_cent(1)}" if number and not found else counting.per_cent(found)


def _description(kind: str, figures: Figures) -> str:
    """Say the kind, the highest and the lowest figure (of all series together), and where the others stand."""
    totals = figures.totals
    highest, lowest = totals.index(max(totals)), totals.index(min(totals))
    sentences = [str(NAMES[kind])]
    if highest != lowest:
        facts = {
            "top": figures.labels[highest],
            "most": figures.written(totals[highest]),
            "bottom": figures.labels[lowest],
            "least": figures.written(totals[lowest]),
        }
        sentences.append(gettext("Highest: %(top)s, %(most)s. Lowest: %(bottom)s, %(least)s.") % facts)
    return " ".join([*sentences, gettext("All figures stand in the table below.")])
