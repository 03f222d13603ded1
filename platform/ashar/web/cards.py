"""Draws the picture that a shared link shows: 1200 × 630, a title, and how far a goal has come.

Everything is drawn here in the colours of the light page. The same card always gives the same picture.
"""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from ashar.web import lettering
from ashar.web.lettering import BOLD, REGULAR, Font
from ashar.web.progress import Bar

DRAWING = 2  # raise it when the drawing changes: kept pictures are then made anew
WIDTH, HEIGHT = 1200, 630
SCALE = 2  # drawn twice as large and reduced, for smooth edges
LEFT, RIGHT = 64, WIDTH - 64
BORDER = 586  # where the felt begins
GROUND, INK, SOFT, TRACK, LINE = "#fbfaf8", "#1e1a2b", "#585265", "#e7e4ea", "#857e90"
INDIGO, SAFFRON, FELT_RED, FELT_WHITE = "#2b3a8f", "#b26b00", "#a51f2d", "#fbf6ec"
# Both halves of the mark and both horns of the border, in the coordinates of mark.svg and of the border's square.
ROOF = [(55, 29), (32, 10), (9, 29), (9, 42)]
HORN = [((9, 42), (9, 52), (24, 53), (24, 43.5)), ((24, 43.5), (24, 37.5), (17, 36.5), (16, 41.5))]
CURL = [((20, 9.5), (20, 3.5), (11.5, 3.5), (11.5, 9)), ((11.5, 9), (11.5, 12.5), (16, 12.8), (16, 9.8))]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Figure:
    """One sum under the bar; `colour` is the part of the bar it explains, or nothing."""

    label: str
    sum: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What the picture says. Without a `bar` it is a title alone. Texts of any length and kind are made to fit."""

    site: str
    title: str
    place: str = ""
    tag: str = ""
    bar: Bar | None = None
    figures: Sequence[Figure] = ()

    @property
    def digest(self) -> str:
        """The name of the picture: equal exactly when the picture is."""
        return hashlib.sha256(f"{DRAWING}:{self!r}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def draw(card: Card) -> bytes:
    """Return the picture as PNG."""
    board = _Board()
    _head(board, card)
    _title(board, card)
    if card.bar:
        _bar(board, card.bar)
        _figures(board, card)
    _felt(board)
    return board.finished()


class _Board:
    """A drawing board that takes coordinates of the finished picture."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), GROUND)
        self.draw = ImageDraw.Draw(self.image)

    def box(self, left: float, top: float, right: float, bottom: float, colour: str, radius: float = 0) -> None:
        """Fill a rectangle, its corners rounded by `radius`."""
        edges = tuple(edge * SCALE for edge in (left, top, right, bottom))
        self.draw.rounded_rectangle(edges, radius * SCALE, fill=colour)

    def line(self, points: Sequence[Point], colour: str, width: float) -> None:
        """Draw a line with round joints."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.draw.line(scaled, fill=colour, width=round(width * SCALE), joint="curve")

    def text(self, at: Point, words: str, face: Font, colour: str, anchor: str = "ls") -> None:
        """Write on the base line at `at`; `face` has the size of the finished picture."""
        large = face.font_variant(size=face.size * SCALE)
        self.draw.text((at[0] * SCALE, at[1] * SCALE), words, font=large, fill=colour, anchor=anchor)

    def finished(self) -> bytes:
        """Return the picture, reduced."""
        out = io.BytesIO()
        self.image.reduce(SCALE).save(out, "PNG")
        return out.getvalue()


def _head(board: _Board, card: Card) -> None:
    _mark(board, LEFT, 48, size=64)
    name, face = lettering.fit(lettering.readable(card.site), BOLD, sizes=(34,), width=400)
    board.text((LEFT + 84, 92), name, face, INK)
    tag, face = lettering.fit(lettering.readable(card.tag), REGULAR, sizes=(28, 24), width=460)
    if tag:
        width = face.getlength(tag)
        board.box(RIGHT - width - 48, 52, RIGHT, 108, LINE, radius=28)
        board.box(RIGHT - width - 46, 54, RIGHT - 2, 106, GROUND, radius=26)
        board.text((RIGHT - 24, 90), tag, face, INK, anchor="rs")


def _title(board: _Board, card: Card) -> None:
    """Write the place and the title, in three lines at most, or in five where nothing stands below."""
    title = lettering.readable(card.title) or lettering.readable(card.site)
    broken, face = lettering.wrap(title, BOLD, sizes=(64, 56, 50), width=RIGHT - LEFT, lines=3 if card.bar else 5)
    step = round(face.size * 1.16)
    top = 160 if card.bar else max(150, (BORDER + 110 - len(broken) * step) // 2 - 10)
    place, small = lettering.fit(lettering.readable(card.place), REGULAR, sizes=(30, 26), width=RIGHT - LEFT)
    board.text((LEFT, top), place, small, SOFT)
    for number, line in enumerate(broken):
        board.text((LEFT, top + 86 + number * step), line, face, INK)


def _bar(board: _Board, bar: Bar) -> None:
    """Draw raised and matched beside each other, with a gap that says where one ends."""
    top, bottom, width = 424, 460, RIGHT - LEFT - 170
    board.box(LEFT, top, LEFT + width, bottom, TRACK, radius=18)
    given, total = (LEFT + width * share / 100 for share in (bar.given, bar.given + bar.matched))
    if bar.matched:
        board.box(LEFT, top, max(total, LEFT + 36), bottom, SAFFRON, radius=18)
    if bar.given:
        board.box(LEFT, top, max(given, LEFT + 36), bottom, INDIGO, radius=18)
        if bar.matched:
            board.box(max(given, LEFT + 36) - 20, top, max(given, LEFT + 36), bottom, INDIGO)
            board.box(max(given, LEFT + 36), top, max(given, LEFT + 36) + 4, bottom, GROUND)
    share, face = lettering.fit(bar.share, BOLD, sizes=(50, 40), width=150)
    board.text((RIGHT, bottom - 1), share, face, INK, anchor="rs")


def _figures(board: _Board, card: Card) -> None:
    width = (RIGHT - LEFT) // max(len(card.figures), 1)
    for number, figure in enumerate(card.figures):
        left = LEFT + number * width
        label, face = lettering.fit(lettering.readable(figure.label), REGULAR, sizes=(24, 20), width=width - 50)
        if figure.colour:
            board.box(left, 488, left + 18, 506, figure.colour, radius=4)
        board.text((left + (28 if figure.colour else 0), 505), label, face, SOFT)
        money, face = lettering.fit(lettering.readable(figure.sum), BOLD, sizes=(36, 30, 24), width=width - 24)
        board.text((left, 553), money, face, INK)


def _mark(board: _Board, left: float, top: float, *, size: float) -> None:
    """Draw the house whose two halves are each other's reverse."""
    unit = size / 64
    board.box(left, top, left + size, top + size, FELT_RED, radius=12 * unit)
    board.box(
        left + size / 2,
        top + 2.5 * unit,
        left + size - 2.5 * unit,
        top + size - 2.5 * unit,
        FELT_WHITE,
        radius=9 * unit,
    )
    board.box(left + size / 2, top + 2.5 * unit, left + size * 0.75, top + size - 2.5 * unit, FELT_WHITE)
    half = [(32.0, 10.0), *ROOF[2:], *_curves(HORN)]
    for colour, points in ((FELT_WHITE, half), (FELT_RED, _mirrored(half, 32))):
        board.line([(left + x * unit, top + y * unit) for x, y in points], colour, 6.5 * unit)
    board.box(left + 28.75 * unit, top + 10 * unit, left + 32 * unit, top + 56 * unit, FELT_WHITE)
    board.box(left + 32 * unit, top + 10 * unit, left + 35.25 * unit, top + 56 * unit, FELT_RED)


