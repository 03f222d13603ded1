"""Kyrgyz alphabetical order: ё after е, ң after н, ө after о, ү after у (CLDR; byte order puts them last).

PostgreSQL knows it as the ICU collation `ky-x-icu`. SQLite is taught the same order under the same name on every new
connection, so `order_by(sorting.by("title"))` means one thing on both.
"""

from functools import lru_cache
from sqlite3 import Connection
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Collate, NullIf

from ashar import language as languages

ALPHABET = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
COLLATION = "ky-x-icu"
# Spaces and signs before digits, digits before letters, Cyrillic before Latin: as ICU ranks them for Kyrgyz.
_SIGNS = " _-,;:!?.'\"«»()[]{}@*/\\&#%"
_PLACES = {sign: place for place, sign in enumerate(_SIGNS)}
_PLACES |= {letter: place for place, letter in enumerate("0123456789" + ALPHABET, start=100)}
_FOREIGN = 1000


@lru_cache(maxsize=4096)
def key(text: str) -> tuple[tuple[int, ...], str]:
    """Return what to sort `text` by: its characters in Kyrgyz order; case only breaks ties, small before capital."""
    return tuple(_PLACES.get(char, _FOREIGN + ord(char)) for char in text.lower()), text.swapcase()


def by(field: str) -> Collate:
    """Return what to order rows by for the Kyrgyz order of a text column."""
    return Collate(F(field), COLLATION)


def by_name(field: str, language: str = "") -> Collate:
    """Return what to order rows by for the Kyrgyz order of a translated field, as `language.pick` shows it."""
    codes = languages.FALLBACKS[language or languages.current()]
    texts: list[Combinable] = [NullIf(F(f"{field}_{code}"), Value("")) for code in codes]
    return Collate(Coalesce(*texts, Value("")), COLLATION)


def teach(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Teach a new SQLite connection the order that PostgreSQL has from ICU."""
    if connection.vendor == "sqlite" and isinstance(connection.connection, Connection):
        connection.connection.create_collation(COLLATION, _compare)


def _compare(one: str, other: str) -> int:
    return (key(one) > key(other)) - (key(one) < key(other))
