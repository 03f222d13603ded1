"""Printing amounts for people, in Kyrgyz, Russian and English."""

from functools import cache

from babel import Locale

from ashar import language as languages
from ashar.money.amounts import Money
from ashar.money.table import CURRENCIES

TWO_DECIMALS = 2
SPACE = "\N{NO-BREAK SPACE}"
SOM = {"ky": "сом", "ru": "сом", "en": "KGS"}
SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "RUB": "₽", "KZT": "₸", "TRY": "₺", "KRW": "₩", "JPY": "¥"}


def show(money: Money, language: str = "") -> str:
    """Return `money` as people of `language` (default: the active one) write it: with decimals where there are any.

    One rule for pages, mails and pictures, so that one sum never stands there in two ways. ky and ru: "1 234 567,50 сом",
    "50 $" (no-break spaces); en: "KGS 1,234,567.50", "$50". `typed.parse` reads it back, or asks again where a lone comma
    before three digits ("KGS 1,234") could be a decimal mark.
    """
    language = language or languages.current()
    return _dressed(money, _grouped(money, language), language)


def plain(money: Money) -> str:
    """Return the number alone for machines, tables and form fields, with all its decimals: "1234567.50", "-70000"."""
    whole, fraction = _pieces(money)
    sign = "-" if money.minor < 0 else ""
    return f"{sign}{whole}.{fraction}" if fraction else f"{sign}{whole}"


def mark(currency: str, language: str) -> str:
    """Return the sign or word that stands beside a number: "сом", "$", "AED"."""
    return SOM[language] if currency == "KGS" else SYMBOLS.get(currency, currency)


def decimal_mark(language: str = "") -> str:
    """Return what parts whole units from decimals in `language` (default: the active one): "," or "."."""
    return _separators(language or languages.current())[1]


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
    return f"{grouped}{decimal}{fraction}" if _tells(fraction) else grouped


def _tells(fraction: str) -> bool:
    """Tell whether decimals are written: all but zeros, and three zeros as well, or "1,234" would be read as a fraction."""
    return bool(fraction.strip("0")) or len(fraction) > TWO_DECIMALS


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
