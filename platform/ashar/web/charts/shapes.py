"""The few things a drawing is made of, and their outlines as SVG paths. Units are those of the view box."""

import math
import textwrap
from dataclasses import dataclass

WIDTH = 320  # as wide as the narrowest phone, so that 14 units of type are 13 pixels there
LETTER = 8  # what a letter or digit of 14 units takes at most, on average
COLOURS = 4
TEXTURES = ("plain", "lined", "dotted")
BREATH = 6  # between a shape and the words beside it
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Shape:
    """An outline and the classes that colour it."""

    d: str
    css: str


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text: `anchor` is start, middle or end; `css` says what it is for."""

    x: int
    y: int
    text: str
    css: str = "label"
    anchor: str = "start"


def colour(face: int) -> str:
    """Return the class of the colour of a face, counted from 0."""
    return f"chart-colour-{face % COLOURS + 1}"


def texture(face: int) -> str:
    """Return plain, lined or dotted."""
    return TEXTURES[face // COLOURS]


def box(x: int, y: int, width: int, height: int, face: int) -> list[Shape]:
    """Return a filled box with its texture; one without width is not drawn."""
    if width <= 0:
        return []
    filled = Shape(f"M{x} {y}h{width}v{height}h{-width}z", f"chart-fill {colour(face)}")
    strokes = "".join(f"M{at} {y}v{height}" for at in range(x + 3, x + width, 5))
    return [filled, *_textured(strokes, face)]


def ring(start: int, end: int, whole: int, face: int, *, centre: tuple[int, int], radius: int) -> list[Shape]:
    """Return the part of a ring from `start` to `end` of `whole`, clockwise from the top, with its texture."""
    if end <= start:
        return []
    filled = Shape(arc(start, end, whole, centre=centre, radius=radius), f"chart-ring {colour(face)}")
    strokes = "".join(arc(start, end, whole, centre=centre, radius=radius + at) for at in (-12, -4, 4, 12))
    return [filled, *_textured(strokes, face)]


def arc(start: int, end: int, whole: int, *, centre: tuple[int, int], radius: int) -> str:
    """Return an arc in two halves: a single one could not go all the way round."""
    begin, middle, stop = (point(at, whole * 2, centre, radius) for at in (start * 2, start + end, end * 2))
    return f"M{begin}A{radius} {radius} 0 0 1 {middle}A{radius} {radius} 0 0 1 {stop}"


def point(at: int, whole: int, centre: tuple[int, int], radius: int) -> str:
    """Return "x y" of the place `at` of `whole` on a circle, clockwise from the top."""
    x, y = place(at, whole, centre, radius)
    return f"{x:.1f} {y:.1f}"


def place(at: int, whole: int, centre: tuple[int, int], radius: int) -> tuple[float, float]:
    """Return what `point` writes, as numbers."""
    angle = math.tau * at / whole
    return centre[0] + radius * math.sin(angle), centre[1] - radius * math.cos(angle)


def marker(x: int, y: int, face: int) -> Shape:
    """Return the sign of a point of a line: a circle, a square, a diamond or a triangle."""
    outlines = (
        f"M{x - 4} {y}a4 4 0 1 1 8 0a4 4 0 1 1 -8 0z",
        f"M{x - 4} {y - 4}h8v8h-8z",
        f"M{x} {y - 6}l6 6l-6 6l-6 -6z",
        f"M{x} {y - 6}l6 10h-12z",
    )
    return Shape(outlines[face % COLOURS], f"chart-marker {colour(face)}")


def stroke(d: str, face: int) -> Shape:
    """Return a line in the colour of its face; the texture becomes its dashes."""
    return Shape(d, f"chart-line chart-line-{texture(face)} {colour(face)}")


def badge(x: int, y: int, face: int) -> tuple[Shape, Words]:
    """Return the number of a series on a disc, centred at `x`, `y`."""
    disc = Shape(f"M{x - 9} {y}a9 9 0 1 1 18 0a9 9 0 1 1 -18 0z", "chart-badge")
    return disc, Words(x, y + 4, str(face + 1), "number", "middle")


def lines_of(text: str, letters: int = WIDTH // LETTER) -> list[str]:
    """Return `text` in at most two lines; what does not fit stands in the table."""
    return textwrap.wrap(text, letters, max_lines=2, placeholder=ELLIPSIS)


def cut(text: str, letters: int) -> str:
    """Return `text` in one line of at most `letters`."""
    return text if len(text) <= letters else text[: max(letters - 1, 1)].rstrip() + ELLIPSIS


def _textured(d: str, face: int) -> list[Shape]:
    return [] if texture(face) == "plain" or not d else [Shape(d, f"chart-texture chart-{texture(face)}")]
