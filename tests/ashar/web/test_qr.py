"""The code that is drawn is the code that the library made."""

import re

import pytest
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from ashar.web import qr

ADDRESSES = [
    "https://ashar.example/ky/projects/kara-kulja-terezeler/",
    "https://ashar.example/ru/associations/" + "a" * 200 + "/?from=qr",
    "Ысык-Көл",
]


def library(text):
    made = QRCode(error_correction=ERROR_CORRECT_M, border=qr.QUIET)
    made.add_data(text)
    made.make(fit=True)
    return made.get_matrix()


def painted(code):
    """Walk along the path and paint what a browser would."""
    rows = [[False] * code.side for _ in range(code.side)]
    for row in code.d.split("M")[1:]:
        start, y = map(int, re.match(r"(\d+) (\d+)", row).groups())
        x = start
        for skip, run in re.findall(r"(?:m(\d+) 0)?h(\d+)", row):
            x += int(skip or 0)
            rows[y][x : x + int(run)] = [True] * int(run)
            x += int(run)
    return rows


@pytest.mark.parametrize("text", ADDRESSES)
def test_path_paints_the_matrix_of_the_library(text):
    assert painted(qr.code(text)) == library(text)


@pytest.mark.parametrize("text", ADDRESSES)
def test_quiet_margin_stays_empty(text):
    rows, quiet = qr.matrix(text), qr.QUIET

    assert [any(row) for row in rows[:quiet] + rows[-quiet:]] == [False] * 2 * quiet
    assert [any(row[:quiet] + row[-quiet:]) for row in rows] == [False] * len(rows)


def test_path_is_only_strokes():
    assert re.sub(r"[Mmh\d ]", "", qr.code(ADDRESSES[0]).d) == ""


def test_same_address_is_drawn_once():
    assert qr.code(ADDRESSES[0]) is qr.code(ADDRESSES[0])
