"""Draws a flat landscape for a demo project: sky, mountains, a meadow, the thing being built, a felt border.

Everything is drawn here, nothing is copied; the same slug always gives the same picture.
"""

import hashlib
import io
import random
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1200, 675  # the coordinates everything below is drawn in
COVER = (960, 540)  # as a page shows it
SCALE = 2  # drawn twice as large and reduced, for smooth edges
GROUND = 470
Colour = tuple[int, int, int]

SKIES: tuple[tuple[Colour, Colour], ...] = (
    ((250, 224, 190), (247, 243, 232)),
    ((176, 214, 228), (240, 244, 236)),
    ((238, 196, 170), (252, 238, 214)),
    ((198, 222, 214), (246, 243, 228)),
)
FAR, MIDDLE, NEAR = (150, 172, 190), (104, 136, 150), (74, 106, 110)
SNOW, MEADOW, MEADOW_DARK = (250, 250, 248), (146, 170, 96), (118, 146, 80)
WALL, ROOF, WOOD, IRON = (246, 236, 216), (176, 58, 46), (138, 98, 62), (70, 78, 88)
WATER, GLASS, LIGHT, INK = (66, 140, 172), (178, 212, 222), (255, 214, 102), (60, 44, 40)
LEAF = (52, 128, 84)
FELT_RED, FELT_CREAM = (160, 44, 44), (248, 238, 218)


@dataclass(frozen=True, slots=True)
class Canvas:
    """A drawing board that takes coordinates of the finished picture."""

    draw: ImageDraw.ImageDraw

    def shape(self, points: list[tuple[float, float]], colour: Colour) -> None:
        """Fill a polygon."""
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=colour)

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
        """Fill a rectangle."""
        self.draw.rectangle((left * SCALE, top * SCALE, right * SCALE, bottom * SCALE), fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """Fill a circle."""
        edges = (x - radius, y - radius, x + radius, y + radius)
        self.draw.ellipse(tuple(edge * SCALE for edge in edges), fill=colour)

    def line(self, points: list[tuple[float, float]], colour: Colour, width: float) -> None:
        """Draw a line of `width` pixels."""
        self.draw.line(
            [(x * SCALE, y * SCALE) for x, y in points], fill=colour, width=int(width * SCALE), joint="curve"
        )


def draw(slug: str, kind: str) -> Image.Image:
    """Return the picture of the project `slug` of `kind` (a key of kinds.toml), larger than any page shows it."""
    chance = random.Random(hashlib.sha256(slug.encode()).digest())  # noqa: S311 - a picture, not a secret
    image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE))
    board = Canvas(ImageDraw.Draw(image))
    _sky(board, *chance.choice(SKIES))
    board.disc(chance.randint(180, 1020), chance.randint(90, 170), 54, LIGHT)
    for base, height, colour, snowy in ((430, 290, FAR, True), (450, 190, MIDDLE, True), (480, 100, NEAR, False)):
        _ridge(board, chance, base=base, height=height, colour=colour, snowy=snowy)
    _meadow(board)
    _yurt(board, chance.choice((170, 1030)), GROUND + 40)
    MOTIFS[kind](board)
    _felt_border(board)
    return image


def finished(image: Image.Image, size: tuple[int, int]) -> bytes:
    """Return the picture in `size` pixels as a JPEG."""
    out = io.BytesIO()
    image.resize(size, Image.Resampling.LANCZOS).save(out, "JPEG", quality=78, optimize=True, progressive=True)
    return out.getvalue()


def _sky(board: Canvas, top: Colour, bottom: Colour) -> None:
    for y in range(0, 500, 4):
        share = y / 500
        mixed = tuple(round(a + (b - a) * share) for a, b in zip(top, bottom, strict=True))
        board.box(0, y, WIDTH, y + 4, (mixed[0], mixed[1], mixed[2]))


def _ridge(board: Canvas, chance: random.Random, *, base: int, height: int, colour: Colour, snowy: bool) -> None:
    step = 200
    offset = chance.randint(-120, 0)
    for left in range(offset, WIDTH + step, step):
        top = base - height * chance.uniform(0.6, 1)
        middle, reach = left + step / 2, step * chance.uniform(0.8, 1.1)
        board.shape([(middle - reach, 520), (middle, top), (middle + reach, 520)], colour)
        if snowy:
            drop = (base - top) * 0.28
            side = reach * drop / (520 - top)
            board.shape(
                [(middle, top), (middle + side, top + drop), (middle + side / 3, top + drop * 0.75),
                 (middle, top + drop * 1.1), (middle - side / 3, top + drop * 0.75), (middle - side, top + drop)],
                SNOW,
            )  # fmt: skip


def _meadow(board: Canvas) -> None:
    board.shape(
        [(0, GROUND), (350, GROUND - 24), (800, GROUND + 6), (WIDTH, GROUND - 18), (WIDTH, HEIGHT), (0, HEIGHT)], MEADOW
    )
    board.shape([(0, 590), (500, 548), (WIDTH, 600), (WIDTH, HEIGHT), (0, HEIGHT)], MEADOW_DARK)


def _yurt(board: Canvas, x: float, y: float) -> None:
    board.box(x - 62, y - 46, x + 62, y, WALL)
    board.shape([(x - 68, y - 44), (x - 22, y - 92), (x + 22, y - 92), (x + 68, y - 44)], FELT_CREAM)
    board.box(x - 62, y - 46, x + 62, y - 38, FELT_RED)
    board.box(x - 14, y - 34, x + 14, y, ROOF)
    board.disc(x, y - 92, 12, WOOD)


