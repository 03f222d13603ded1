"""The picture of a project, in every size and format that readers need, beside each other under one naming rule.

`covers/x.jpg` is 960 × 540, `covers/x-card.jpg` 480 × 270, and each lies there as `.avif` and `.webp` too. Whoever lays a cover
into media lays all six, as `files` makes them; so a page names them without looking. A picture under static files stands for
itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.templatetags.static import static
from PIL import Image

MEDIA = "media:"
KEPT_AS = ".jpg"  # what a project's `cover` ends in, and what every browser and every other site reads
SIZES = {"-card": (480, 270), "": (960, 540)}
# How each format is written, best first. Avif takes its time, so it gets the pace at which it is still smaller than the others.
FORMATS: Mapping[str, Mapping[str, Any]] = {
    ".avif": {"format": "AVIF", "quality": 60, "speed": 8},
    ".webp": {"format": "WEBP", "quality": 78},
    KEPT_AS: {"format": "JPEG", "quality": 78, "optimize": True, "progressive": True},
}


@dataclass(frozen=True, slots=True)
class Source:
    """One format of a picture in all its widths, as `<source>` and `<img>` take them."""

    kind: str
    srcset: str


@dataclass(frozen=True, slots=True)
class Cover:
    """What a page shows of a picture: the address of the `large` JPEG and of the `small` one, and what lies beside them."""

    large: str
    small: str
    sources: tuple[Source, ...]
    srcset: str


def files(name: str, picture: Image.Image) -> dict[str, bytes]:
    """Return what lies in media for a cover `name`, each file under its name."""
    drawn = {mark: picture.resize(size, Image.Resampling.LANCZOS) for mark, size in SIZES.items()}
    return {_beside(name, mark, ending): _encoded(drawn[mark], ending) for mark in SIZES for ending in FORMATS}


def lay(name: str, draw: Callable[[], Image.Image]) -> bool:
    """Lay a cover `name` into media as `draw` gives it, where one of its files is missing; return whether it did. Idempotent."""
    if all(default_storage.exists(each) for each in names(name)):
        return False
    for each, picture in files(name, draw()).items():
        default_storage.delete(each)
        default_storage.save(each, ContentFile(picture))
    return True


def names(name: str) -> list[str]:
    """Return the names of these files."""
    return [_beside(name, mark, ending) for mark in SIZES for ending in FORMATS]


def address(path: str) -> str:
    """Return the address of a picture: `media:…` lies in media, anything else under static files; empty stays empty."""
    if not path:
        return ""
    return default_storage.url(path.removeprefix(MEDIA)) if path.startswith(MEDIA) else static(path)


def shown(path: str) -> Cover | None:
    """Return what pages show of the picture at `path`, or nothing where there is none."""
    if not path:
        return None
    if not (path.startswith(MEDIA) and path.endswith(KEPT_AS)):
        return Cover(address(path), address(path), (), "")
    *modern, plain = (_source(path, ending) for ending in FORMATS)
    return Cover(address(path), address(_beside(path, "-card", KEPT_AS)), tuple(modern), plain.srcset)


def _source(path: str, ending: str) -> Source:
    widths = (f"{address(_beside(path, mark, ending))} {width}w" for mark, (width, _height) in SIZES.items())
    return Source(f"image/{ending[1:]}", ", ".join(widths))


def _beside(name: str, mark: str, ending: str) -> str:
    return f"{name.removesuffix(KEPT_AS)}{mark}{ending}"


def _encoded(picture: Image.Image, ending: str) -> bytes:
    out = BytesIO()
    picture.save(out, **FORMATS[ending])
    return out.getvalue()
