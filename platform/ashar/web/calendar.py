"""Days and moments as CLDR writes them: one formatter for pages, mails, receipts and tables."""

from datetime import date, datetime

from babel.dates import format_date, format_time
from django.utils import timezone
from django.utils.translation import gettext

from ashar import language as languages

# English is read all over the world here, so it is the international one: 22 November 2026, 14:30.
LOCALES = {"ky": "ky", "ru": "ru", "en": "en_GB"}
NARROW_SPACE, NO_BREAK_SPACE = "\u202f", "\u00a0"


def day(on: date | datetime, *, form: str = "long", language: str = "") -> str:
    """Return the day in words: `form` is `full` (with the weekday), `long`, `medium` or `short`.

    A moment counts as the day it is in the current time zone.
    """
    local = timezone.localtime(on).date() if isinstance(on, datetime) else on
    text = format_date(local, format=form, locale=_locale(language))
    return text.replace(NARROW_SPACE, NO_BREAK_SPACE)  # fonts of old phones lack the narrow one


def moment(at: datetime, *, language: str = "") -> str:
    """Return the day and the time, always with the zone it is told in."""
    return f"{day(at, language=language)}, {clock(at, language=language)}"


def clock(at: datetime, *, language: str = "") -> str:
    """Return the time of a moment, always with the zone it is told in."""
    local = timezone.localtime(at)
    time = format_time(local, format="short", locale=_locale(language))
    return f"{time} ({zone(local)})"


def zone(local: datetime) -> str:
    """Return the name of the zone: ours by its city, any other by its distance from Greenwich."""
    distance = local.strftime("%z")
    return home_zone() or f"GMT{distance[:3]}:{distance[3:]}"


def home_zone() -> str:
    """Return the name of our zone where it is the active one, or nothing."""
    return gettext("Bishkek time") if timezone.get_current_timezone_name() in {"Asia/Bishkek", "+06"} else ""


def _locale(language: str) -> str:
    return LOCALES[language or languages.current()]