def _felt(board: _Board) -> None:
    """Draw the border at the foot: horns up, horns down."""
    board.box(0, BORDER, WIDTH, HEIGHT, FELT_RED)
    unit = (HEIGHT - BORDER) / 20
    curl = [(20.0, 20.0), *_curves(CURL)]
    for left in range(-44, WIDTH + 44, 88):
        for points in (curl, _mirrored(curl, 20)):
            board.line([(left + x * unit, BORDER + y * unit) for x, y in points], FELT_WHITE, 2.6 * unit)
            turned = [(x - 20, 20 - y) for x, y in points]
            board.line([(left + x * unit, BORDER + y * unit) for x, y in turned], FELT_WHITE, 2.6 * unit)


def _mirrored(points: Sequence[Point], axis: float) -> list[Point]:
    return [(2 * axis - x, y) for x, y in points]


def _curves(curves: Sequence[tuple[Point, Point, Point, Point]], steps: int = 12) -> list[Point]:
    """Return points on cubic Bézier curves."""
    return [_on(curve, number / steps) for curve in curves for number in range(steps + 1)]


def _on(curve: tuple[Point, Point, Point, Point], t: float) -> Point:
    weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
    x, y = (sum(w * point[axis] for w, point in zip(weights, curve, strict=True)) for axis in (0, 1))
    return x, y
