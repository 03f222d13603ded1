"""Lying bars: beside each other for every series, or stacked into one. Each label has a line of its own above its bars."""

from ashar.web.charts import shapes
from ashar.web.charts.figures import Figures
from ashar.web.charts.sheet import Sheet

BAR, STACK, GAP = 16, 22, 14


def beside(figures: Figures) -> Sheet:
    """Return a bar for every number; a number above zero is at least one unit long."""
    sheet, room = Sheet(), _room(figures, [number for each in figures.series for number in each.numbers])
    peak = max(number for each in figures.series for number in each.numbers)
    for at, label in enumerate(figures.labels):
        sheet.label(label)
        for face, each in enumerate(figures.series):
            number = each.numbers[at]
            sheet.bar([max(_length(number, peak, room), min(number, 1))], [face], figures.written(number), BAR)
            sheet.height += 2
        sheet.height += GAP
    return sheet


def stacked(figures: Figures) -> Sheet:
    """Return one bar for every label, its parts in the order of the series and the sum behind it."""
    sheet, totals = Sheet(), figures.totals
    room = _room(figures, list(totals))
    for at, label in enumerate(figures.labels):
        sheet.label(label)
        ends = [
            _length(sum(each.numbers[at] for each in figures.series[:to]), max(totals), room) for to in _counts(figures)
        ]
        sheet.bar(ends, list(range(len(ends))), figures.written(totals[at]), STACK)
        _seams(sheet, ends)
        sheet.height += GAP
    return sheet


def _seams(sheet: Sheet, ends: list[int]) -> None:
    """Part the neighbours from each other, and number every part that has the room."""
    middle = sheet.height - STACK // 2
    sheet.outlines += [shapes.Shape(f"M{end} {middle - STACK // 2}v{STACK}", "chart-seam") for end in ends[:-1] if end]
    for face, (start, end) in enumerate(zip([0, *ends], ends, strict=False)):
        if end - start >= STACK:
            disc, number = shapes.badge((start + end) // 2, middle, face)
            sheet.outlines.append(disc)
            sheet.words.append(number)


def _counts(figures: Figures) -> range:
    return range(1, len(figures.series) + 1)


def _length(number: int, peak: int, room: int) -> int:
    return number * room // peak if peak else 0


def _room(figures: Figures, numbers: list[int]) -> int:
    """Return what the longest written number leaves to the bars."""
    longest = max(len(figures.written(number)) for number in numbers)
    return max(shapes.WIDTH - shapes.BREATH - longest * shapes.LETTER, shapes.WIDTH // 4)
