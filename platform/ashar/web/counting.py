"""Whole numbers and shares as CLDR writes them: one formatter for pages, charts, mails and tables."""

from babel.numbers import format_decimal, format_percent

from ashar import language as languages
from ashar.money import typed as typed_numbers
from ashar.web import calendar


def written(number: int, *, language: str = "") -> str:
    """Return the number with its thousands apart: "1 234 567" in Kyrgyz and Russian, "1,234,567" in English."""
    return format_decimal(number, locale=calendar.LOCALES[language or languages.current()])


def digits(plain: str, *, language: str = "") -> str:
    """Return a number that is kept as digits with a point ("30.5"), its thousands apart and none of its decimals lost."""
    locale = calendar.LOCALES[language or languages.current()]
    return format_decimal(plain, locale=locale, decimal_quantization=False)


def typed(plain: str, *, language: str = "") -> str:
    """Return the same as `digits`, so that `ashar.money.typed.plain` reads it back: "30,1250" of "30.125"."""
    shown, decimals = digits(plain, language=language), plain.partition(".")[2]
    return f"{shown}0" if len(decimals) == typed_numbers.MOST_PLACES else shown


def per_cent(whole: int, *, tenths: int = 0, language: str = "") -> str:
    """Return a share of `whole` per cent and some `tenths`: "60%" in Kyrgyz and English, "60 %" in Russian, "0,9%"."""
    share = (whole * 10 + tenths) / 1000
    return format_percent(share, locale=calendar.LOCALES[language or languages.current()], decimal_quantization=False)
