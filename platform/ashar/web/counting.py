"""Whole numbers as CLDR groups them: one formatter for pages, charts, mails and tables."""

from babel.numbers import format_decimal

from ashar import language as languages
from ashar.web import calendar


def written(number: int, *, language: str = "") -> str:
    """Return the number with its thousands apart: "1 234 567" in Kyrgyz and Russian, "1,234,567" in English."""
    return format_decimal(number, locale=calendar.LOCALES[language or languages.current()])
