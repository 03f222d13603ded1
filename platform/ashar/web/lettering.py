"""Words in pictures: the two fonts we carry, which letters they have, and how a text is made to fit.

The fonts are read by the server only; readers have fonts of their own.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD = "NotoSans-Regular.ttf", "NotoSans-Bold.ttf"
Font = ImageFont.FreeTypeFont
# What the fonts were cut down to: Latin with Turkish and its neighbours, Cyrillic with Kyrgyz and its neighbours,
# punctuation, signs of money. Each pair is the first and the last letter of a run.
COVERED = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x17F), (0x218, 0x21B), (0x2BC, 0x2BC), (0x400, 0x45F), (0x462, 0x463), (0x472, 0x475),
    (0x490, 0x493), (0x49A, 0x49D), (0x4A0, 0x4A3), (0x4AE, 0x4B3), (0x4BA, 0x4BB), (0x4D8, 0x4D9), (0x4E2, 0x4E3),
    (0x4E8, 0x4E9), (0x4EE, 0x4EF), (0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026),
    (0x202F, 0x2030), (0x2032, 0x2033), (0x2039, 0x203A), (0x20A0, 0x20BF), (0x2116, 0x2116), (0x2122, 0x2122),
)  # fmt: skip
LETTERS = frozenset(chr(code) for first, last in COVERED for code in range(first, last + 1))
SPACES = re.compile(r"[ \t-\r\x1c-\x1f\x85\u2000-\u200a\u2028\u2029\u3000]+")  # all but those that hold words together
MORE = "…"


@cache
def font(name: str, size: int) -> Font:
    """Return the font `name` at `size` pixels."""
    return ImageFont.truetype(FONTS / name, size)


def readable(text: str) -> str:
    """Return `text` on one line, composed, without what the fonts cannot write: it would be a box."""
    line = SPACES.sub(" ", unicodedata.normalize("NFC", text))
    return SPACES.sub(" ", "".join(letter for letter in line if is_covered(letter))).strip()


def is_covered(letter: str) -> bool:
    """Whether our fonts have the letter."""
    return letter in LETTERS


def fit(text: str, name: str, *, sizes: tuple[int, ...], width: int) -> tuple[str, Font]:
    """Return `text` and the largest of `sizes` at which it stands within `width` on one line; at the last one it is cut."""
    for size in sizes:
        if font(name, size).getlength(text) <= width:
            return text, font(name, size)
    return cut(text, font(name, sizes[-1]), width), font(name, sizes[-1])


def wrap(text: str, name: str, *, sizes: tuple[int, ...], width: int, lines: int) -> tuple[list[str], Font]:
    """Return `text` on at most `lines` lines at the largest of `sizes` that holds it; at the last one it is cut."""
    for size in sizes:
        broken = list(_broken(text, font(name, size), width))
        if len(broken) <= lines:
            return broken, font(name, size)
    kept, rest = broken[: lines - 1], " ".join(broken[lines - 1 :])
    return [*kept, cut(rest, font(name, sizes[-1]), width)], font(name, sizes[-1])


def cut(text: str, face: Font, width: int) -> str:
    """Return as much of the beginning of `text` as fits `width`, with an ellipsis where something was left out."""
    if face.getlength(text) <= width:
        return text
    end = _longest(text, face, width, tail=MORE)
    return text[:end].rstrip(" .,;:–—-\u00a0") + MORE


def _broken(text: str, face: Font, width: int) -> Iterator[str]:
    """Yield lines, broken between words, and within a word only where it is wider than a line."""
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}".strip()
        if face.getlength(joined) <= width:
            line = joined
            continue
        if line:
            yield line
        *full, line = _pieces(word, face, width)
        yield from full
    yield line


def _pieces(word: str, face: Font, width: int) -> list[str]:
    pieces = []
    while face.getlength(word) > width:
        end = max(_longest(word, face, width), 1)
        pieces.append(word[:end])
        word = word[end:]
    return [*pieces, word]


def _longest(text: str, face: Font, width: int, tail: str = "") -> int:
    """Return how many letters of `text` fit `width` together with `tail`, by halving."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if face.getlength(text[:middle] + tail) <= width else (low, middle - 1)
    return low