def _felt_border(board: Canvas) -> None:
    board.box(0, 627, WIDTH, HEIGHT, FELT_RED)
    for x in range(0, WIDTH, 48):
        board.shape([(x, 651), (x + 24, 633), (x + 48, 651), (x + 24, 669)], FELT_CREAM)
        board.shape([(x + 12, 651), (x + 24, 642), (x + 36, 651), (x + 24, 660)], FELT_RED)


def _house(board: Canvas, *, left: float, right: float, top: float, windows: int) -> None:
    bottom = GROUND + 90
    board.box(left, top, right, bottom, WALL)
    board.shape([(left - 24, top), (left + 40, top - 70), (right - 40, top - 70), (right + 24, top)], ROOF)
    gap = (right - left) / windows
    for number in range(windows):
        x = left + gap * (number + 0.5)
        board.box(x - 24, top + 26, x + 24, top + 82, IRON)
        board.box(x - 20, top + 30, x + 20, top + 78, GLASS)
    board.box((left + right) / 2 - 24, bottom - 66, (left + right) / 2 + 24, bottom, WOOD)


def _water(board: Canvas) -> None:
    board.box(520, 330, 680, 560, IRON)
    board.shape([(500, 330), (600, 280), (700, 330)], ROOF)
    board.line([(680, 520), (900, 520), (900, 560)], IRON, 20)
    board.line([(900, 560), (900, 604)], WATER, 14)
    board.disc(900, 606, 26, WATER)
    for y in (380, 430, 480):
        board.line([(540, y), (660, y)], GLASS, 6)


def _light(board: Canvas) -> None:
    board.shape([(520, 600), (640, GROUND + 10), (670, GROUND + 10), (760, 600)], (204, 186, 150))
    for x, base, size in ((430, 590, 1.0), (560, 530, 0.7), (800, 560, 0.85)):
        top = base - 260 * size
        board.disc(x + 46 * size, top + 12, 40 * size, (255, 236, 170))
        board.line([(x, base), (x, top), (x + 46 * size, top)], IRON, 9 * size)
        board.shape([(x - 34 * size, top - 12), (x + 22 * size, top - 40 * size), (x + 30 * size, top - 26 * size),
                     (x - 26 * size, top + 2)], WATER)  # fmt: skip
        board.disc(x + 46 * size, top + 8, 14 * size, LIGHT)


def _school(board: Canvas) -> None:
    _house(board, left=380, right=840, top=400, windows=6)
    board.line([(610, 330), (610, 250)], IRON, 6)
    board.shape([(613, 252), (680, 270), (613, 290)], ROOF)


def _kindergarten(board: Canvas) -> None:
    _house(board, left=400, right=700, top=420, windows=4)
    board.line([(770, 590), (830, 440), (890, 590)], IRON, 8)
    board.line([(830, 446), (800, 560)], INK, 4)
    board.box(778, 558, 822, 570, ROOF)
    board.disc(940, 580, 26, LIGHT)


def _bridge(board: Canvas) -> None:
    board.shape([(470, 530), (760, 530), (900, 627), (380, 627)], WATER)
    board.box(340, 520, 880, 542, WOOD)
    for x in range(350, 880, 44):
        board.line([(x, 520), (x, 476)], IRON, 6)
    board.line([(340, 478), (880, 478)], IRON, 8)
    board.box(430, 542, 470, 600, (170, 166, 158))
    board.box(750, 542, 790, 600, (170, 166, 158))


def _clinic(board: Canvas) -> None:
    _house(board, left=440, right=760, top=410, windows=4)
    board.disc(600, 366, 30, SNOW)
    board.box(594, 346, 606, 386, LEAF)  # green: the red cross is a protected emblem
    board.box(580, 360, 620, 372, LEAF)


def _sport(board: Canvas) -> None:
    board.shape([(330, 600), (470, 490), (830, 490), (960, 600)], (96, 150, 92))
    board.line([(650, 490), (650, 600)], SNOW, 4)
    board.line([(400, 580), (400, 480), (500, 480), (500, 530)], SNOW, 8)
    board.line([(880, 580), (880, 480), (790, 480), (790, 530)], SNOW, 8)
    board.disc(620, 556, 16, SNOW)


def _library(board: Canvas) -> None:
    _house(board, left=430, right=770, top=410, windows=4)
    for number, colour in enumerate((ROOF, WATER, LIGHT, NEAR, WOOD, FELT_RED)):
        board.box(806 + number * 26, 520 - number % 3 * 12, 828 + number * 26, 590, colour)


def _garden(board: Canvas) -> None:
    for row, (y, size) in enumerate(((500, 0.7), (545, 0.9), (596, 1.15))):
        for x in range(330 + row * 20, 960, int(120 * size)):
            board.box(x - 6 * size, y - 44 * size, x + 6 * size, y, WOOD)
            board.disc(x, y - 70 * size, 40 * size, NEAR)
            board.disc(x - 12 * size, y - 78 * size, 8 * size, (236, 140, 60))
            board.disc(x + 14 * size, y - 62 * size, 8 * size, (236, 140, 60))


MOTIFS: dict[str, Callable[[Canvas], None]] = {
    "water": _water,
    "light": _light,
    "school": _school,
    "kindergarten": _kindergarten,
    "bridge": _bridge,
    "clinic": _clinic,
    "sport": _sport,
    "library": _library,
    "garden": _garden,
}
