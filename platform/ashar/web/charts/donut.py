"""The parts of one whole as a ring, the sum in its middle."""

from ashar.web.charts import shapes
from ashar.web.charts.figures import FACES, Figures, OneSeriesOnly, TooManySeries
from ashar.web.charts.sheet import Sheet

RADIUS, THICK = 96, 36
HEIGHT = 2 * (RADIUS + THICK // 2) + 8
CENTRE = (shapes.WIDTH // 2, HEIGHT // 2)
SMALLEST_NUMBERED = 30  # one part in so many has room for its badge


def around(figures: Figures) -> Sheet:
    """Return a ring of the only series, one face for each label; all zero is an empty ring."""
    if len(figures.series) > 1:
        raise OneSeriesOnly(series=len(figures.series))
    if len(figures.labels) > FACES:
        raise TooManySeries(most=FACES, series=len(figures.labels))
    (numbers,) = (each.numbers for each in figures.series)
    sheet, whole = Sheet(height=HEIGHT), sum(numbers)
    sheet.outlines.append(shapes.Shape(shapes.arc(0, 1, 1, centre=CENTRE, radius=RADIUS), "chart-ring chart-track"))
    start = 0
    for face, number in enumerate(numbers):
        _part(sheet, face, start, start + number, whole)
        start += number
    _seams(sheet, numbers)
    sheet.words.append(shapes.Words(CENTRE[0], CENTRE[1] + 6, figures.written(whole), "total", "middle"))
    return sheet


def _part(sheet: Sheet, face: int, start: int, end: int, whole: int) -> None:
    sheet.outlines += shapes.ring(start, end, whole, face, centre=CENTRE, radius=RADIUS) if whole else []
    if (end - start) * SMALLEST_NUMBERED >= whole > 0:
        x, y = shapes.place(start + end, whole * 2, CENTRE, RADIUS)
        disc, number = shapes.badge(round(x), round(y), face)
        sheet.outlines.append(disc)
        sheet.words.append(number)


def _seams(sheet: Sheet, numbers: tuple[int, ...]) -> None:
    """Part the neighbours from each other; a single part has none."""
    whole, ends = sum(numbers), [sum(numbers[:to]) for to, number in enumerate(numbers) if number]
    if len(ends) > 1:
        inner, outer = RADIUS - THICK // 2 - 1, RADIUS + THICK // 2 + 1
        pairs = [(shapes.point(end, whole, CENTRE, inner), shapes.point(end, whole, CENTRE, outer)) for end in ends]
        sheet.outlines.append(shapes.Shape("".join(f"M{here}L{there}" for here, there in pairs), "chart-seam"))
