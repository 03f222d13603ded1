"""An address as a QR code: one path for an inline SVG, made on the server."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4  # modules of empty margin that scanners ask for


@dataclass(frozen=True, slots=True)
class Code:
    """The side in modules, its quiet margin included, and a path of strokes one module high."""

    side: int
    d: str


@lru_cache(maxsize=256)
def code(text: str) -> Code:
    """Return the code of `text`; the strokes run through the middles of their rows. Kept: drawing takes a while."""
    rows = matrix(text)
    return Code(len(rows), "".join(_row(y, row) for y, row in enumerate(rows)))


def matrix(text: str) -> list[list[bool]]:
    """Return the modules row by row, dark ones true."""
    drawn = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    drawn.add_data(text)
    drawn.make(fit=True)
    return [[bool(dark) for dark in row] for row in drawn.get_matrix()]


def _row(y: int, row: list[bool]) -> str:
    """Return the strokes of one row; the view box begins half a module above it."""
    d, x, left = "", 0, 0
    for dark, run in groupby(row):
        length = len(list(run))
        if dark:
            d += f"m{x - left} 0h{length}" if d else f"M{x} {y}h{length}"
            left = x + length
        x += length
    return d
