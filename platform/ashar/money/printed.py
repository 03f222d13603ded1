"""Printing amounts for people, in Kyrgyz, Russian and English."""

from functools import cache

from babel import Locale

from ashar import language as languages
from ashar.money.amounts import Money
from ashar.money.table import CURRENCIES

SPACE = "\N{NO-BREAK SPACE}"
SOM = {"ky": "сом", "ru": "сом", "en": "KGS"}
SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "RUB": "₽", "KZT": "₸", "TRY": "₺", "KRW": "₩", "JPY": "¥"}


def show(money: Money, language: str = "") -> str:
    """Return `money` as people of `language` (default: the active one) write it, with all its decimals.

    ky and ru: "1 234 567,50 сом" (no-break spaces); en: "KGS 1,234,567.50", "$50.00". `typed.parse` reads it back.
    """
    return _dressed(money, _grouped(money, language or languages.current()), language or languages.current())


def show_short(money: Money, language: str = "") -> str:
    """Return what `show` does, without decimals that are all zero: "$50", "1 234 сом". For buttons and headings."""
    language = language or languages.current()
    number = _grouped(money, language)
    exponent = CURRENCIES[money.currency].exponent
    if exponent and money.minor % 10**exponent == 0:
        number = number[: -exponent - 1]
    return _dressed(money, number, language)


def plain(money: Money) -> str:
    """Return the number alone for machines and form fields: "1234567.50", "-70000"; no groups, a point for decimals."""
    whole, fraction = _pieces(money)
    sign = "-" if money.minor < 0 else ""
    return f"{sign}{whole}.{fraction}" if fraction else f"{sign}{whole}"


def mark(currency: str, language: str) -> str:
    """Return the sign or word that stands beside a number: "сом", "$", "AED"."""
    return SOM[language] if currency == "KGS" else SYMBOLS.get(currency, currency)


def _dressed(money: Money, number: str, language: str) -> str:
    word = mark(money.currency, language)
    sign = "-" if money.minor < 0 else ""
    if language != "en":
        return f"{sign}{number}{SPACE}{word}"
    return f"{sign}{word}{SPACE if word.isalpha() else ''}{number}"


def _grouped(money: Money, language: str) -> str:
    group, decimal = _separators(language)
    whole, fraction = _pieces(money)
    grouped = f"{whole:,}".replace(",", group)
    return f"{grouped}{decimal}{fraction}" if fraction else grouped


def _pieces(money: Money) -> tuple[int, str]:
    """Return the whole units and the decimals, without the sign."""
    exponent = CURRENCIES[money.currency].exponent
    whole, rest = divmod(abs(money.minor), 10**exponent)
    return whole, f"{rest:0{exponent}d}" if exponent else ""


@cache
def _separators(language: str) -> tuple[str, str]:
    """Return CLDR's group and decimal marks (Django's own for Kyrgyz are outdated)."""
    symbols = Locale(language).number_symbols["latn"]
    return symbols["group"], symbols["decimal"]
