"""Three languages on one row: a translated field `name` is three columns `name_ky`, `name_ru`, `name_en`."""

from collections.abc import Mapping
from typing import TypeVar

from django.db import models
from django.utils.translation import get_language

T = TypeVar("T")
LANGUAGES = ("ky", "ru", "en")
FALLBACKS = {"ky": ("ky", "ru", "en"), "ru": ("ru", "ky", "en"), "en": ("en", "ru", "ky")}


def current() -> str:
    """Return the active language as one of `LANGUAGES` (Kyrgyz when Django says anything else)."""
    code = (get_language() or "ky").split("-")[0]
    return code if code in FALLBACKS else "ky"


def best(known: Mapping[str, T], language: str = "") -> T | None:
    """Return what is `known` for `language` (default: the active one), or for the nearest language that has something."""
    return next((known[code] for code in FALLBACKS[language or current()] if code in known), None)


def pick(row: models.Model, field: str, language: str = "") -> str:
    """Return `field` of `row` in `language` (default: the active one), or in the nearest language that has a text."""
    return spoken(row, field, language)[0]


def spoken(row: models.Model, field: str, language: str = "") -> tuple[str, str]:
    """Return what `pick` does and the language it is in, which a page marks (`lang`) where it is not the reader's."""
    wanted = language or current()
    texts = ((getattr(row, f"{field}_{code}"), code) for code in FALLBACKS[wanted])
    return next(((text, code) for text, code in texts if text), ("", wanted))
