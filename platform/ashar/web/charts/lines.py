"""Lines over labels that follow each other, such as years: a scale of round numbers, and a sign at every point."""

from collections.abc import Sequence

from ashar.web.charts import shapes
from ashar.web.charts.figures import Figures
from ashar.web.charts.sheet import Sheet

TOP, PLOT, FOOT, SIDE = 24, 168, 26, 8
MOST_STEPS = 4
MOST_LEFT = 96


def over(figures: Figures) -> Sheet:
    """Return the scale, one line for each series, and the labels that have room under it."""
    sheet = Sheet(height=TOP + PLOT + FOOT)
    ticks = scale(max(number for each in figures.series for number in each.numbers))
    left = min(max(len(figures.written(tick)) for tick in ticks) * shapes.LETTER, MOST_LEFT) + SIDE
    places = _places(len(figures.labels), left)
    for tick in ticks:
        y = _height(tick, ticks[-1])
        sheet.outlines.append(shapes.Shape(f"M0 {y}h{shapes.WIDTH}", "chart-grid"))
        sheet.words.append(shapes.Words(0, y - 4, figures.written(tick), "tick"))
    for face, each in enumerate(figures.series):
        points = [(x, _height(number, ticks[-1])) for x, number in zip(places, each.numbers, strict=True)]
        sheet.outlines.append(shapes.stroke("M" + "L".join(f"{x} {y}" for x, y in points), face))
        sheet.outlines += [shapes.marker(x, y, face) for x, y in points]
    sheet.words += _foot(figures.labels, places)
    return sheet


def scale(peak: int) -> list[int]:
    """Return the round numbers from 0 to `peak` or just above it, at most four steps of 1, 2 or 5 with zeros."""
    step = next(step for step in _steps() if step * MOST_STEPS >= peak)
    return list(range(0, max(-(-peak // step), 1) * step + 1, step))


def _steps() -> list[int]:
    return [head * 10**zeros for zeros in range(20) for head in (1, 2, 5)]


def _places(count: int, left: int) -> list[int]:
    """Spread the points over what the scale's numbers leave free."""
    if count == 1:
        return [shapes.WIDTH // 2]
    return [left + at * (shapes.WIDTH - SIDE - left) // (count - 1) for at in range(count)]


def _height(number: int, top: int) -> int:
    return TOP + PLOT - number * PLOT // top


def _foot(labels: Sequence[str], places: list[int]) -> list[shapes.Words]:
    """Write the first and the last label, and the middle one when all three are short."""
    y = TOP + PLOT + FOOT - 8
    if len(labels) == 1:
        return [shapes.Words(places[0], y, shapes.cut(labels[0], shapes.WIDTH // shapes.LETTER), anchor="middle")]
    start, end = places[0] - SIDE, shapes.WIDTH
    half, third = ((end - start) // parts // shapes.LETTER - 1 for parts in (2, 3))
    ends = [
        shapes.Words(start, y, shapes.cut(labels[0], half)),
        shapes.Words(end, y, shapes.cut(labels[-1], half), anchor="end"),
    ]
    middle = len(labels) // 2
    if len(labels) % 2 and max(map(len, (labels[0], labels[middle], labels[-1]))) <= third:
        ends.insert(1, shapes.Words(places[middle], y, labels[middle], anchor="middle"))
    return ends
