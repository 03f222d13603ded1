"""A schematic map of Kyrgyzstan: seven oblasts and two cities as a patchwork, each piece a link with its number.

It is drawn by hand on a grid to be read and touched on a phone. It says who lies beside whom; it measures nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

WIDTH, HEIGHT = 320, 236
SHADES = 3  # of equal steps up to the largest number


@dataclass(frozen=True, slots=True)
class Patch:
    """A piece of the map: its outline, the middle of its words, and its name."""

    d: str
    x: int
    y: int
    name: "str | Promise"


@dataclass(frozen=True, slots=True)
class Figure:
    """What the map says about a place: a whole number, or nothing, and the page that tells more, if there is one."""

    number: int | None
    href: str


@dataclass(frozen=True, slots=True)
class Area:
    """A piece with its figure; `shade` from 0 to `SHADES`, for the colour that repeats what the number says."""

    patch: Patch
    number: int | None
    href: str
    shade: int


# By SOATE code, from west to east as they are read. Cities come last: they lie on top of their neighbours.
PATCHES: Mapping[str, Patch] = {
    "41707000000000": Patch("M6 34L86 14L98 70L58 82L14 66z", 54, 48, pgettext_lazy("oblast", "Talas")),
    "41708000000000": Patch("M86 14L150 6L222 12L230 76L98 70z", 116, 42, pgettext_lazy("oblast", "Chuy")),
    "41702000000000": Patch("M222 12L286 16L318 56L302 104L230 76z", 266, 54, pgettext_lazy("oblast", "Issyk-Kul")),
    "41703000000000": Patch(
        "M58 82L98 70L152 73L146 138L100 148L40 138L14 104z", 92, 108, pgettext_lazy("oblast", "Jalal-Abad")
    ),
    "41704000000000": Patch(
        "M152 73L230 76L302 104L262 152L190 162L146 138z", 206, 114, pgettext_lazy("oblast", "Naryn")
    ),
    "41705000000000": Patch("M2 168L76 160L104 186L112 228L40 230z", 60, 192, pgettext_lazy("oblast", "Batken")),
    "41706000000000": Patch(
        "M100 148L146 138L190 162L238 156L214 206L150 230L112 228L104 186L76 160z",
        168,
        198,
        pgettext_lazy("oblast", "Osh"),
    ),
    "41711000000000": Patch("M144 2h74v46h-74z", 181, 22, pgettext_lazy("city", "Bishkek")),
    "41721000000000": Patch("M74 138h70v42h-70z", 109, 156, pgettext_lazy("city", "Osh city")),
}


def areas(figures: Mapping[str, Figure]) -> list[Area]:
    """Return the map of `figures`, one for each of the nine SOATE codes; a missing or another code is a KeyError."""
    if strangers := figures.keys() ^ PATCHES.keys():
        raise KeyError(", ".join(sorted(strangers)))
    largest = max(figure.number or 0 for figure in figures.values())
    return [_area(patch, figures[code], largest) for code, patch in PATCHES.items()]


def _area(patch: Patch, figure: Figure, largest: int) -> Area:
    shade = -(-SHADES * figure.number // largest) if figure.number else 0  # rounded up: any number is a shade
    return Area(patch, figure.number, figure.href, shade)
