"""Draws a flat portrait of a demo person: nobody's face, a head of the right kind over plain shoulders, mountains behind.

Everything is drawn here, nothing is copied; the same slug always gives the same picture.
"""

import hashlib
import random
from collections.abc import Callable

from PIL import Image, ImageDraw

from cms.demo import pictures
from cms.demo.pictures import FAR, FELT_CREAM, FELT_RED, INK, LEAF, MEADOW, NEAR, SCALE, SKIES, SNOW, WATER, Canvas

WIDTH, HEIGHT = 480, 600
SKINS = ((232, 190, 152), (214, 168, 128), (196, 148, 110))
CLOTHES = (WATER, LEAF, NEAR, FELT_RED)


def draw(slug: str, wears: str) -> bytes:
    """Return the portrait of `slug`, who `wears` a key of `HEADS`, as a JPEG."""
    chance = random.Random(hashlib.sha256(slug.encode()).digest())  # noqa: S311 - a picture, not a secret
    image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), chance.choice(SKIES)[0])
    board = Canvas(ImageDraw.Draw(image))
    board.shape([(-60, 430), (130, 190), (300, 430)], FAR)
    board.shape([(100, 244), (130, 190), (164, 240), (132, 226)], SNOW)
    board.shape([(180, 430), (400, 240), (560, 430)], FAR)
    board.box(0, 428, WIDTH, HEIGHT, MEADOW)
    _person(board, chance.choice(SKINS), chance.choice(CLOTHES))
    HEADS[wears](board)
    return pictures.finished(image, (WIDTH, HEIGHT))


def _person(board: Canvas, skin: tuple[int, int, int], clothes: tuple[int, int, int]) -> None:
    board.disc(240, 590, 180, clothes)
    board.box(60, 580, 420, HEIGHT, clothes)
    board.box(206, 350, 274, 430, skin)
    board.shape([(190, 416), (290, 416), (240, 480)], SNOW)
    board.disc(240, 290, 92, skin)
    for x in (206, 274):
        board.disc(x, 292, 8, INK)
    board.line([(212, 334), (240, 344), (268, 334)], INK, 5)


def _kalpak(board: Canvas) -> None:
    board.shape([(150, 254), (182, 110), (240, 70), (298, 110), (330, 254)], FELT_CREAM)
    board.box(140, 230, 340, 258, INK)
    board.line([(240, 74), (240, 228)], INK, 4)
    board.disc(240, 70, 8, INK)


def _scarf(board: Canvas) -> None:
    board.shape(
        [(140, 300), (150, 220), (240, 168), (330, 220), (340, 300), (316, 250), (240, 226), (164, 250)], FELT_RED
    )
    board.shape([(140, 296), (164, 250), (178, 380), (206, 420), (150, 400)], FELT_RED)
    board.shape([(340, 296), (316, 250), (302, 380), (274, 420), (330, 400)], FELT_RED)


def _hair(board: Canvas) -> None:
    board.shape([(148, 288), (156, 210), (240, 176), (324, 210), (332, 288), (306, 240), (240, 226), (174, 240)], INK)


HEADS: dict[str, Callable[[Canvas], None]] = {"kalpak": _kalpak, "scarf": _scarf, "nothing": _hair}
